import { NOBODY, type Layout } from './layout';
import type { Jump } from './jump';
import type { Points } from './points';
import type { Race } from './race';
import type { RingLayout } from './ring';
import type { Table } from './table';

/**
 * Calls `add(before, after, share)` for the parts of the hash space, with owners as indexes, -1 = none.
 * What leaves and what arrives may be reported apart, with -1 on the other side.
 */
type Flow = (add: (before: number, after: number, share: number) => void) => void;

/**
 * How the hash space flows from one division to another with the same key hash, exactly; undefined
 * when the two kinds cannot be compared. `same` tells which owner after is a given owner before.
 */
export function flowBetween(
  before: Layout,
  after: Layout,
  same: (after: number) => number,
): Flow | undefined {
  if (before.kind === 'ring' && after.kind === 'ring') return ringFlow(before, after);
  if (before.kind === 'table' && after.kind === 'table') {
    return before.range === after.range ? tableFlow(before, after) : undefined;
  }
  if (before.kind === 'jump' && after.kind === 'jump') return jumpFlow(before, after);
  if (before.kind === 'race' && after.kind === 'race') return raceFlow(before, after, same);
  return undefined;
}

const SPACE = 2 ** 32;

/** Both rings are walked together; each piece between two ends has one owner before and one after. */
function ringFlow(before: RingLayout, after: RingLayout): Flow | undefined {
  if (before.bits !== after.bits || before.range !== after.range) return undefined;
  return (add) => {
    const [a, b] = [before.ends, after.ends];
    // Positions are exclusive ends in units of 2^32 at most, as doubles.
    const limit = a.lo === undefined ? before.range : SPACE;
    const position = (ends: Points, i: number): number => {
      if (i >= ends.hi.length) return limit;
      const low = ends.lo === undefined ? 1 : (ends.lo[i] ?? 0) / SPACE;
      return Math.min((ends.hi[i] ?? 0) + low, limit);
    };
    const ownerAt = ({ owners }: Points, i: number): number => {
      const owner = owners[i < owners.length ? i : 0] ?? NOBODY;
      return owner === NOBODY ? -1 : owner;
    };
    let previous = 0;
    for (let i = 0, j = 0; previous < limit;) {
      const [endA, endB] = [position(a, i), position(b, j)];
      const end = Math.min(endA, endB);
      if (end > previous) add(ownerAt(a, i), ownerAt(b, j), (end - previous) / limit);
      previous = end;
      if (endA === end) i++;
      if (endB === end) j++;
    }
  };
}

/** Below this many hashes, each is looked up: 15-bit ones are far from evenly divisible. */
const FEW_HASHES = 2 ** 20;

function tableFlow(before: Table, after: Table): Flow {
  const [a, b] = [before.cells, after.cells];
  if (before.range <= FEW_HASHES) {
    return (add) => {
      for (let hash = 0; hash < before.range; hash++) {
        add(before.find(hash, 0), after.find(hash, 0), 1 / before.range);
      }
    };
  }
  if (a.length === b.length) {
    return (add) => a.forEach((owner, cell) => add(owner, b[cell] ?? -1, 1 / a.length));
  }
  // A hash lies in cell x before and y after only if x ≡ y modulo the greatest common divisor d of
  // both sizes; all those pairs are equally likely (Chinese remainder theorem).
  const step = greatestCommonDivisor(a.length, b.length);
  const pairShare = step / a.length / b.length;
  return (add) => {
    for (let residue = 0; residue < step; residue++) {
      const others = countOwners(b, residue, step);
      for (const [owner, count] of countOwners(a, residue, step)) {
        for (const [other, times] of others) add(owner, other, count * times * pairShare);
      }
    }
  };
}

function countOwners(cells: Int32Array, from: number, step: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let cell = from; cell < cells.length; cell += step) {
    const owner = cells[cell] ?? -1;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** From n to m > n buckets, each bucket keeps n/m of its keys and gives 1/m of all to each new one. */
function jumpFlow(before: Jump, after: Jump): Flow {
  const [a, b] = [before.members, after.members];
  const [few, many] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  return (add) => {
    for (let bucket = 0; bucket < few; bucket++) add(a[bucket] ?? -1, b[bucket] ?? -1, 1 / many);
    for (let bucket = few; bucket < many; bucket++) {
      for (let other = 0; other < few; other++) {
        const [from, to] = a.length < b.length ? [other, bucket] : [bucket, other];
        add(a[from] ?? -1, b[to] ?? -1, 1 / many / few);
      }
    }
  };
}

/**
 * Scores are exponential clocks with the weights as rates. A server keeps a key when it wins both
 * races: 1 / (1 + Σ max(w_j/w_s before, w_j/w_s after) over the other servers of either race).
 */
function raceFlow(before: Race, after: Race, same: (after: number) => number): Flow {
  const weightsOf = ({ members, weights }: Race, name: (member: number) => number) =>
    new Map(Array.from(members, (member, i) => [name(member), weights[i] ?? 0]));
  return (add) => {
    // Servers that are new get numbers of their own.
    const name = (member: number): number => (same(member) >= 0 ? same(member) : -2 - member);
    const a = weightsOf(before, (member) => member);
    const b = weightsOf(after, name);
    const [sumA, sumB] = [before, after].map(({ weights }) =>
      weights.reduce((sum, weight) => sum + weight, 0),
    ) as [number, number];
    const kept = new Map<number, number>();
    for (const [server, weight] of a) {
      const later = b.get(server);
      if (later === undefined) continue;
      let rivals = 0;
      for (const other of new Set([...a.keys(), ...b.keys()])) {
        if (other === server) continue;
        rivals += Math.max((a.get(other) ?? 0) / weight, (b.get(other) ?? 0) / later);
      }
      kept.set(server, 1 / (1 + rivals));
    }
    for (const member of before.members) {
      const stays = kept.get(member) ?? 0;
      if (stays > 0) {
        const index = after.members.find((other) => same(other) === member) ?? -1;
        add(member, index, stays);
      }
      // To whom the rest goes is not needed: it leaves here …
      add(member, -1, (a.get(member) ?? 0) / sumA - stays);
    }
    // … and arrives there.
    for (const member of after.members) {
      const key = name(member);
      add(-1, member, (b.get(key) ?? 0) / sumB - (kept.get(key) ?? 0));
    }
  };
}
