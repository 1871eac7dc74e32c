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
 * The points after a change of members, in one pass: old points whose owner maps to -1 leave, the
 * others take their owner's new index, `fresh` ones enter. Equal to sorting everything anew.
 */
export function mergePoints(
  old: Points,
  newIndex: Int32Array,
  fresh: Points,
  tie: 'first' | 'last',
): Points {
  const oldHi = old.hi;
  const oldLo = old.lo;
  const freshHi = fresh.hi;
  const freshLo = fresh.lo;
  let kept = 0;
  for (const owner of old.owners) if ((newIndex[owner] ?? -1) >= 0) kept++;
  const total = kept + freshHi.length;
  const hi = new Uint32Array(total);
  const lo = oldLo && new Uint32Array(total);
  const owners = new Uint16Array(total);
  let to = 0;
  let j = 0;
  const enter = (): void => {
    hi[to] = freshHi[j] ?? 0;
    if (lo) lo[to] = freshLo?.[j] ?? 0;
    owners[to++] = fresh.owners[j++] ?? 0;
  };
  for (let i = 0; i < oldHi.length; i++) {
    const owner = newIndex[old.owners[i] ?? 0] ?? -1;
    if (owner < 0) continue;
    const value = oldHi[i] ?? 0;
    while (j < freshHi.length && (freshHi[j] ?? 0) <= value && comesFirst(i, owner)) enter();
    hi[to] = value;
    if (lo) lo[to] = oldLo[i] ?? 0;
    owners[to++] = owner;
  }
  while (j < freshHi.length) enter();
  return { hi, lo, owners };

  /** Whether fresh point j goes before old point i; its upper half is not greater. */
  function comesFirst(i: number, owner: number): boolean {
    if ((freshHi[j] ?? 0) < (oldHi[i] ?? 0)) return true;
    const difference = (freshLo?.[j] ?? 0) - (oldLo?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
    const before = (fresh.owners[j] ?? 0) < owner;
    return tie === 'first' ? before : !before;
  }
}
