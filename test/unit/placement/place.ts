import { createPlacement, isProblems } from '../../../src/domain/placement/createPlacement';
import type { Options, Placement, Server } from '../../../src/domain/placement/types';

/** A placement that must exist. */
export function place(
  preset: string,
  servers: readonly Server[],
  options: Options = {},
  assignment?: unknown,
): Placement {
  return ok(createPlacement(preset, servers, options, assignment));
}

export function ok<T extends object>(result: T): Exclude<T, unknown[]> {
  if (isProblems(result)) throw new Error(JSON.stringify(result));
  return result as Exclude<T, unknown[]>;
}

export const servers = (count: number, weight?: (i: number) => number): Server[] =>
  Array.from({ length: count }, (_, i) => ({
    address: `10.0.${Math.floor(i / 250)}.${i % 250}:${11211 + (i % 3)}`,
    ...(weight === undefined ? {} : { weight: weight(i) }),
  }));

export const addresses = (...list: readonly string[]): Server[] =>
  list.map((address) => ({ address }));
