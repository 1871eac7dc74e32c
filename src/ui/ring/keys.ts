import type * as vscode from 'vscode';
import { zipf } from '../../domain/placement/balance';
import { encodeUtf8 } from '../../domain/textCoding';
import type { Explanation, Placement } from '../../domain/placement/types';
import { displayName } from '../../domain/znode/displayName';
import type { RingKey, RingKeys } from '../../protocol/ring';
import type { RingResult } from './compute';

type Translate = Pick<typeof vscode.l10n, 't'>;

const MAX_KEY_LENGTH = 4_096;
const SHOWN_KEY = 120;

/** Which keys are placed and how. */
export interface KeyInput {
  readonly typed: string;
  /** The first keys of the source: those that are looked at. */
  readonly keys: readonly string[];
  /** How many the source has. */
  readonly total: number;
  readonly replicas?: number | undefined;
  readonly distinctZones?: boolean | undefined;
  /** Zipf exponent. */
  readonly popularity?: number | undefined;
}

/** The chain of one key and the owners of a list of them. */
export function computeKeys(
  version: number,
  input: KeyInput,
  result: RingResult | undefined,
  l10n: Translate,
): RingKeys {
  const { typed, keys, total, popularity = 0 } = input;
  if (result === undefined) {
    const nothing = { rows: [], counts: [], loads: [], total: 0, moved: 0 };
    return { type: 'keys', version, typed: undefined, ...nothing };
  }
  const rows = rowsOf(keys, input, result);
  const counts = result.servers.map(() => 0);
  const loads = result.servers.map(() => 0);
  const weights = zipf(rows.length, popularity);
  rows.forEach(({ owner }, i) => {
    if (owner < 0) return;
    counts[owner] = (counts[owner] ?? 0) + 1;
    loads[owner] = (loads[owner] ?? 0) + (weights[i] ?? 0);
  });
  return {
    type: 'keys',
    version,
    typed: typed === '' ? undefined : chainOf(typed.slice(0, MAX_KEY_LENGTH), input, result, l10n),
    rows,
    counts,
    loads,
    total,
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

function rowsOf(keys: readonly string[], input: KeyInput, result: RingResult): RingKey[] {
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
      replicas: replicasOf(bytes[i], input, result.now),
      ...(later[i] !== owner && { movesTo: later[i] ?? -1 }),
    };
  });
}

/** The servers that hold a key beside its owner, as rows of the snapshot. */
function replicasOf(
  key: Uint8Array | undefined,
  { replicas = 1, distinctZones }: KeyInput,
  now: Placement,
): number[] {
  return replicas > 1 && key ? now.fallbacks(key, replicas - 1, distinctZones) : [];
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

function chainOf(
  key: string,
  input: KeyInput,
  result: RingResult,
  { t }: Translate,
): RingKeys['typed'] {
  const bytes = encodeUtf8(key);
  const replicas = replicasOf(bytes, input, result.now);
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
    ...step(t('Replicas'), replicas.map((next) => servers[next]?.label ?? '').join(', ')),
    ...step(t('If it is down'), why.fallbacks.map((next) => servers[next]?.label ?? '').join(', ')),
    ...step(t('What-if'), after && (servers[later]?.label ?? nobody)),
  ];
  return {
    key: displayName(key, SHOWN_KEY),
    steps,
    owner,
    replicas,
    ...(now.ring && { position: parseInt(why.hashHex.slice(0, 8), 16) }),
  };
}

function step(label: string, value: string | undefined): { label: string; value: string }[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}

function pointText({ pointHex, virtualNode }: Explanation): string | undefined {
  if (pointHex === undefined) return undefined;
  return virtualNode === undefined
    ? `0x${pointHex}`
    : `${displayName(virtualNode)} → 0x${pointHex}`;
}
