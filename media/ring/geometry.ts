import { bisectLeft } from 'd3';
import type { RingPicture } from '../../src/protocol/ring';

export const SPACE = 2 ** 32;
export const NOBODY = 0xffff;

type RingArcs = Extract<RingPicture, { kind: 'ring' }>;

/** A piece of a ring with one owner; turns from 0 at the top, clockwise, to 1. */
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

/**
 * A ring as `bins` samples with equal neighbours merged: what it costs to draw depends on the pixels
 * and not on the number of virtual nodes.
 */
export function runsOf(bins: number, owner: (position: number) => number): Run[] {
  const runs: Run[] = [];
  let start = 0;
  let current = owner(SPACE / bins / 2);
  for (let bin = 1; bin <= bins; bin++) {
    const next = bin < bins ? owner(((bin + 0.5) / bins) * SPACE) : NaN;
    if (next === current) continue;
    runs.push({ from: start / bins, to: bin / bins, owner: current });
    start = bin;
    current = next;
  }
  return runs;
}
