import type { Checks } from '../queueing/checks';

/** How long and how sure a simulation is. */
export interface SimulationSetup {
  /** 1,000–2,000,000; 100,000 unless given. */
  readonly customers?: number;
  /** A whole number; the same seed repeats the run. 1 unless given. */
  readonly seed?: number;
  /** Of the intervals, 0.5–0.9999; 0.99 unless given. */
  readonly confidence?: number;
}

export const CUSTOMERS = 100_000;
export const CONFIDENCE = 0.99;
/** This share of the customers comes first, fills the empty system and is not counted. */
const WARM_UP = 0.1;

export function checkSetup(checks: Checks, setup: SimulationSetup): Required<SimulationSetup> {
  const { customers = CUSTOMERS, seed = 1, confidence = CONFIDENCE } = setup;
  checks
    .whole('customers', customers, 1000, 2_000_000)
    .whole('seed', seed, 0, 2 ** 31 - 1)
    .between('confidence', confidence, 0.5, 0.9999);
  return { customers, seed, confidence };
}

export const withoutWarmUp = (samples: Float64Array): Float64Array =>
  samples.subarray(Math.floor(samples.length * WARM_UP));
