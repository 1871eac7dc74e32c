import { betaQuantile } from '../math/beta';
import type { HashedKeys, Placement } from './types';

/** How evenly loads are spread; loads may be in any unit. All numbers are 1, 1 and 0 when perfect. */
export interface Balance {
  /** The greatest load over the mean: how much bigger each server must be. */
  readonly maxOverMean: number;
  readonly minOverMean: number;
  /** Coefficient of variation: standard deviation over mean. */
  readonly variation: number;
}

/**
 * The balance of loads of servers. With weights, each load is compared with its weight's part of the
 * sum. No servers or no load at all count as perfect.
 */
export function balanceOf(loads: ArrayLike<number>, weights?: ArrayLike<number>): Balance {
  const count = loads.length;
  let sum = 0;
  let weightSum = 0;
  for (let i = 0; i < count; i++) {
    sum += loads[i] ?? 0;
    weightSum += weights?.[i] ?? 1;
  }
  if (count === 0 || sum === 0) return { maxOverMean: 1, minOverMean: 1, variation: 0 };
  let most = 0;
  let least = Infinity;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const ratio = (loads[i] ?? 0) / ((sum * (weights?.[i] ?? 1)) / weightSum);
    most = Math.max(most, ratio);
    least = Math.min(least, ratio);
    squares += (ratio - 1) ** 2;
  }
  return { maxOverMean: most, minOverMean: least, variation: Math.sqrt(squares / count) };
}

/** What each server had if the hash space were divided by weight, or evenly where weights do nothing. */
export function fairShares({ preset, servers }: Placement): number[] {
  const weights = servers.map(({ weight = 1, down }) =>
    down === true ? 0 : preset.weighted ? weight : 1,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum));
}

/**
 * The imbalance (greatest share over mean) that a ring of `servers` with `points` each exceeds with
 * probability 1 - p: n · BetaInv(1 - (1 - p)/n; V, (n - 1)V), within 0.6 % of simulation. Plan with
 * p = 0.95. Both numbers from 1; one server has no imbalance.
 */
export function imbalanceQuantile(servers: number, points: number, p = 0.95): number {
  if (servers <= 1) return 1;
  return servers * betaQuantile(1 - (1 - p) / servers, points, (servers - 1) * points);
}

/** Relative popularity of ranks 1 to `count`: 1/rank^exponent, scaled to sum to 1. */
export function zipf(count: number, exponent: number): Float64Array {
  const weights = Float64Array.from({ length: count }, (_, i) => (i + 1) ** -exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The load of each server from a list of keys: the number of keys, or the sum of their popularity,
 * which is in the order of the list. Keys without an owner count for nobody.
 */
export function keyLoads(
  placement: Placement,
  keys: HashedKeys,
  popularity?: ArrayLike<number>,
): Float64Array {
  const loads = new Float64Array(placement.servers.length);
  const owners = placement.ownersOfHashed(keys);
  for (let i = 0; i < owners.length; i++) {
    const owner = owners[i] ?? -1;
    if (owner < 0) continue;
    const weight = popularity === undefined ? 1 : (popularity[keys.order[i] ?? 0] ?? 0);
    loads[owner] = (loads[owner] ?? 0) + weight;
  }
  return loads;
}
