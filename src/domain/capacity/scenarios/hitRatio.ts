import { type Popularity, zipfPopularity } from '../queueing/zipf';

/** Ranks beyond the popular ones that are taken together; changes the result by some 1e-6. */
const MERGED = 10;

/**
 * How many of `items` a cache must hold to answer a share `goal` of the reads, by Che's
 * approximation: the characteristic time T with Σ p_i(1 − e^{−p_i·T}) = goal fills
 * Σ(1 − e^{−p_i·T}) places. Newton from the left on a concave function, so it needs no bracket.
 */
export function itemsForHitRatio(items: number, exponent: number, goal: number): number {
  const popularity = merged(zipfPopularity(items, exponent));
  let time = 0;
  for (let step = 0; step < 200; step++) {
    let missing = goal;
    let slope = 0;
    for (const { items: count, probability: p } of popularity) {
      const absent = Math.exp(-p * time);
      missing -= count * p * (1 - absent);
      slope += count * p * p * absent;
    }
    if (missing <= 1e-12) break;
    time += missing / slope;
  }
  return popularity.reduce(
    (sum, { items: count, probability }) => sum - count * Math.expm1(-probability * time),
    0,
  );
}

/** Groups of many items put together; single items stay. */
function merged(popularity: readonly Popularity[]): Popularity[] {
  const result = popularity.filter(({ items }) => items === 1);
  const groups = popularity.slice(result.length);
  for (let from = 0; from < groups.length; from += MERGED) {
    const part = groups.slice(from, from + MERGED);
    const items = part.reduce((sum, one) => sum + one.items, 0);
    const weight = part.reduce((sum, one) => sum + one.items * one.probability, 0);
    result.push({ items, probability: weight / items });
  }
  return result;
}
