import type * as vscode from 'vscode';
import { encodeUtf8 } from '../../domain/textCoding';
import type { Explanation, Placement } from '../../domain/placement/types';
import { displayName } from '../../domain/znode/displayName';
import type { RingKey, RingKeys } from '../../protocol/ring';
import type { RingResult } from './compute';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** Keys beyond these are left out: the table is for looking at. */
export const MAX_KEYS = 10_000;
const MAX_KEY_LENGTH = 4_096;
const SHOWN_KEY = 120;

/** The chain of one key and the owners of a list of them, one on a line. */
export function computeKeys(
  version: number,
  typed: string,
  list: string,
  result: RingResult | undefined,
  l10n: Translate,
): RingKeys {
  const lines = list.split('\n', MAX_KEYS).map((line) => line.trim().slice(0, MAX_KEY_LENGTH));
  const keys = lines.filter((line) => line !== '');
  if (result === undefined) {
    return { type: 'keys', version, typed: undefined, rows: [], counts: [], total: 0, moved: 0 };
  }
  const rows = rowsOf(keys, result);
  const counts = result.servers.map(() => 0);
  for (const { owner } of rows) if (owner >= 0) counts[owner] = (counts[owner] ?? 0) + 1;
  return {
    type: 'keys',
    version,
    typed: typed === '' ? undefined : chainOf(typed.slice(0, MAX_KEY_LENGTH), result, l10n),
    rows,
    counts,
    total: rows.length,
    moved: rows.filter(({ movesTo }) => movesTo !== undefined).length,
  };
}

/** Where keys belong now and under the what-if, as rows of the snapshot. */
function ownersOf(keys: readonly Uint8Array[], result: RingResult): [Int32Array, Int32Array] {
  const { now, after, afterRows } = result;
  const owners = now.ownersOf(keys);
  const later = after?.ownersOf(keys).map((owner) => afterRows[owner] ?? -1);
  return [owners, later ?? owners];
}

function rowsOf(keys: readonly string[], result: RingResult): RingKey[] {
  const bytes = keys.map(encodeUtf8);
  const [owners, later] = ownersOf(bytes, result);
  const hashes = hashesOf(result.now, bytes);
  return keys.map((key, i) => {
    const owner = owners[i] ?? -1;
    return {
      key: displayName(key, SHOWN_KEY),
      hash: hashes[i] ?? '',
      owner,
      answer: owner < 0 ? displayName(result.now.answerOf(encodeUtf8(key)), SHOWN_KEY) : '',
      ...(later[i] !== owner && { movesTo: later[i] ?? -1 }),
    };
  });
}

function hashesOf(placement: Placement, keys: readonly Uint8Array[]): string[] {
  const { hi, lo, order } = placement.hashKeys(keys);
  const hex = (part: number | undefined): string => (part ?? 0).toString(16).padStart(8, '0');
  const hashes: string[] = [];
  order.forEach((key, i) => {
    hashes[key] = lo === undefined ? hex(hi[i]) : hex(hi[i]) + hex(lo[i]);
  });
  return hashes;
}

function chainOf(key: string, result: RingResult, { t }: Translate): RingKeys['typed'] {
  const bytes = encodeUtf8(key);
  const { now, after, servers } = result;
  const why = now.explain(bytes);
  const [[owner = -1], [later = -1]] = ownersOf([bytes], result);
  const nobody = t('nobody');
  const steps = [
    { label: t('Bytes'), value: why.keyHex },
    ...step(t('Hashed part'), why.hashedHex),
    { label: why.hashName, value: `0x${why.hashHex}` },
    ...step(t('Virtual node'), pointText(why)),
    ...step(t('Cell'), why.cell === undefined ? undefined : String(why.cell)),
    { label: t('Server'), value: servers[owner]?.label ?? (displayName(why.answer) || nobody) },
    ...step(
      t('If it is down'),
      why.fallbacks.map((next) => servers[next]?.label ?? '').join(', ') || undefined,
    ),
    ...step(t('What-if'), after && (servers[later]?.label ?? nobody)),
  ];
  return {
    key: displayName(key, SHOWN_KEY),
    steps,
    owner,
    ...(now.ring && { position: parseInt(why.hashHex.slice(0, 8), 16) }),
  };
}

function step(label: string, value: string | undefined): { label: string; value: string }[] {
  return value === undefined ? [] : [{ label, value }];
}

function pointText({ pointHex, virtualNode }: Explanation): string | undefined {
  if (pointHex === undefined) return undefined;
  return virtualNode === undefined
    ? `0x${pointHex}`
    : `${displayName(virtualNode)} → 0x${pointHex}`;
}
