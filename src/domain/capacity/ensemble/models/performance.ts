import type { Problem } from '../../../placement/types';
import { number, seed } from '../../queueing/models/keys';
import { type Model, type Results, resultsOf, type Values } from '../../queueing/models/model';
import { EXACT, isProblems, type Result } from '../../result';
import type { Estimate } from '../../simulation/estimate';
import { CONFIDENCE, CUSTOMERS } from '../../simulation/setup';
import { ATC10_CREATES, createsPerSecond } from '../closedLoop';
import { delayedLog } from '../flushDelay';
import { groupCommit, type GroupCommitInput, groupCommitLimit } from '../groupCommit';
import { calibratedCosts, HARDWARE, type HardwarePreset, type MeasuredCosts } from '../presets';
import { commitLatency, MAX_BATCH } from '../quorumSimulation';
import { slowQuorum, snapCountFor, snapshotDuty } from '../snapshotInterference';
import { mixedThroughput, readThroughput, writeThroughput } from '../throughput';
import { writeLatency } from '../writeLatency';
import { leaderServes, observers, seconds, share, voters, within, writes } from './keys';

const append = seconds('append', 'CPU time to log one transaction', { default: 20e-6, maximum: 1 });
const fsync = seconds('fsync', 'mean time of an fsync', { default: 1e-3, maximum: 1000 });
const fsyncScv = number('cs2', 'variance over squared mean of the fsync', '1', {
  symbol: 'Cs²',
  default: 0,
  maximum: 1000,
});

const logOf = (v: Values): GroupCommitInput => ({
  rate: v.number('writes'),
  append: v.number('append'),
  fsync: v.number('fsync'),
  fsyncScv: v.number('cs2'),
});

function logQueue(v: Values): Result[] | Problem[] {
  const input = logOf(v);
  return resultsOf('group-commit', groupCommit(input), (results, log) =>
    results
      .add('wait', log.wait, 's')
      .add('response', log.response, 's')
      .add('batch', log.batch, '1')
      .add('flushRate', log.flushRate, '1/s')
      .add('busy', log.busy, '1')
      .add('limit', groupCommitLimit(input.append, input.fsync, MAX_BATCH), '1/s'),
  );
}

function delayed(v: Values): Result[] | Problem[] {
  const input = { ...logOf(v), flushDelay: v.number('flushDelay') };
  return resultsOf('flush-delay', delayedLog(input, { seed: v.number('seed') }), (results, log) => {
    addEstimate(results, 'response', log.mean);
    addEstimate(results, 'p50', log.median);
    addEstimate(results, 'p99', log.p99);
    results.add('batch', log.batch, '1', within(0.05));
    results.add('flushRate', input.rate / log.batch, '1/s', within(0.05));
  });
}

function commit(v: Values): Result[] | Problem[] {
  const log = logOf(v);
  const roundTrips = v.list('roundTrips');
  const tail = commitLatency({ ...log, roundTrips }, { seed: v.number('seed') });
  if (isProblems(tail)) return tail;
  const latency = writeLatency({
    log,
    roundTrips,
    clientRoundTrip: v.number('clientRoundTrip'),
    viaLearner: v.number('viaLearner'),
    learnerRoundTrip: v.number('learnerRoundTrip'),
    pipeline: { cost: v.number('cpu'), utilisation: v.number('utilisation') },
  });
  const accuracy = log.fsyncScv === 0 ? EXACT : ({ kind: 'bound', side: 'upper' } as const);
  return resultsOf('quorum', latency, (results, { commit, network, pipeline, total }) => {
    results
      .add('commit', commit, 's', accuracy)
      .add('network', network, 's')
      .add('pipeline', pipeline, 's', within(0.3))
      .add('write', total, 's', within(0.3));
    addEstimate(results, 'simulated.mean', tail.mean);
    addEstimate(results, 'simulated.p50', tail.median);
    addEstimate(results, 'simulated.p99', tail.p99);
    addEstimate(results, 'simulated.p99.9', tail.p999);
  });
}

function addEstimate(results: Results, name: string, { value, low, high }: Estimate): void {
  const run = { confidence: CONFIDENCE, customers: CUSTOMERS };
  results.add(name, value, 's', { kind: 'simulation', low, high, ...run });
}

/** The newest hardware that is not younger than `year`. */
function hardwareOf(year: number): HardwarePreset {
  const found = HARDWARE.findLast((preset) => preset.year <= year) ?? HARDWARE[0];
  if (!found) throw new Error('There is always a preset.');
  return found;
}

