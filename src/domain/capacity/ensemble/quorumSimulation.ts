import type { Problem } from '../../placement/types';
import { Checks, digits } from '../queueing/checks';
import { durations } from '../simulation/durations';
import { type Estimate, Estimator } from '../simulation/estimate';
import { seededRandom } from '../simulation/random';
import { checkSetup, type SimulationSetup, withoutWarmUp } from '../simulation/setup';
import { type GroupCommitInput, groupCommitLimit } from './groupCommit';
import { onDisk, poissonArrivals, type SimulatedLog } from './logSimulation';
import { majority, MOST_VOTERS } from './quorum';

/** `maxBatchSize` of ZooKeeper: transactions that one fsync covers at most. */
export const MAX_BATCH = 1000;

/** Voters with equal disks. Times in seconds, rates per second. */
export interface CommitLoad extends Omit<GroupCommitInput, 'appendScv'> {
  /** Round trips from the leader to each other voter. */
  readonly roundTrips: readonly number[];
}

/** Latency at the leader, from the arrival of the proposal to its commit. */
export interface CommitLatency {
  readonly mean: Estimate;
  readonly median: Estimate;
  readonly p99: Estimate;
  readonly p999: Estimate;
}

/**
 * Commit latencies simulated with seeded randomness: the leader's disk and each follower's run the
 * log's loop on the same proposals, and a majority of acks commits. Fails when the logs cannot
 * keep up.
 */
export function commitLatency(
  load: CommitLoad,
  setup: SimulationSetup = {},
): CommitLatency | Problem[] {
  const checks = checkedLoad(load);
  const { customers, seed, confidence } = checkSetup(checks, setup);
  if (checks.problems.length > 0) return checks.problems;
  const random = seededRandom(seed);
  const scv = load.fsyncScv < SMALLEST_SCV ? 0 : load.fsyncScv;
  const fsync = durations(load.fsync, scv, random);
  const log = { append: load.append, fsync, maxBatch: MAX_BATCH };
  const arrivals = poissonArrivals(customers, load.rate, random);
  const latencies = simulateCommits(arrivals, log, load.roundTrips);
  const estimator = new Estimator(withoutWarmUp(latencies), confidence);
  return {
    mean: estimator.mean(),
    median: estimator.quantile(0.5),
    p99: estimator.quantile(0.99),
    p999: estimator.quantile(0.999),
  };
}

/**
 * From each arrival to the ack that makes a majority. All voters see the same arrivals, so that
 * equal disks flush in phase; formulas that take voters for independent miss that.
 */
export function simulateCommits(
  arrivals: Float64Array,
  log: SimulatedLog,
  roundTrips: readonly number[],
): Float64Array {
  const acks = [0, ...roundTrips].map((trip) => {
    const there = arrivals.map((arrival) => arrival + trip / 2);
    return onDisk(there, log).map((done) => done + trip / 2);
  });
  const needed = majority(acks.length);
  const sorted = new Float64Array(acks.length);
  return arrivals.map((arrival, i) => {
    acks.forEach((times, voter) => (sorted[voter] = times[i] ?? Infinity));
    sorted.sort();
    return (sorted[needed - 1] ?? Infinity) - arrival;
  });
}

/** Below it, the gamma distribution of equal times has a shape too large to draw from. */
export const SMALLEST_SCV = 1e-6;

/** At lower rates the clock of a long simulation has too few digits left for latencies. */
const SLOWEST = 0.01;

/** What is wrong with a load, a log that cannot keep up included. */
export function checkedLoad({ rate, append, fsync, fsyncScv, roundTrips }: CommitLoad): Checks {
  const checks = new Checks()
    .between('rate', rate, SLOWEST, 1e9)
    .notNegative('append', append)
    .between('fsync', fsync, 1e-9, 1000)
    .between('fsyncScv', fsyncScv, 0, 1000)
    .whole('voters', roundTrips.length + 1, 1, MOST_VOTERS);
  roundTrips.forEach((trip, i) => checks.notNegative(`roundTrips[${i}]`, trip));
  const limit = groupCommitLimit(append, fsync, MAX_BATCH);
  if (checks.problems.length === 0 && rate >= limit) {
    checks.fail(
      'unstable',
      'rate',
      `The log takes at most ${digits(limit)} transactions a second in batches of ${MAX_BATCH}, ` +
        `not ${digits(rate)}. Use a faster disk or fewer writes.`,
    );
  }
  return checks;
}
