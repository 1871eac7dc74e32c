import { atLeast, binomial } from '../ensemble/binomial';
import { delayed, kthFastest, quantile } from '../ensemble/orderStatistic';
import { MINUTES_A_YEAR } from '../ensemble/availability';
import type { Problem } from '../../placement/types';
import type { InputOf } from '../plan/inputFields';
import { about, bytes, percent, type Report, short } from '../plan/report';
import { wholeUp } from '../plan/rounding';
import type { Choice } from '../pool/instances';
import { responseDistribution } from '../pool/response';
import { poolState } from '../pool/sizing';
import { problem } from '../result';
import { copiesText, type Demand, replicas, storage } from './demand';
import { NO_LOAD } from './load';

/** A sharded database whose reads and writes ask a quorum of the copies. */
export function databaseDemand(
  input: InputOf<'database'>,
  loadFactor: number,
  serverDown: number,
): Demand | Problem[] {
  const { replicationFactor, readQuorum, writeQuorum } = input;
  const wrong = (['readQuorum', 'writeQuorum'] as const).filter(
    (name) => input[name] > replicationFactor,
  );
  if (wrong.length > 0) {
    return wrong.map((name) =>
      problem(
        'quorumTooLarge',
        `scenario.${name}`,
        `${name} is ${input[name]}, but there are ${replicationFactor} copies. Give 1 to ${replicationFactor}.`,
      ),
    );
  }
  const reads = input.readsPerSecond * input.peakFactor * loadFactor;
  const writes = input.writesPerSecond * input.peakFactor * loadFactor;
  const years = input.planMonths / 12;
  const disk = input.datasetBytes * (1 + input.growthPerYear) ** years * replicationFactor;
  return {
    lambda: () => reads * readQuorum + writes * replicationFactor,
    because: `${short(reads)} reads/s ask ${copiesText(readQuorum)} each, ${short(writes)} writes/s all ${replicationFactor}`,
    hotShare: 0,
    constraints: (type, { imbalanceAt }) => [
      storage('disk', disk, type.diskBytes * input.diskShare, imbalanceAt),
      replicas(replicationFactor),
    ],
    explain: (report, pool) => {
      report.add('database.disk', disk, 'B', {
        model: 'database',
        because: `${bytes(input.datasetBytes)}, growing ${percent(input.growthPerYear)} a year for ${short(input.planMonths)} months, ${copiesText(replicationFactor)}`,
      });
      if (readQuorum + writeQuorum <= replicationFactor) {
        report.note(
          'staleReads',
          `A read of ${readQuorum} and a write of ${writeQuorum} out of ${copiesText(replicationFactor)} may not meet: reads can be stale.`,
        );
      }
      for (const [name, quorum] of [
        ['read', readQuorum],
        ['write', writeQuorum],
      ] as const) {
        const down = atLeast(
          binomial(replicationFactor, serverDown),
          replicationFactor - quorum + 1,
        );
        report.add(`database.${name}.outage`, down * MINUTES_A_YEAR * 60, 's', {
          model: 'quorum',
          because: `time in which fewer than ${quorum} of ${copiesText(replicationFactor)} of a shard are up, each down ${percent(serverDown)} of the time`,
        });
      }
      if (pool !== undefined) latencies(input, reads, writes, pool, report);
      return [];
    },
    zooKeeper: (servers) => {
      const shards = Math.ceil((servers * input.shardsPerServer) / replicationFactor);
      return {
        ...NO_LOAD,
        znodes: [{ count: shards, pathBytes: 40, nameBytes: 10, dataBytes: 120, ephemeral: true }],
        watchedPaths: shards,
        watches: shards * replicationFactor,
        pathBytes: 40,
        dataBytes: 120,
        mostChildren: shards,
        childNameBytes: 10,
      };
    },
  };
}

/**
 * At the fullest server and with the failures planned for: a read waits for all that it asks, the
 * nearest of the copies, which is what the load counts; a write goes to all copies and waits for
 * the quorum-th fastest.
 */
function latencies(
  input: InputOf<'database'>,
  reads: number,
  writes: number,
  pool: Choice,
  report: Report,
): void {
  const { replicationFactor, readQuorum, writeQuorum, replicaRoundTripsMs: trips } = input;
  const { hottest } = poolState(pool.load, pool.size.survivors);
  const own = responseDistribution(pool.type, hottest, pool.load.spread.queues);
  const nearestFirst = Array.from({ length: replicationFactor }, (_, i) => trips[i] ?? 0)
    .sort((a, b) => a - b)
    .map((trip) => delayed(own, trip / 1000));
  let busy = 0;
  for (const [name, asked, quorum, rate, waitsFor] of [
    ['read', readQuorum, readQuorum, reads, readText(readQuorum)],
    ['write', replicationFactor, writeQuorum, writes, writeText(writeQuorum, replicationFactor)],
  ] as const) {
    const answer = kthFastest(nearestFirst.slice(0, asked), quorum);
    busy += rate * quantile(answer, 0.5);
    for (const [label, p] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      report.add(`database.${name}.${label}`, quantile(answer, p), 's', {
        model: 'quorum',
        accuracy: about(20),
        because: `${waitsFor}, each at the fullest server's ${short(hottest)} requests/s and behind its round trip; copies taken as independent`,
      });
    }
  }
  report.add('database.connectionsInUse', busy, '1', {
    model: 'little',
    accuracy: about(30),
    because: 'requests under way at once: rate times median response (Little)',
  });
  if (input.connections > 0) {
    const enough = wholeUp(2 * busy);
    report.atLeast(
      'database.connections',
      input.connections,
      '1',
      enough,
      `Give clients at least ${enough} connections, twice those in use.`,
      { input: 'scenario.connections', value: enough },
    );
  }
}

const readText = (asked: number): string =>
  asked === 1
    ? 'the nearest copy, the one that a read asks'
    : `the slowest of the ${asked} nearest copies, which are all that a read asks`;

const writeText = (quorum: number, copies: number): string =>
  copies === 1
    ? 'the one copy that a write goes to'
    : `the ${ordinal(quorum)} fastest of the ${copies} copies that a write goes to`;

const ordinal = (rank: number): string => ['1st', '2nd', '3rd'][rank - 1] ?? `${rank}th`;
