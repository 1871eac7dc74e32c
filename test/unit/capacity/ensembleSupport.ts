import type { Problem } from '../../../src/domain/placement/types';
import { isProblems } from '../../../src/domain/capacity/result';

/** A small seeded generator (mulberry32), uniform in (0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
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
  return outcome as T;
}