function throughput(v: Values): Result[] | Problem[] {
  const hardware = hardwareOf(v.number('hardware'));
  const readsPerServer = v.optional('readsPerServer');
  const perSecond = v.optional('writesMeasured');
  const measured: MeasuredCosts = {
    ...(readsPerServer === undefined ? {} : { readsPerServer }),
    ...(perSecond === undefined
      ? {}
      : { writes: { voters: v.optional('votersMeasured') ?? v.number('voters'), perSecond } }),
  };
  const shape = {
    voters: v.number('voters'),
    observers: v.number('observers'),
    leaderServes: v.number('leaderServes') === 1,
  };
  const costs = calibratedCosts(hardware.costs, measured);
  if (readThroughput(costs, shape) === 0) {
    const message = 'Nobody serves clients. Let the leader serve, or add a server.';
    return [{ code: 'noServers', where: 'leaderServes', message }];
  }
  const { band } = hardware;
  return resultsOf('throughput', costs, (results) =>
    results
      .add('reads', readThroughput(costs, shape), '1/s', within(band.reads))
      .add('writes', writeThroughput(costs, shape), '1/s', within(band.writes))
      .add(
        'mixed',
        mixedThroughput(costs, shape, v.number('readShare')),
        '1/s',
        within(band.mixed),
      ),
  );
}

function waitingClients(v: Values): Result[] | Problem[] {
  const workers = v.number('workers');
  const rate = createsPerSecond(ATC10_CREATES, workers, v.number('voters'));
  return resultsOf('closed-loop', rate, (results) =>
    results
      .add('creates', rate, '1/s', within(0.06))
      .add('response', workers / rate, 's', within(0.06)),
  );
}

function snapshots(v: Values): Result[] | Problem[] {
  const load = {
    voters: v.number('voters'),
    rate: v.number('writes'),
    snapCount: v.number('snapCount'),
    snapshotSeconds: v.number('snapshotTime'),
  };
  return resultsOf('snapshots', load, (results) =>
    results
      .add('duty', snapshotDuty(load), '1')
      .add('slowQuorum', slowQuorum(load), '1')
      .add('snapCount', snapCountFor(load, v.number('limit')), '1'),
  );
}

const measured = { optional: true, minimum: 1e-3 };

/** How fast an ensemble is. */
export const PERFORMANCE: readonly Model[] = [
  {
    name: 'group-commit',
    help: 'The transaction log of one server: waiting, fsyncs and batches',
    page: 'capacity/group-commit.md',
    keys: [writes, append, fsync, fsyncScv],
    compute: logQueue,
  },
  {
    name: 'flush-delay',
    help: 'The same log when batches wait for company (flushDelay)',
    page: 'capacity/group-commit.md',
    keys: [
      { ...writes, minimum: 0.01 },
      append,
      { ...fsync, minimum: 1e-9 },
      fsyncScv,
      seconds('flushDelay', 'how long a batch may wait since the last fsync', {
        default: 0.01,
        maximum: 60,
      }),
      seed,
    ],
    compute: delayed,
  },
  {
    name: 'quorum',
    help: 'Latency of a write: log, majority, network and CPU',
    page: 'capacity/quorum.md',
    keys: [
      { ...writes, minimum: 0.01 },
      append,
      { ...fsync, minimum: 1e-9 },
      fsyncScv,
      seconds('roundTrips', 'round trip from the leader to each other voter', {
        shape: 'list',
        maximum: 1000,
      }),
      seconds('clientRoundTrip', 'round trip from a client to its server', { default: 0 }),
      share('viaLearner', 'share of writes that reach another server than the leader', {
        default: 0,
      }),
      seconds('learnerRoundTrip', 'round trip from that server to the leader', { default: 0 }),
      seconds('cpu', 'CPU time of an operation', { default: 0 }),
      number('utilisation', 'operations per second over their highest rate', '1', { default: 0 }),
      seed,
    ],
    compute: commit,
  },
  {
    name: 'throughput',
    help: 'Operations per second at saturation by size and mix',
    page: 'capacity/throughput.md',
    keys: [
      voters,
      observers,
      leaderServes,
      share('readShare', 'share of the operations that are reads'),
      number('hardware', 'year of the hardware: 2010 as published, later a guess', '1', {
        default: 2020,
        minimum: 1900,
        maximum: 2200,
      }),
      number('readsPerServer', 'measured reads per second of one server', '1/s', measured),
      number('writesMeasured', 'measured writes per second', '1/s', measured),
      { ...voters, name: 'votersMeasured', help: 'servers that voted then', optional: true },
    ],
    compute: throughput,
  },
  {
    name: 'closed-loop',
    help: 'Creates per second of workers that wait for each answer (hardware of 2010)',
    page: 'capacity/closed-loop.md',
    keys: [voters, { ...voters, name: 'workers', help: 'waiting workers', maximum: 10_000 }],
    compute: waitingClients,
  },
  {
    name: 'snapshots',
    help: 'How often snapshots slow a majority, and the snapCount that avoids it',
    page: 'capacity/snapshots.md',
    keys: [
      voters,
      writes,
      number('snapCount', 'transactions between snapshots', '1', { default: 100_000, minimum: 2 }),
      seconds('snapshotTime', 'how long one snapshot takes to write', { maximum: 1e6 }),
      share('limit', 'highest share of time with a slow majority', {
        default: 0.01,
        minimum: 1e-9,
      }),
    ],
    compute: snapshots,
  },
];
