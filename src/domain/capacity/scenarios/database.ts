import { atLeast, binomial } from '../ensemble/binomial';
import { delayed, kthFastest, quantile } from '../ensemble/orderStatistic';
import { MINUTES_A_YEAR } from '../ensemble/availability';
import { multiServer } from '../queueing/multiServer';
import type { Problem } from '../../placement/types';
import type { InputOf } from '../plan/inputFields';
import { about, bytes, percent, type Report, short } from '../plan/report';
import type { Choice } from '../pool/instances';
import { poolState } from '../pool/sizing';
import { problem } from '../result';
import { type Demand, storage } from './demand';
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
    because: `${short(reads)} reads/s ask ${readQuorum} copies, ${short(writes)} writes/s all ${replicationFactor}`,
    hotShare: 0,
    constraints: (type, { imbalanceAt }) => [
      storage('disk', disk, type.diskBytes * input.diskShare, imbalanceAt),
      {
        id: 'replicas',
        fits: (servers) => servers >= replicationFactor,
        because: () => `${replicationFactor} copies lie on as many servers`,
        remedy: 'Use fewer copies.',
      },
    ],
    explain: (report, pool) => {
      report.add('database.disk', disk, 'B', {
        model: 'database',
        because: `${bytes(input.datasetBytes)}, growing ${percent(input.growthPerYear)} a year for ${short(input.planMonths)} months, ${replicationFactor} copies`,
      });
      if (readQuorum + writeQuorum <= replicationFactor) {
        report.note(
          'staleReads',
          `A read of ${readQuorum} and a write of ${writeQuorum} out of ${replicationFactor} copies may not meet: reads can be stale.`,
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
          because: `seconds a year in which fewer than ${quorum} of ${replicationFactor} copies of a shard are up, each down ${percent(serverDown)} of the time`,
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

/** The quorum-th fastest of the copies, at the fullest server and with the failures planned for. */
function latencies(
  input: InputOf<'database'>,
  reads: number,
  writes: number,
  pool: Choice,
  report: Report,
): void {
  const { replicationFactor, replicaRoundTripsMs: trips } = input;
  const { hottest } = poolState(pool.load, pool.size.survivors);
  const { mu, slots } = pool.type;
  const station = multiServer({ lambda: hottest, mu, servers: slots });
  if (Array.isArray(station)) return;
  const copies = Array.from({ length: replicationFactor }, (_, i) =>
    delayed((t) => 1 - station.responseTail(t), (trips[i] ?? 0) / 1000),
  );
  let busy = 0;
  for (const [name, quorum, rate] of [
    ['read', input.readQuorum, reads],
    ['write', input.writeQuorum, writes],
  ] as const) {
    const answer = kthFastest(copies, quorum);
    busy += rate * quantile(answer, 0.5);
    for (const [label, p] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      report.add(`database.${name}.${label}`, quantile(answer, p), 's', {
        model: 'quorum',
        accuracy: about(20),
        because: `the ${quorum}. fastest of ${replicationFactor} copies, each at the fullest server's ${short(hottest)} requests/s and behind its round trip; copies taken as independent`,
      });
    }
  }
  report.add('database.connectionsInUse', busy, '1', {
    model: 'little',
    accuracy: about(30),
    because: 'requests under way at once: rate × median response (Little)',
  });
  if (input.connections > 0) {
    report.atLeast(
      'database.connections',
      input.connections,
      '1',
      2 * busy,
      'Give clients twice the connections in use.',
    );
  }
}
