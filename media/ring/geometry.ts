import { bisectLeft } from 'd3';
import type { RingPicture } from '../../src/protocol/ring';
import { WHOLE, type View } from './view';

export const SPACE = 2 ** 32;
export const NOBODY = 0xffff;

export type RingArcs = Extract<RingPicture, { kind: 'ring' }>;

/** A piece of what is shown with one owner; `from` and `to` are parts of the view, 0 to 1. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly owner: number;
}

/** The index of the arc that holds a position: the first end at or after it, else the first. */
export function arcAt({ ends }: RingArcs, position: number): number {
  const index = bisectLeft(ends, position);
  return index < ends.length ? index : 0;
}

export function ownerAt(ring: RingArcs, position: number): number {
  return ring.owners[arcAt(ring, position)] ?? NOBODY;
}

/** Where an arc begins, exclusive, and ends; it begins after its end when it goes over the top. */
export function boundsOf({ ends }: RingArcs, index: number): { from: number; to: number } {
  const before = (index + ends.length - 1) % ends.length;
  return { from: ends[before] ?? 0, to: ends[index] ?? 0 };
}

/** The part of the ring that an arc takes. */
export function partOf(ring: RingArcs, index: number): number {
  if (ring.ends.length === 1) return 1;
  const { from, to } = boundsOf(ring, index);
  return ((to - from + SPACE) % SPACE) / SPACE;
}

/** The hash at a position in turns. */
export const positionOf = (turn: number): number =>
  Math.min(SPACE - 1, Math.floor((((turn % 1) + 1) % 1) * SPACE));

/**
 * What is shown of a ring as `bins` samples with equal neighbours merged: what it costs to draw
 * depends on the pixels and not on the number of virtual nodes.
 */
export function runsOf(
  bins: number,
  owner: (position: number) => number,
  { from, length }: View = WHOLE,
): Run[] {
  const runs: Run[] = [];
  const at = (bin: number): number => owner(positionOf(from + ((bin + 0.5) / bins) * length));
  let start = 0;
  let current = at(0);
  for (let bin = 1; bin <= bins; bin++) {
    const next = bin < bins ? at(bin) : NaN;
    if (next === current) continue;
    runs.push({ from: start / bins, to: bin / bins, owner: current });
    start = bin;
    current = next;
  }
  return runs;
}

/** How many of sorted positions lie below a place in turns, those of whole turns before it included. */
function rankOf(sorted: Uint32Array, turn: number): number {
  const whole = Math.floor(turn);
  return whole * sorted.length + bisectLeft(sorted, (turn - whole) * SPACE);
}

/** How many of sorted positions, ends of arcs or hashes of keys, a view shows. */
export function countIn(sorted: Uint32Array, { from, length }: View): number {
  return rankOf(sorted, from + length) - rankOf(sorted, from);
}

/** Sorted positions counted by bins of equal width over a view. */
export function histogram(
  sorted: Uint32Array,
  bins: number,
  { from, length }: View = WHOLE,
): Uint32Array {
  const counts = new Uint32Array(bins);
  let before = rankOf(sorted, from);
  for (let bin = 0; bin < bins; bin++) {
    const next = rankOf(sorted, from + ((bin + 1) / bins) * length);
    counts[bin] = next - before;
    before = next;
  }
  return counts;
}
