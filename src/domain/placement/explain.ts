import { toHex32, toHex64 } from './hashes/limbs';
import { newSink } from './layout/points';
import type { PlacedKeys } from './placement';
import type { Explanation, VirtualNode } from './types';

const MAX_FALLBACKS = 5;
const MAX_KEY_HEX = 1024;

/** The chain from the bytes of a key to its server. */
export function explainKey(placement: PlacedKeys, key: Uint8Array): Explanation {
  const { rules, layout, servers } = placement;
  const [hi = 0, lo = 0] = placement.hashInto(key);
  const part = rules.part?.(key) ?? key;
  const wide = rules.key.bits === 64;
  const owner = placement.ownerOf(key);
  const hashHex = wide ? toHex64(hi, lo) : toHex32(hi);
  const point = layout.kind === 'ring' && owner >= 0 ? decidingPoint(placement, hi, lo) : undefined;
  const fallbacks = placement.fallbacks(key, MAX_FALLBACKS);
  const answer = placement.answerOf(key);
  const cell = layout.kind === 'table' ? layout.cellOf(hi, lo) : undefined;
  const names = fallbacks.map((next) => servers[next]?.address ?? '').join(', ');
  const sentence = [
    `${rules.key.name} of ${part.length} bytes = 0x${hashHex}`,
    point && `point ${point.virtualNode ?? ''} at 0x${point.pointHex}`,
    cell !== undefined && `cell ${cell}`,
    owner < 0 ? `answer ${answer}` : `server ${answer}`,
    names !== '' && `then ${names}`,
  ];
  return {
    keyHex: hex(key),
    hashedHex: part.length === key.length ? undefined : hex(part),
    hashName: rules.key.name,
    hashHex,
    pointHex: point?.pointHex,
    virtualNode: point?.virtualNode,
    cell,
    owner,
    answer,
    fallbacks,
    sentence: sentence.filter((step) => typeof step === 'string').join(' → '),
  };
}

function hex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_KEY_HEX), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return bytes.length > MAX_KEY_HEX ? `${shown}…` : shown;
}

/** The point that decides where a hash belongs; undefined where there is no ring. */
export function decidingPoint(
  placement: PlacedKeys,
  hi: number,
  lo: number,
): VirtualNode | undefined {
  const { layout } = placement;
  if (layout.kind !== 'ring') return undefined;
  const { points } = layout;
  const index = layout.pointOf(hi, lo);
  const upper = points.hi[index] ?? 0;
  const lower = points.lo?.[index] ?? 0;
  return {
    pointHex: points.lo === undefined ? toHex32(upper) : toHex64(upper, lower),
    virtualNode: virtualNode(placement, points.owners[index] ?? 0, upper, lower),
  };
}

/** The text behind a point: the owner's points are written again to find its number. */
function virtualNode(
  { rules, members, counts }: PlacedKeys,
  owner: number,
  upper: number,
  lower: number,
): string | undefined {
  const at = members.findIndex(({ index }) => index === owner);
  const member = members[at];
  if (rules.space.kind !== 'ring' || member === undefined) return undefined;
  const { points } = rules.space;
  const count = counts[at] ?? 0;
  const sink = newSink(points, count);
  points.write(member, count, sink);
  for (let i = 0; i < count; i++) {
    if (sink.hi[i] === upper && (sink.lo?.[i] ?? 0) === lower) return points.label(member, i);
  }
  return undefined;
}
