import type { Problem } from '../../placement/types';
import { durations } from '../simulation/durations';
import { type Estimate, Estimator } from '../simulation/estimate';
import { seededRandom } from '../simulation/random';
import { checkSetup, type SimulationSetup, withoutWarmUp } from '../simulation/setup';
import { onDisk, poissonArrivals } from './logSimulation';
import { checkedLoad, MAX_BATCH, SMALLEST_SCV } from './quorumSimulation';
import type { GroupCommitInput } from './groupCommit';

/** A log whose batches wait for company. Times in seconds, rates per second. */
export interface DelayedLog extends Omit<GroupCommitInput, 'appendScv'> {
  /** `flushDelay` of ZooKeeper 3.6 and newer, 0 to 60 s. */
  readonly flushDelay: number;
}

export interface DelayedLogResult {
  /** From arrival to acknowledgement. */
  readonly mean: Estimate;
  readonly median: Estimate;
  readonly p99: Estimate;
  /** Mean transactions that one fsync covers. */
  readonly batch: number;
}

/**
 * The log of one server with a `flushDelay`, for which no formula is known: simulated with seeded
 * randomness. Fails when the log cannot keep up.
 */
export function delayedLog(
  load: DelayedLog,
  setup: SimulationSetup = {},
): DelayedLogResult | Problem[] {
  const checks = checkedLoad({ ...load, roundTrips: [] }).between(
    'flushDelay',
    load.flushDelay,
    0,
    60,
  );
  const { customers, seed, confidence } = checkSetup(checks, setup);
  if (checks.problems.length > 0) return checks.problems;
  const random = seededRandom(seed);
  const scv = load.fsyncScv < SMALLEST_SCV ? 0 : load.fsyncScv;
  const arrivals = poissonArrivals(customers, load.rate, random);
  const done = onDisk(arrivals, {
    append: load.append,
    fsync: durations(load.fsync, scv, random),
    maxBatch: MAX_BATCH,
    flushDelay: load.flushDelay,
  });
  const latencies = done.map((time, i) => time - (arrivals[i] ?? 0));
  const estimator = new Estimator(withoutWarmUp(latencies), confidence);
  return {
    mean: estimator.mean(),
    median: estimator.quantile(0.5),
    p99: estimator.quantile(0.99),
    batch: customers / new Set(done).size,
  };
}
