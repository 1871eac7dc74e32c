import { type Popularity, zipfPopularity } from '../queueing/zipf';

/**
 * How many of `items` a cache must hold to answer a share `goal` of the reads, by Che's
 * approximation: the characteristic time T with Σ p_i(1 − e^{−p_i·T}) = goal fills
 * Σ(1 − e^{−p_i·T}) places. Newton from the left on a concave function, so it needs no bracket.
 */
export function itemsForHitRatio(items: number, exponent: number, goal: number): number {
  const popularity = zipfPopularity(items, exponent);
  let time = 0;
  for (let step = 0; step < 200; step++) {
    const { hits, slope } = hitsAt(popularity, time);
    if (goal - hits <= 1e-12) break;
    time += (goal - hits) / slope;
  }
  return popularity.reduce(
    (sum, { items, probability }) => sum - items * Math.expm1(-probability * time),
    0,
  );
}

function hitsAt(popularity: readonly Popularity[], time: number): { hits: number; slope: number } {
  let hits = 0;
  let slope = 0;
  for (const { items, probability: p } of popularity) {
    const absent = Math.exp(-p * time);
    hits += items * p * (1 - absent);
    slope += items * p * p * absent;
  }
  return { hits, slope };
}
