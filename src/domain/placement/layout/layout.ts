import type { HashedKeys } from '../types';
import type { Jump } from './jump';
import type { Race } from './race';
import type { RingLayout } from './ring';
import type { Table } from './table';

/**
 * How a hash space is divided among servers. Owners are indexes into the list of servers, -1 = none;
 * hashes are 32-bit (`lo` is ignored) or 64-bit numbers in unsigned halves.
 */
export interface Division {
  find(hi: number, lo: number): number;
  /** Owners of sorted hashes, in their order. */
  sweep(hashed: HashedKeys): Int32Array;
  /** Exact share of the hash space of each of `count` servers. */
  shares(count: number): Float64Array;
  /** The owner and then the servers asked next, each once. Ends where the program has no rule. */
  walk(hi: number, lo: number): Iterable<number>;
}

export type Layout = RingLayout | Table | Jump | Race;

/** Owner number in 16-bit arrays for "nobody". */
export const NOBODY = 0xffff;

/** Owners of sorted hashes by one lookup each, for layouts that have no faster way. */
export function sweepEach(
  hashed: HashedKeys,
  find: (hi: number, lo: number) => number,
): Int32Array {
  const { hi, lo } = hashed;
  const owners = new Int32Array(hi.length);
  for (let i = 0; i < hi.length; i++) owners[i] = find(hi[i] ?? 0, lo?.[i] ?? 0);
  return owners;
}
