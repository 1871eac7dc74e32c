import type { Problem } from '../../../placement/types';
import { type Accuracy, EXACT, isProblems, problem, type Result, type Unit } from '../../result';

/** One input of a model, `key=value` on a command line. */
export interface Key {
  readonly name: string;
  /** Short name in formulas, where it differs: λ, μ, Cs². */
  readonly symbol?: string;
  /** What the functions behind the model call this input in their problems, where it differs. */
  readonly field?: string;
  readonly help: string;
  readonly unit: Unit;
  /** One number, numbers divided by commas, or such lists divided by `/`. */
  readonly shape: 'number' | 'list' | 'rows';
  readonly minimum: number;
  readonly maximum: number;
  readonly whole?: boolean;
  /** Absent: the key must be given, unless `optional`. */
  readonly default?: number;
  readonly optional?: boolean;
}

/** A model for `zkw model NAME key=value…`. */
export interface Model {
  readonly name: string;
  readonly help: string;
  /** The page in `media/docs` that explains it, with its section. */
  readonly page: string;
  readonly keys: readonly Key[];
  compute(values: Values): Result[] | Problem[];
}

/** Inputs that were read and lie within the ranges of the keys. */
export interface Values {
  /** A required number, or one with a default. */
  number(name: string): number;
  optional(name: string): number | undefined;
  list(name: string): readonly number[];
  rows(name: string): readonly (readonly number[])[];
  has(name: string): boolean;
}

/** Makes the results of one model; all exact unless told otherwise. */
export class Results {
  readonly all: Result[] = [];
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  add(name: string, value: number, unit: Unit, accuracy: Accuracy = EXACT): this {
    this.all.push({ name, value, unit, model: this.#model, accuracy });
    return this;
  }
}

/** Turns the solution of a model into results, or hands its problems on. */
export function resultsOf<T>(
  model: string,
  outcome: T | Problem[],
  fill: (results: Results, solution: T) => void,
): Result[] | Problem[] {
  if (isProblems(outcome)) return outcome;
  const results = new Results(model);
  fill(results, outcome);
  return results.all;
}

/** Lists that belong together must be of one length. */
export const lengthProblem = (where: string, wanted: number): Problem =>
  problem('badLength', where, `${where} must have ${wanted} values, like the lists beside it.`);

export const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p99.9', 0.999],
] as const;
