import { NOBODY } from '../layout/layout';
import type { Points } from '../layout/points';
import { pick, sortedOrder } from '../layout/sort';
import type { Problem } from '../types';
import type { Input } from './rules';

/** Layouts from assignments that `parseAssignment` has checked. Owners are found by address or name. */
function ownerIndex({ all }: Input): (owner: string | null | undefined) => number {
  const indexes = new Map<string, number>();
  for (const { server, index } of all) {
    if (server.name !== undefined) indexes.set(server.name, index);
  }
  for (const { server, index } of all) indexes.set(server.address, index);
  return (owner) => indexes.get(owner ?? '') ?? -1;
}

export function slotCells(input: Input, count: number): Int32Array {
  const owner = ownerIndex(input);
  const cells = new Int32Array(count).fill(-1);
  for (const slot of input.assignment?.slots ?? []) {
    cells.fill(owner(slot.owner), slot.from, slot.to + 1);
  }
  return cells;
}

export function partitionCells(input: Input, count: number): Int32Array {
  const owner = ownerIndex(input);
  const leaders = input.assignment?.partitions ?? [];
  return Int32Array.from({ length: count }, (_, partition) => owner(leaders[partition]));
}

/** A ring that belongs to nobody. */
export function noArcs(bits: 32 | 64): Points {
  return {
    hi: Uint32Array.of(0xffffffff),
    lo: bits === 64 ? Uint32Array.of(0xffffffff) : undefined,
    owners: Uint16Array.of(NOBODY),
  };
}

/** Ranges as arcs; gaps between them belong to nobody. A range without an owner is its own server. */
export function rangeArcs(input: Input): Points | Problem[] {
  const owner = ownerIndex(input);
  const ranges = [...(input.assignment?.ranges ?? [])]
    .map((range) => ({
      from: (parseInt(range.from, 16) ^ 0x80000000) >>> 0,
      to: (parseInt(range.to, 16) ^ 0x80000000) >>> 0,
      name: range.name,
      owner: owner(range.owner ?? range.name),
    }))
    .sort((a, b) => a.from - b.from);
  const ends: number[] = [];
  const owners: number[] = [];
  let next = 0;
  const add = (end: number, index: number): void => {
    ends.push(end);
    owners.push(index < 0 ? NOBODY : index);
    next = end + 1;
  };
  for (const range of ranges) {
    if (range.from < next) {
      return [
        {
          code: 'assignment.overlap',
          message: `The range of "${range.name}" overlaps the one before it.`,
          where: 'assignment.ranges',
        },
      ];
    }
    if (range.from > next) add(range.from - 1, -1);
    add(range.to, range.owner);
  }
  if (next <= 0xffffffff) add(0xffffffff, -1);
  return { hi: Uint32Array.from(ends), lo: undefined, owners: Uint16Array.from(owners) };
}

export function tokenArcs(input: Input): Points | undefined {
  const tokens = input.assignment?.tokens;
  if (tokens === undefined) return undefined;
  const owner = ownerIndex(input);
  const values = tokens.map(({ token }) => BigInt.asUintN(64, BigInt(token) + (1n << 63n)));
  const hi = Uint32Array.from(values, (value) => Number(value >> 32n));
  const lo = Uint32Array.from(values, (value) => Number(value & 0xffffffffn));
  const order = sortedOrder(hi, lo);
  const indexes = tokens.map((token) => owner(token.owner));
  return {
    hi: pick(hi, order),
    lo: pick(lo, order),
    owners: Uint16Array.from(order, (i) => indexes[i] ?? NOBODY),
  };
}
