import { balanceOf, fairShares } from './balance';
import { isProblems } from './createPlacement';
import { expectedLoads } from './load';
import { movement } from './movement';
import type { Placement } from './types';

/** Whole weights need room to differ: all weights are tried multiplied by each of these. */
const SCALES = [1, 2, 5, 10, 20, 50, 100];
const ROUNDS = 6;
const MAX_WEIGHT = 255;
/** Good enough: the busiest server has 2 % more than its part. */
const EVEN = 1.02;

/**
 * New weights under which the observed loads would be as even, relative to the present weights, as the
 * program can have it: each weight is corrected by how far its server is from its part, a few times,
 * since points are whole and neighbours matter. Undefined when the preset ignores weights, or nothing
 * better than the present weights was found. Servers that are down keep theirs.
 */
export function suggestWeights(now: Placement, loads: readonly number[]): number[] | undefined {
  if (!now.preset.weighted || loads.every((load) => load === 0)) return undefined;
  const targets = fairShares(now);
  const present = now.servers.map(({ weight = 1 }) => weight);
  const imbalance = (list: readonly number[]): number => balanceOf(list, targets).maxOverMean;
  let best: { readonly weights: number[]; readonly most: number } | undefined;
  let most = imbalance(loads);
  for (const scale of SCALES) {
    if (best && best.most <= EVEN) break;
    let exact = present.map((weight) => weight * scale);
    for (let round = 0; round < ROUNDS; round++) {
      const weights = exact.map((weight, i) =>
        targets[i] === 0
          ? (present[i] ?? 1)
          : Math.min(MAX_WEIGHT, Math.max(1, Math.round(weight))),
      );
      const expected = loadsUnder(now, weights, loads);
      if (!expected) break;
      const found = imbalance(expected);
      if (found < most - 1e-9) {
        most = found;
        best = { weights, most };
      }
      const mean = expected.reduce((sum, load) => sum + load, 0);
      exact = exact.map((weight, i) => {
        const ratio = (expected[i] ?? 0) / mean / (targets[i] ?? 1);
        return ratio > 0 && Number.isFinite(ratio) ? weight / ratio ** 0.8 : weight;
      });
    }
  }
  return best?.weights;
}

function loadsUnder(
  now: Placement,
  weights: readonly number[],
  loads: readonly number[],
): number[] | undefined {
  const servers = now.servers.map((server, i) => ({ ...server, weight: weights[i] ?? 1 }));
  const after = now.withServers(servers);
  return isProblems(after) ? undefined : expectedLoads(now, after, movement(now, after), loads);
}
