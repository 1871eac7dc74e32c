import { expect } from 'vitest';
import { isProblems } from '../../../src/domain/capacity/result';
import type { Problem } from '../../../src/domain/placement/types';

/** The value of a computation that must succeed. */
export function solved<T>(outcome: T | Problem[]): T {
  if (isProblems(outcome)) throw new Error(outcome.map(({ message }) => message).join('\n'));
  return outcome;
}

/** The problems of a computation that must fail. */
export function failed(outcome: unknown): Problem[] {
  if (!isProblems(outcome)) throw new Error(`Expected problems, got ${JSON.stringify(outcome)}`);
  return outcome;
}

export const CLOSED_FORM = 1e-9;
export const QUANTILE = 1e-6;

/** How many values have been compared with the data files. */
export const compared = { values: 0 };

/** Relative difference; near 0, absolute. */
export function expectClose(actual: number, expected: number, tolerance = CLOSED_FORM): void {
  compared.values++;
  const scale = Math.max(Math.abs(expected), 1e-9);
  expect(
    Math.abs(actual - expected) / scale,
    `${actual} instead of ${expected}`,
  ).toBeLessThanOrEqual(tolerance);
}
