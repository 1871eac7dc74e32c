/**
 * Zipf popularity: item i of n is asked for in proportion to i^−s. Sums over ranks in closed form
 * beyond the first thousand (Euler–Maclaurin, DLMF 2.10.1), so n may be of any size.
 */
const DIRECT = 1000;
/** Relative width of a group of ranks; their spread changes an LRU hit ratio by some 1e-8. */
const GROUP = 1e-3;

/** Items that are asked for equally often. */
export interface Popularity {
  readonly items: number;
  /** Probability that a request asks for one given of them. */
  readonly probability: number;
}

/** Σ i^−s for i = 1 … n (n ≥ 0 whole, s ≥ 0): the generalised harmonic number, to about 1e-14. */
export function harmonic(n: number, s: number): number {
  let sum = 0;
  const direct = Math.min(n, DIRECT);
  for (let i = direct; i >= 1; i--) sum += Math.pow(i, -s);
  return n <= DIRECT ? sum : sum + rangeSum(DIRECT, n, s);
}

/** The share of all requests that goes to the `top` most popular of `items`. */
export function zipfShare(top: number, items: number, s: number): number {
  return harmonic(Math.min(top, items), s) / harmonic(items, s);
}

/** All items, the popular ones one by one, the others in groups of nearly equal popularity. */
export function zipfPopularity(items: number, s: number): Popularity[] {
  const total = harmonic(items, s);
  const groups: Popularity[] = [];
  for (let i = 1; i <= Math.min(items, DIRECT); i++) {
    groups.push({ items: 1, probability: Math.pow(i, -s) / total });
  }
  for (let from = DIRECT; from < items;) {
    const to = Math.min(items, from + Math.max(1, Math.floor(from * GROUP)));
    const weight = rangeSum(from, to, s) / total;
    groups.push({ items: to - from, probability: weight / (to - from) });
    from = to;
  }
  return groups;
}

/** Σ i^−s for i = from+1 … to, from ≥ 1000: integral, half the ends, one correction. */
function rangeSum(from: number, to: number, s: number): number {
  const f = (x: number): number => Math.pow(x, -s);
  const slope = (x: number): number => -s * Math.pow(x, -s - 1);
  return integral(from, to, s) + (f(to) - f(from)) / 2 + (slope(to) - slope(from)) / 12;
}

/** ∫ x^−s from a to b, without cancellation for s near 1: a^(1−s)·(e^((1−s)·ln(b/a)) − 1)/(1−s). */
function integral(a: number, b: number, s: number): number {
  const log = Math.log1p((b - a) / a);
  const power = 1 - s;
  return Math.pow(a, power) * (power * log === 0 ? log : Math.expm1(power * log) / power);
}
