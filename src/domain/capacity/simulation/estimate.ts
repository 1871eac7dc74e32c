import { studentT } from '../../math/studentT';

/** A simulated mean or quantile with its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Few and long batches: neighbouring customers wait alike, and batches must be longer than that
 * memory for the interval to be honest.
 */
const BATCHES = 10;

/** Confidence intervals of one run by batch means (Law, Simulation Modeling and Analysis, §9.5.3). */
export class Estimator {
  readonly #samples: Float64Array;
  readonly #factor: number;
  #sorted: Float64Array | undefined;

  /** `samples` in the order in which they happened, warm-up removed; `confidence` 0–1. */
  constructor(samples: Float64Array, confidence: number) {
    this.#samples = samples;
    this.#factor = studentT(confidence, BATCHES - 1) / Math.sqrt(BATCHES);
  }

  /** The mean of `of(sample)`, of the samples themselves unless given. */
  mean(of: (sample: number) => number = (sample) => sample): Estimate {
    const means = this.#means(of);
    const value = average(means);
    const half = this.#halfWidth(means);
    return { value, low: value - half, high: value + half };
  }

  /**
   * The p-quantile, 0 ≤ p < 1. Its interval comes from how much the share below it differs between
   * batches: quantiles of batches themselves would be skewed and make the interval too narrow.
   */
  quantile(p: number): Estimate {
    const sorted = (this.#sorted ??= this.#samples.toSorted());
    const value = quantileOf(sorted, p);
    const half = this.#halfWidth(this.#means((sample) => (sample <= value ? 1 : 0)));
    return { value, low: quantileOf(sorted, p - half), high: quantileOf(sorted, p + half) };
  }

  #means(of: (sample: number) => number): number[] {
    const size = Math.floor(this.#samples.length / BATCHES);
    return Array.from({ length: BATCHES }, (_, i) => {
      let sum = 0;
      for (let j = i * size; j < (i + 1) * size; j++) sum += of(this.#samples[j] ?? 0);
      return sum / size;
    });
  }

  #halfWidth(means: readonly number[]): number {
    const mean = average(means);
    const squares = means.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return this.#factor * Math.sqrt(squares / (BATCHES - 1));
  }
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** `p` beyond 0–1 means the smallest or the largest sample. */
function quantileOf(sorted: Float64Array, p: number): number {
  const at = Math.floor(p * sorted.length);
  return sorted[Math.min(sorted.length - 1, Math.max(0, at))] ?? NaN;
}
