import type { Problem } from '../../placement/types';
import { EXACT, isProblems, type Result } from '../result';
import { CONFIDENCE, CUSTOMERS, type SimulationSetup } from '../simulation/setup';
import { ATC10_CREATES, createsPerSecond } from './closedLoop';
import { groupCommit, type GroupCommitInput, groupCommitLimit, scv } from './groupCommit';
import { calibratedCosts, type HardwarePreset, type MeasuredCosts } from './presets';
import { commitLatency, MAX_BATCH } from './quorumSimulation';
import { Report, UPPER_BOUND, within } from './report';
import { slowQuorum, snapCountFor, snapshotDuty, type SnapshotLoad } from './snapshotInterference';
import { mixedThroughput, readThroughput, type Shape, writeThroughput } from './throughput';
import { writeLatency, type WritePath } from './writeLatency';

/** Model `group-commit`. */
export function groupCommitResults(input: GroupCommitInput): Result[] | Problem[] {
  const log = groupCommit(input);
  if (isProblems(log)) return log;
  return new Report('group-commit')
    .add('wait', log.wait, 's')
    .add('response', log.response, 's')
    .add('batch', log.batch, '1')
    .add('flushRate', log.flushRate, '1/s')
    .add('busy', log.busy, '1')
    .add('limit', groupCommitLimit(input.append, input.fsync, MAX_BATCH), '1/s').results;
}

/** Model `quorum`: the parts of a write, and the simulated tail of its commit. */
export function quorumResults(path: WritePath, setup: SimulationSetup = {}): Result[] | Problem[] {
  const { log, roundTrips } = path;
  const latency = writeLatency(path);
  if (isProblems(latency)) return latency;
  const fsyncScv = scv(log.spread);
  const tail = commitLatency({ ...log, fsyncScv, roundTrips }, setup);
  if (isProblems(tail)) return tail;
  const accuracy = fsyncScv === 0 ? EXACT : UPPER_BOUND;
  const run = {
    confidence: setup.confidence ?? CONFIDENCE,
    customers: setup.customers ?? CUSTOMERS,
  };
  return new Report('quorum', accuracy)
    .add('commit', latency.commit, 's')
    .add('network', latency.network, 's')
    .add('pipeline', latency.pipeline, 's', within(0.3))
    .add('write', latency.total, 's', within(0.3))
    .addEstimate('commit.mean', tail.mean, 's', run)
    .addEstimate('commit.p50', tail.median, 's', run)
    .addEstimate('commit.p99', tail.p99, 's', run)
    .addEstimate('commit.p999', tail.p999, 's', run).results;
}

/** Model `throughput`: a preset, or what was measured in its place. */
export function throughputResults(
  hardware: HardwarePreset,
  measured: MeasuredCosts,
  shape: Shape,
  readShare: number,
): Result[] {
  const costs = calibratedCosts(hardware.costs, measured);
  const { reads, writes, mixed } = hardware.band;
  return new Report('throughput')
    .add('reads', readThroughput(costs, shape), '1/s', within(reads))
    .add('writes', writeThroughput(costs, shape), '1/s', within(writes))
    .add('mixed', mixedThroughput(costs, shape, readShare), '1/s', within(mixed)).results;
}

/** Model `closed-loop`. */
export function closedLoopResults(workers: number, voters: number): Result[] {
  const rate = createsPerSecond(ATC10_CREATES, workers, voters);
  return new Report('closed-loop', within(0.06))
    .add('creates', rate, '1/s')
    .add('response', workers / rate, 's').results;
}

/** Model `snapshots`: how often they are in the way, and the snapCount that keeps that below `limit`. */
export function snapshotResults(load: SnapshotLoad, limit: number): Result[] {
  return new Report('snapshots')
    .add('duty', snapshotDuty(load), '1')
    .add('slowQuorum', slowQuorum(load), '1')
    .add('snapCount', snapCountFor(load, limit), '1').results;
}
