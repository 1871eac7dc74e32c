import type { Server } from '../types';
import { pick, sortedOrder } from './sort';

/** A server that takes keys, with its place in the list of servers. */
export interface Member {
  readonly server: Server;
  readonly index: number;
  /** HAProxy's id: the configured one or the next free one; 1-based position elsewhere. */
  readonly id: number;
}

/** Where a generator writes points: 32-bit values, or halves of 64-bit ones. */
export interface Sink {
  readonly hi: Uint32Array;
  readonly lo: Uint32Array | undefined;
  at: number;
}

/** How a program puts points on its ring and which point takes a key. */
export interface PointRules {
  readonly bits: 32 | 64;
  /** The first point at or after the key (`ge`), after it (`gt`), or the nearest one. */
  readonly search: 'ge' | 'gt' | 'nearest';
  /** Which writer wins when points collide. */
  readonly tie: 'first' | 'last';
  /** The number of points of each member. */
  counts(members: readonly Member[]): number[];
  /** Members with the same identity and count have the same points. */
  identity(member: Member): string;
  write(member: Member, count: number, sink: Sink): void;
  /** The text that gives point `index` of a member, for people. */
  label(member: Member, index: number): string;
}

/** Points in ascending order, the one that wins first among equal ones. */
export interface Points {
  readonly hi: Uint32Array;
  readonly lo: Uint32Array | undefined;
  readonly owners: Uint16Array;
}

export function buildPoints(
  rules: PointRules,
  members: readonly Member[],
  counts: readonly number[],
): Points {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sink = newSink(rules, total);
  const owners = new Uint16Array(total);
  const listed = members.map((member, i) => ({ member, count: counts[i] ?? 0 }));
  // The sort is stable: the order of writing decides ties.
  if (rules.tie === 'last') listed.reverse();
  for (const { member, count } of listed) {
    owners.fill(member.index, sink.at, sink.at + count);
    rules.write(member, count, sink);
  }
  const order = sortedOrder(sink.hi, sink.lo);
  const sorted = new Uint16Array(total);
  for (let i = 0; i < total; i++) sorted[i] = owners[order[i] ?? 0] ?? 0;
  return {
    hi: pick(sink.hi, order),
    lo: sink.lo && pick(sink.lo, order),
    owners: sorted,
  };
}

export function newSink(rules: PointRules, total: number): Sink {
  const lo = rules.bits === 64 ? new Uint32Array(total) : undefined;
  return { hi: new Uint32Array(total), lo, at: 0 };
}

/**
 * The points after a change of members: old points whose owner maps to -1 leave, the others take
 * their owner's new index, `fresh` ones enter. Equal to sorting everything anew, as long as the new
 * indexes of those that stay are in the order of the old ones.
 */
export function mergePoints(
  old: Points,
  newIndex: Int32Array,
  fresh: Points,
  tie: 'first' | 'last',
): Points {
  return insertPoints(keepPoints(old, newIndex), fresh, tie);
}

function keepPoints(old: Points, newIndex: Int32Array): Points {
  if (newIndex.every((index, i) => index === i)) return old;
  const { length } = old.hi;
  const hi = new Uint32Array(length);
  const lo = old.lo && new Uint32Array(length);
  const owners = new Uint16Array(length);
  let to = 0;
  for (let i = 0; i < length; i++) {
    const owner = newIndex[old.owners[i] ?? 0] ?? -1;
    if (owner < 0) continue;
    hi[to] = old.hi[i] ?? 0;
    if (lo) lo[to] = old.lo[i] ?? 0;
    owners[to++] = owner;
  }
  return { hi: hi.subarray(0, to), lo: lo?.subarray(0, to), owners: owners.subarray(0, to) };
}

/** Few points enter many: what lies between two of them is copied in one go. */
function insertPoints(kept: Points, fresh: Points, tie: 'first' | 'last'): Points {
  const total = kept.hi.length + fresh.hi.length;
  const hi = new Uint32Array(total);
  const lo = kept.lo && new Uint32Array(total);
  const owners = new Uint16Array(total);
  let from = 0;
  const keepUntil = (end: number, shift: number): void => {
    copy(kept.hi, hi, from, end, shift);
    if (lo) copy(kept.lo, lo, from, end, shift);
    copy(kept.owners, owners, from, end, shift);
    from = end;
  };
  for (let j = 0; j < fresh.hi.length; j++) {
    keepUntil(placeOf(kept, fresh, j, tie, from), j);
    hi[from + j] = fresh.hi[j] ?? 0;
    if (lo) lo[from + j] = fresh.lo?.[j] ?? 0;
    owners[from + j] = fresh.owners[j] ?? 0;
  }
  keepUntil(kept.hi.length, fresh.hi.length);
  return { hi, lo, owners };
}

/** The first kept point at or after `from` that comes after fresh point `j`. */
function placeOf(
  kept: Points,
  fresh: Points,
  j: number,
  tie: 'first' | 'last',
  from: number,
): number {
  const value = fresh.hi[j] ?? 0;
  const low = fresh.lo?.[j] ?? 0;
  const owner = fresh.owners[j] ?? 0;
  const goesBefore = (i: number): boolean => {
    const difference = (kept.hi[i] ?? 0) - value || (kept.lo?.[i] ?? 0) - low;
    if (difference !== 0) return difference < 0;
    const isEarlier = (kept.owners[i] ?? 0) < owner;
    return tie === 'first' ? isEarlier : !isEarlier;
  };
  let to = kept.hi.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (goesBefore(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Below this many, a loop is faster than a view on the source. */
const SHORT = 32;

function copy<T extends Uint32Array | Uint16Array>(
  source: T,
  target: T,
  from: number,
  to: number,
  shift: number,
): void {
  if (to - from > SHORT) target.set(source.subarray(from, to), from + shift);
  else for (let i = from; i < to; i++) target[i + shift] = source[i] ?? 0;
}
