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
  const rows = keys.map((key) => rowOf(key, result));
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

function ownersOf(bytes: Uint8Array, { now, after, afterRows }: RingResult): [number, number] {
  const owner = now.ownerOf(bytes);
  if (after === undefined) return [owner, owner];
  const later = after.ownerOf(bytes);
  return [owner, later < 0 ? -1 : (afterRows[later] ?? -1)];
}

function rowOf(key: string, result: RingResult): RingKey {
  const bytes = encodeUtf8(key);
  const [owner, later] = ownersOf(bytes, result);
  return {
    key: displayName(key, SHOWN_KEY),
    hash: hashHex(result.now, bytes),
    owner,
    answer: displayName(result.now.answerOf(bytes), SHOWN_KEY),
    ...(later !== owner && { movesTo: later }),
  };
}

function hashHex(placement: Placement, bytes: Uint8Array): string {
  const { hi, lo } = placement.hashKeys([bytes]);
  const hex = (part: number | undefined): string => (part ?? 0).toString(16).padStart(8, '0');
  return lo === undefined ? hex(hi[0]) : hex(hi[0]) + hex(lo[0]);
}

function chainOf(key: string, result: RingResult, { t }: Translate): RingKeys['typed'] {
  const bytes = encodeUtf8(key);
  const { now, after, servers } = result;
  const why = now.explain(bytes);
  const [owner, later] = ownersOf(bytes, result);
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
