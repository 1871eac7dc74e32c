import { field, isObject } from '../membership/json';
import { parseCsv } from './csv';

/** Loads by address, and what was not a load. */
export interface ObservedLoad {
  readonly load: Readonly<Record<string, number>>;
  /** Rows or members that have none. */
  readonly without: number;
}

/**
 * Loads from a CSV text: the first cell of a row that is one of the `addresses` says whose, the first
 * number after it, or else before it, how much. A server that has several rows has their sum.
 */
export function loadOfCsv(text: string, addresses: readonly string[]): ObservedLoad {
  const known = new Set(addresses);
  const load = new Map<string, number>();
  let without = 0;
  for (const row of parseCsv(text)) {
    const at = row.findIndex((cell) => known.has(cell));
    const value = [...row.slice(at + 1), ...row.slice(0, Math.max(0, at))]
      .map(numberOf)
      .find((number) => number !== undefined);
    const address = row[at];
    if (address === undefined || value === undefined) without++;
    else load.set(address, (load.get(address) ?? 0) + value);
  }
  return { load: Object.fromEntries(load), without };
}

/** A load from the JSON of a member: `field` names it, with dots into inner objects. */
export function loadOfJson(json: unknown, path: string): number | undefined {
  let value = json;
  for (const name of path.split('.')) {
    if (!isObject(value)) return undefined;
    value = field(value, name);
  }
  return typeof value === 'number' ? notNegative(value) : numberOf(value);
}

function numberOf(cell: unknown): number | undefined {
  if (typeof cell !== 'string' || !/^\s*\d+(?:[.]\d+)?(?:[eE][+-]?\d{1,3})?\s*$/.test(cell)) {
    return undefined;
  }
  return notNegative(Number(cell));
}

const notNegative = (value: number): number | undefined =>
  Number.isFinite(value) && value >= 0 && value <= 1e15 ? value : undefined;
