/**
 * Counts of independent events as distributions: `pmf[k]` is the probability of exactly k. Only
 * sums and products of positive numbers, so that tiny tails keep their digits; `1 - available`
 * would lose them.
 */
export type Counts = readonly number[];

/** How many of several independent events with these probabilities (each 0–1) happen. */
export function countsOf(probabilities: readonly number[]): Counts {
  let pmf: number[] = [1];
  for (const p of probabilities) pmf = convolve(pmf, [1 - p, p]);
  return pmf;
}

/** How many of n ≥ 0 independent events of probability p happen: the binomial distribution. */
export function binomial(n: number, p: number): Counts {
  return countsOf(new Array<number>(n).fill(p));
}

/** The distribution of the sum of two independent counts. */
export function convolve(a: Counts, b: Counts): number[] {
  const sum = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => b.forEach((y, j) => (sum[i + j] = (sum[i + j] ?? 0) + x * y)));
  return sum;
}

/** The probability of at least `k`. */
export function atLeast(counts: Counts, k: number): number {
  // Smallest terms first: fewer digits are lost.
  return counts.slice(Math.max(0, k)).reduceRight((sum, p) => sum + p, 0);
}
