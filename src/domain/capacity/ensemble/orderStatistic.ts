import { atLeast, countsOf } from './binomial';

/** The probability that a duration is at most t ≥ 0. */
export type Distribution = (t: number) => number;

/**
 * The duration until `needed` of several independent acks have arrived. A majority of voters is
 * one case: the slow minority of disks and zones does not count.
 */
export function kthFastest(acks: readonly Distribution[], needed: number): Distribution {
  return (t) => atLeast(countsOf(acks.map((ack) => ack(t))), needed);
}

/** The same distribution, `delay` later. */
export function delayed(distribution: Distribution, delay: number): Distribution {
  return (t) => (t < delay ? 0 : distribution(t - delay));
}

/** The time that a share `p` of all durations stays below, 0 < p < 1, to the last digits. */
export function quantile(distribution: Distribution, p: number): number {
  let high = 1e-9;
  while (distribution(high) < p) {
    high *= 2;
    if (!(high < 1e12)) return Infinity;
  }
  let low = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (distribution(middle) < p) low = middle;
    else high = middle;
  }
}

const STEPS = 20_000;

/**
 * The mean of a duration: the area over the distribution (Simpson), up to the quantile 1 − 1e-12.
 * Good to about 1e-9 for smooth distributions, to 1e-4 of the mean where they jump.
 */
export function mean(distribution: Distribution): number {
  const end = quantile(distribution, 1 - 1e-12);
  const step = end / STEPS;
  let area = 1 - distribution(0) + (1 - distribution(end));
  for (let i = 1; i < STEPS; i++) area += (i % 2 === 1 ? 4 : 2) * (1 - distribution(i * step));
  return (area * step) / 3;
}
