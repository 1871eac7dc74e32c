import type { Problem } from '../../../src/domain/placement/types';
import { isProblems } from '../../../src/domain/capacity/result';

/** Durations of a mean with a squared coefficient of variation, and a long tail. */
export function lognormal(mean: number, scv: number, random: () => number): () => number {
  const variance = Math.log(1 + scv);
  return () => {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return mean * Math.exp(Math.sqrt(variance) * normal - variance / 2);
  };
}

/** The value that a share `p` of a sample stays below. */
export function quantileOf(sample: Float64Array, p: number): number {
  return Float64Array.from(sample).sort()[Math.floor(sample.length * p)] ?? NaN;
}

export const meanOf = (sample: Float64Array): number =>
  sample.reduce((sum, value) => sum + value, 0) / sample.length;

/** A result that must not be a list of problems. */
export function solved<T>(outcome: T | Problem[]): T {
  if (isProblems(outcome)) throw new Error(outcome.map(({ message }) => message).join(' '));
  return outcome;
}
