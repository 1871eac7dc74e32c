import type { Problem } from '../../placement/types';
import { Checks, digits } from '../queueing/checks';
import { isProblems } from '../result';
import { groupCommit, type GroupCommitInput } from './groupCommit';
import { majority } from './quorum';

/** The way of one write. Times in seconds, rates per second. */
export interface WritePath {
  /** One voter's log; all voters see the same rate. */
  readonly log: GroupCommitInput;
  /** Round trips from the leader to each other voter. */
  readonly roundTrips: readonly number[];
  readonly clientRoundTrip: number;
  /** Share of the writes that reach a follower or observer first, 0–1. */
  readonly viaLearner: number;
  /** Round trip between those servers and the leader. */
  readonly learnerRoundTrip: number;
  /** CPU time of the request pipeline for one operation, and its utilisation below 1. */
  readonly pipeline: { readonly cost: number; readonly utilisation: number };
}

/** Mean seconds of each part; they add up to `total`. */
export interface WriteLatency {
  readonly total: number;
  readonly network: number;
  readonly pipeline: number;
  /** Log and slowest needed voter. */
  readonly commit: number;
}

/**
 * The mean latency of a write. The commit waits for the leader's kind of disk plus the round trip
 * to the last voter that a majority needs: exact where fsyncs take equal times (all voters batch in
 * phase), cautious where they vary, since a quorum hides the slow minority (`simulateCommits`).
 * Fails when the log or the pipeline is asked for more than it can do.
 */
export function writeLatency(path: WritePath): WriteLatency | Problem[] {
  const { problems } = checked(path);
  if (problems.length > 0) return problems;
  const log = groupCommit(path.log);
  if (isProblems(log)) return log;
  const commit = log.response + neededRoundTrip(path.roundTrips);
  const network = path.clientRoundTrip + path.viaLearner * path.learnerRoundTrip;
  const pipeline = path.pipeline.cost / (1 - path.pipeline.utilisation);
  return { total: commit + network + pipeline, network, pipeline, commit };
}

function checked({ pipeline, ...path }: WritePath): Checks {
  const checks = new Checks()
    .notNegative('clientRoundTrip', path.clientRoundTrip)
    .between('viaLearner', path.viaLearner, 0, 1)
    .notNegative('learnerRoundTrip', path.learnerRoundTrip)
    .notNegative('pipeline.cost', pipeline.cost)
    .notNegative('pipeline.utilisation', pipeline.utilisation);
  path.roundTrips.forEach((trip, i) => checks.notNegative(`roundTrips[${i}]`, trip));
  if (pipeline.utilisation >= 1) {
    checks.fail(
      'saturated',
      'pipeline.utilisation',
      `The ensemble is asked for ${digits(100 * pipeline.utilisation)} % of its throughput. ` +
        'Lower the load, use faster servers, or fewer voters for writes and observers for reads.',
    );
  }
  return checks;
}

/** The round trip to the farthest voter of the nearest majority: a remote minority is free. */
export function neededRoundTrip(roundTrips: readonly number[]): number {
  const acks = majority(roundTrips.length + 1) - 1;
  return acks === 0 ? 0 : ([...roundTrips].sort((a, b) => a - b)[acks - 1] ?? 0);
}
