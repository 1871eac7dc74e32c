import type { Problem } from '../placement/types';

/** How far a value can be trusted, as far as the model itself goes; inputs have errors of their own. */
export type Accuracy =
  | { readonly kind: 'exact' }
  /** Published or measured error of the formula, ± percent of the value. */
  | { readonly kind: 'approximation'; readonly percent: number }
  /** The true value is not above (`upper`) or not below (`lower`) this one. */
  | { readonly kind: 'bound'; readonly side: 'upper' | 'lower' }
  /** The true mean lies in `low`–`high` with this confidence (0–1). */
  | {
      readonly kind: 'simulation';
      readonly low: number;
      readonly high: number;
      readonly confidence: number;
      readonly customers: number;
    };

/** Units are SI; `1` is a ratio, a probability or a count. */
export type Unit = '1' | 's' | '1/s' | 'h' | '1/h' | 'B' | 'B/s' | 'USD';

/** One number that a model gives. `name` is stable, e.g. `wait`, `response.p99`, `queue[2]`. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** Id of the model and of its page in the docs, e.g. `mmc`. */
  readonly model: string;
  readonly accuracy: Accuracy;
}

export const EXACT: Accuracy = { kind: 'exact' };

/** Tells the two outcomes of a computation apart: problems come as a list that is never empty. */
export function isProblems(outcome: unknown): outcome is Problem[] {
  return (
    Array.isArray(outcome) &&
    outcome.length > 0 &&
    outcome.every((item: unknown) => typeof item === 'object' && item !== null && 'code' in item)
  );
}

/**
 * One expected failure. `where` names the input, e.g. `lambda` or `demands[2]`; `message` says what
 * is wrong and what to do.
 */
export function problem(code: string, where: string, message: string): Problem {
  return { code, where, message };
}
