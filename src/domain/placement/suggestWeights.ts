import { balanceOf, fairShares } from './balance';
import { isProblems } from './createPlacement';
import { expectedLoads } from './load';
import { movement } from './movement';
import type { Placement } from './types';

/** Whole weights need room to differ: all weights are tried multiplied by each of these. */
const SCALES = [1, 2, 5, 10, 20, 50, 100];
const ROUNDS = 6;
const MAX_WEIGHT = 255;
/** More points than these cost more to try than the last percents are worth. */
const MAX_POINTS = 400_000;
/** Good enough: the busiest server has 2 % more than its part. */
const EVEN = 1.02;
/** Less than the whole correction at a time: points are whole and neighbours matter. */
const STEP = 0.8;

/**
 * Looks for weights under which the observed loads would be as even, relative to the present weights, as
 * the program can have it: each weight is corrected by how far its server is from its part, a few times.
 * Yields after each try, so that others get their turn, and ends with the weights in the order of the
 * servers; with undefined when the preset ignores weights or nothing better was found. Servers that are
 * down keep theirs.
 */
export function* suggestWeights(
  now: Placement,
  loads: readonly number[],
): Generator<undefined, number[] | undefined> {
  if (!now.preset.weighted || loads.every((load) => load === 0)) return undefined;
  const targets = fairShares(now);
  const present = now.servers.map(({ weight = 1 }) => weight);
  const imbalance = (list: readonly number[]): number => balanceOf(list, targets).maxOverMean;
  let best: number[] | undefined;
  let most = imbalance(loads);
  for (const scale of SCALES) {
    let exact = present.map((weight) => weight * scale);
    for (let round = 0; round < ROUNDS && most > EVEN; round++) {
      const weights = exact.map((weight, i) =>
        targets[i] === 0 ? (present[i] ?? 1) : wholeWeight(weight),
      );
      const tried = tryWeights(now, weights, loads);
      yield undefined;
      if (!tried) break;
      const found = imbalance(tried.loads);
      if (found < most - 1e-9) [most, best] = [found, weights];
      const sum = tried.loads.reduce((total, load) => total + load, 0);
      exact = exact.map((weight, i) => {
        const ratio = (tried.loads[i] ?? 0) / sum / (targets[i] ?? 1);
        return ratio > 0 && Number.isFinite(ratio) ? weight / ratio ** STEP : weight;
      });
      if (tried.points > MAX_POINTS) return best;
    }
  }
  return best;
}

const wholeWeight = (weight: number): number =>
  Math.min(MAX_WEIGHT, Math.max(1, Math.round(weight)));

function tryWeights(
  now: Placement,
  weights: readonly number[],
  loads: readonly number[],
): { readonly loads: readonly number[]; readonly points: number } | undefined {
  const servers = now.servers.map((server, i) => ({ ...server, weight: weights[i] ?? 1 }));
  const after = now.withServers(servers);
  if (isProblems(after)) return undefined;
  const expected = expectedLoads(now, after, movement(now, after), loads);
  return { loads: expected, points: after.ring?.points.length ?? 0 };
}
