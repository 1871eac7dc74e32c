import { type Accuracy, EXACT, type Result, type Unit } from '../result';
import type { Estimate } from '../simulation/estimate';

/** Collects the results of one model. */
export class Report {
  readonly results: Result[] = [];

  constructor(
    private readonly model: string,
    private readonly accuracy: Accuracy = EXACT,
  ) {}

  add(name: string, value: number, unit: Unit, accuracy = this.accuracy): this {
    this.results.push({ name, value, unit, model: this.model, accuracy });
    return this;
  }

  /** A simulated value with its interval. */
  addEstimate(
    name: string,
    estimate: Estimate,
    unit: Unit,
    run: { readonly confidence: number; readonly customers: number },
  ): this {
    const { value, low, high } = estimate;
    return this.add(name, value, unit, { kind: 'simulation', low, high, ...run });
  }
}

/** ± this share of the value, 0.1 for ±10 %. */
export const within = (share: number): Accuracy => ({
  kind: 'approximation',
  percent: 100 * share,
});

export const UPPER_BOUND: Accuracy = { kind: 'bound', side: 'upper' };
