import { maxChildren } from '../ensemble/limits';
import { neededRoundTrip } from '../ensemble/writeLatency';
import { closedBounds } from '../queueing/bounds';
import { exactClosed, schweitzerClosed } from '../queueing/mva';
import type { EnsembleInput, InputOf } from '../plan/inputFields';
import { about, percent, type Report, short } from '../plan/report';
import type { Choice } from '../pool/instances';
import { hotShareOfServer, hottestShare } from '../pool/sizing';
import { EXACT, isProblems, problem } from '../result';
import type { Problem } from '../../placement/types';
import { copiesText, type Demand, EVENLY, replicas, storage } from './demand';
import { NO_LOAD, type ZooKeeperLoad } from './load';

type Metadata = InputOf<'metadata'>;

/** Metadata of a file system: in replicated shards, or as znodes of the ensemble itself. */
export function metadataDemand(
  input: Metadata,
  ensemble: EnsembleInput,
  watchingClients: number,
  loadFactor: number,
): Demand | Problem[] {
  const shares = [
    input.statShare,
    input.openShare,
    input.createShare,
    input.renameShare,
    input.listShare,
  ];
  const sum = shares.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) > 1e-6) {
    const message = `The shares of the operations add up to ${short(sum)}; they must add up to 1.`;
    return [problem('shares', 'scenario.statShare', message)];
  }
  const clients = Math.max(1, Math.round(input.busyClients * loadFactor));
  const writeShare = input.createShare + input.renameShare;
  const work = 1 + writeShare * (input.replicas - 1);
  const entries = input.files + input.directories;
  const memory = entries * input.entryBytes * input.replicas;
  const asked = (service: number): number => clients / (input.thinkMs / 1000 + service);
  return {
    lambda: input.inZooKeeper ? undefined : ({ mu }) => asked(1 / mu) * work,
    because: `${clients} clients with ${short(input.thinkMs)} ms between operations ask at most that often; a change (${percent(writeShare)}) works on ${copiesText(input.replicas)}`,
    hotShare: 0,
    constraints: (type) => [
      storage('memory', memory, type.memoryBytes, EVENLY),
      replicas(input.replicas),
    ],
    explain: (report, pool) => {
      if (input.inZooKeeper) {
        const most = maxChildren(input.nameBytes, ensemble.maxBufferBytes, true);
        report.atMost(
          'metadata.largestDirectory',
          input.largestDirectory,
          '1',
          most,
          'Split the directory: its listing does not fit into one reply of ZooKeeper.',
        );
        return [];
      }
      return pool === undefined ? [] : closedLoad(input, clients, work, pool, report);
    },
    zooKeeper: () =>
      metadataLoad(input, {
        clients,
        watchingClients,
        rate: asked(ensemble.clientRoundTripMs / 1000),
        locks: input.locksPerSecond * loadFactor,
      }),
  };
}

/** Above this much work the exact solution would not be instant. */
const EXACT_STEPS = 500_000;

/** What clients get that wait for each answer: mean values of the closed network. */
function closedLoad(
  input: Metadata,
  clients: number,
  work: number,
  pool: Choice,
  report: Report,
): Problem[] {
  const { mu, slots } = pool.type;
  const servers = pool.size.survivors;
  const hot = hottestShare(
    servers,
    pool.load.spread.imbalanceAt(servers),
    hotShareOfServer(pool.load, servers),
  );
  const others = servers > 1 ? (1 - hot) / (servers - 1) : 0;
  // Seidmann's form of several slots: one fast server, and the rest of the time without a queue.
  const parts = Array.from({ length: Math.min(servers, 1000) }, (_, i) => ({
    demand: ((i === 0 ? hot : others) * work) / mu / slots,
  }));
  const network = {
    customers: clients,
    think: input.thinkMs / 1000 + (work / mu) * (1 - 1 / slots),
    resources: parts,
  };
  const isExact = slots === 1 && clients * parts.length <= EXACT_STEPS;
  const solved = isExact ? exactClosed(network) : schweitzerClosed(network);
  const bounds = closedBounds(network);
  if (isProblems(solved)) return solved;
  if (isProblems(bounds)) return bounds;
  const accuracy = isExact ? EXACT : about(5);
  const service = (work / mu) * (1 - 1 / slots);
  const write =
    input.writeMs / 1000 +
    neededRoundTrip(new Array<number>(input.replicas - 1).fill(input.replicaRoundTripMs)) / 1000;
  report
    .add('metadata.operationsPerSecond', solved.throughput, '1/s', {
      model: 'mva',
      accuracy,
      because: `${clients} clients that wait for each answer, ${servers} servers left after failures; a closed population, so no M/M/1`,
    })
    .add('metadata.response', solved.response + service, 's', {
      model: 'mva',
      accuracy,
      because: 'mean time of an operation at the servers',
    })
    .add('metadata.changeResponse', solved.response + service + write, 's', {
      model: 'quorum',
      accuracy: about(20),
      because: `a create or rename also waits for a majority of ${copiesText(input.replicas)} to store it`,
    })
    .add('metadata.clientsSupported', bounds.knee, '1', {
      model: 'bounds',
      because: 'from this number of clients on the fullest server limits: (D + Z)/D_max',
    });
  return [];
}

const LOCK_WRITES = 2;

/** The znodes and operations that land on ZooKeeper; sessions beyond those that watch members. */
function metadataLoad(
  input: Metadata,
  use: { clients: number; watchingClients: number; rate: number; locks: number },
): ZooKeeperLoad {
  const { files, directories, pathBytes, nameBytes, leaseSeconds } = input;
  const leases = leaseSeconds > 0 ? use.clients : 0;
  const own = input.inZooKeeper ? use.rate : 0;
  const writeShare = input.createShare + input.renameShare;
  const tree = input.inZooKeeper
    ? [
        { count: directories, pathBytes, nameBytes, dataBytes: 60, hasChildren: true },
        { count: files, pathBytes, nameBytes, dataBytes: 60 },
      ]
    : [];
  const lease = { count: leases, pathBytes: 50, nameBytes: 20, dataBytes: 20, ephemeral: true };
  const renewals = leases > 0 ? leases / leaseSeconds : 0;
  return {
    ...NO_LOAD,
    sessions: input.inZooKeeper ? use.clients : Math.max(0, leases - use.watchingClients),
    znodes: [...tree, ...(leases > 0 ? [lease] : [])],
    reads: own * (1 - writeShare),
    writes: own * writeShare + renewals + LOCK_WRITES * use.locks,
    pathBytes,
    dataBytes: 60,
    mostChildren: input.inZooKeeper ? input.largestDirectory : leases,
    childNameBytes: input.inZooKeeper ? nameBytes : 20,
  };
}
