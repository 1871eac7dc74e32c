import type { Problem } from '../../../placement/types';
import { count, number } from '../../queueing/models/keys';
import { type Model, resultsOf, type Values } from '../../queueing/models/model';
import { EXACT, type Result, type Unit } from '../../result';
import { disk } from '../disk';
import { logRecordBytes, OPEN_ACL_BYTES, snapshotBytes } from '../files';
import { heap, smallerWatchManager } from '../heap';
import { DEFAULT_MAX_BUFFER, limitChecks } from '../limits';
import { network } from '../network';
import { timeouts } from '../timeouts';
import { approximateDataSize, type ZnodeGroup } from '../znodes';
import {
  bytes,
  data,
  leaderServes,
  observers,
  path,
  reads,
  seconds,
  share,
  voters,
  within,
  writes,
  znodes,
} from './keys';

function groupsOf(v: Values): ZnodeGroup[] {
  const total = v.number('znodes');
  const parents = Math.round(total * v.number('parents'));
  const lengths = { pathBytes: v.number('path'), nameBytes: v.number('name') };
  return [
    { ...lengths, count: total - parents, dataBytes: v.number('data') },
    { ...lengths, count: parents, dataBytes: v.number('data'), hasChildren: true },
  ];
}

function memory(v: Values): Result[] | Problem[] {
  const groups = groupsOf(v);
  const [watchedPaths, watchersPerPath] = [v.number('watchedPaths'), v.number('watchers')];
  const record = createBytes(v);
  const parts = heap(
    {
      znodes: groups,
      watchedPaths,
      watchersPerPath,
      watchManager: smallerWatchManager(watchedPaths, watchersPerPath),
      connections: v.number('connections'),
      requestsInFlight: v.number('inFlight'),
      requestBytes: record,
      requestRate: v.number('requests'),
      commitLogCount: v.number('commitLogCount'),
      transactionBytes: record,
    },
    v.number('headroom'),
  );
  const named = ['znodes', 'watches', 'connections', 'requests', 'live', 'maximum'] as const;
  return resultsOf('heap', parts, (results, found) => {
    for (const name of named) results.add(name, found[name], 'B', within(0.06));
    results.add('approximateDataSize', approximateDataSize(groups), 'B');
  });
}

const createBytes = (v: Values): number =>
  logRecordBytes({ type: 'create', pathBytes: v.number('path'), dataBytes: v.number('data') });

function files(v: Values): Result[] | Problem[] {
  const snapshot = snapshotBytes({
    znodes: [
      { count: v.number('znodes'), pathBytes: v.number('path'), dataBytes: v.number('data') },
    ],
    sessions: v.number('sessions'),
    acls: [OPEN_ACL_BYTES],
  });
  const recordBytes = createBytes(v);
  const size = disk({
    rate: v.number('writes'),
    recordBytes,
    snapshotBytes: snapshot,
    snapCount: v.number('snapCount'),
    preAllocSize: v.number('preAllocSize'),
    retainCount: v.number('retain'),
    purgeIntervalHours: v.number('purgeInterval'),
  });
  return resultsOf('disk', size, (results) =>
    results
      .add('snapshot', snapshot, 'B')
      .add('record', recordBytes, 'B')
      .add('logRate', size.logBytesPerSecond, 'B/s')
      .add('logFile', size.logFileBytes, 'B')
      .add('rolls', size.rollsPerHour, '1/h')
      .add('logsADay', size.logBytesPerDay, 'B')
      .add('snapshotsADay', size.snapshotBytesPerDay, 'B')
      .add('needed', size.neededBytes, 'B', within(0.3)),
  );
}

function traffic(v: Values): Result[] | Problem[] {
  const shape = {
    voters: v.number('voters'),
    observers: v.number('observers'),
    leaderServes: v.number('leaderServes') === 1,
  };
  const found = network({
    ...shape,
    writeRate: v.number('writes'),
    readRate: v.number('reads'),
    pathBytes: v.number('path'),
    dataBytes: v.number('data'),
  });
  const named: readonly [keyof typeof found, Unit][] = [
    ['leaderOut', 'B/s'],
    ['followerIn', 'B/s'],
    ['readsPerServerOut', 'B/s'],
    ['clientsIn', 'B/s'],
    ['receivedPerWrite', 'B'],
  ];
  return resultsOf('network', found, (results) => {
    for (const [name, unit] of named) results.add(name, found[name], unit, within(0.15));
  });
}

function limits(v: Values): Result[] | Problem[] {
  const checks = limitChecks({
    voters: v.number('voters'),
    maxBuffer: v.number('maxBuffer'),
    mostChildren: v.number('children'),
    childNameBytes: v.number('name'),
    largestDataBytes: v.number('largest'),
    connectionsPerAddress: v.number('perAddress'),
    maxClientCnxns: v.number('maxClientCnxns'),
    connectionsPerServer: v.number('connections'),
    maxCnxns: v.number('maxCnxns'),
    openFiles: v.number('openFiles'),
    ratePerServer: v.number('requests'),
    response: v.number('response'),
    globalOutstandingLimit: v.number('globalOutstandingLimit'),
  });
  return resultsOf('limits', checks, (results) => {
    for (const { id, used, limit, fits, unit } of checks) {
      results.add(`${id}.used`, used, unit).add(`${id}.limit`, limit, unit);
      results.add(`${id}.fits`, Number(fits), '1');
    }
  });
}

function times(v: Values): Result[] | Problem[] {
  const ms = (name: string): number => v.number(name) * 1000;
  const found = timeouts({
    sessionMs: ms('session'),
    roundTripMs: ms('roundTrip'),
    clientRoundTripMs: ms('clientRoundTrip'),
    fsyncMs: ms('fsync'),
    gcPauseMs: ms('pause'),
    latencyMs: ms('latency'),
    snapshotBytes: v.number('snapshot'),
    znodes: v.number('znodes'),
    networkBandwidth: v.number('network'),
    diskBandwidth: v.number('disk'),
    replayed: v.number('replayed'),
    writeRate: v.number('writes'),
    restartSeconds: v.number('restart'),
    sessions: v.number('sessions'),
  });
  return resultsOf('timeouts', found, (results, t) =>
    results
      .add('tickTime', t.tickTime / 1000, 's')
      .add('initLimit', t.initLimit, '1', t.initLimit === 10 ? EXACT : within(0.5))
      .add('syncLimit', t.syncLimit, '1')
      .add('connectToLearnerMasterLimit', t.connectToLearnerMasterLimit, '1')
      .add('minSessionTimeout', t.minSessionTimeout / 1000, 's')
      .add('maxSessionTimeout', t.maxSessionTimeout / 1000, 's')
      .add('neededSession', t.neededSessionMs / 1000, 's')
      .add('commitLogCount', t.commitLogCount, '1')
      .add('followerStart', t.followerStartMs / 1000, 's', within(0.5))
      .add('pings', t.pingsPerSecond, '1/s'),
  );
}

const many = { whole: true, maximum: 1e9, default: 0 };
const name = bytes('name', 'mean length of the last part of a path', { maximum: 1e5, default: 10 });
const connections = number('connections', 'connections of a server', '1', many);
const requests = number('requests', 'requests per second of a server', '1/s', { default: 0 });
const sessions = number('sessions', 'open sessions', '1', many);
const snapCount = count('snapCount', 'transactions between snapshots', 1e9, { default: 100_000 });
const bandwidth = { minimum: 1, default: 100e6 };

/** How much an ensemble needs, and what it can hit. */
export const SIZING: readonly Model[] = [
  {
    name: 'heap',
    help: 'Java heap of one server',
    page: 'capacity/heap.md',
    keys: [
      znodes,
      path,
      name,
      data,
      share('parents', 'share of the znodes that have children', { default: 0.01 }),
      number('watchedPaths', 'paths with watches', '1', many),
      number('watchers', 'watching sessions of each', '1', { ...many, default: 1 }),
      connections,
      requests,
      number('inFlight', 'requests in process at once', '1', { ...many, default: 1000 }),
      number('commitLogCount', 'committed transactions kept in memory', '1', {
        ...many,
        default: 500,
      }),
      number('headroom', 'heap over live bytes', '1', { minimum: 1, maximum: 10, default: 2 }),
    ],
    compute: memory,
  },
  {
    name: 'disk',
    help: 'Transaction logs and snapshots of one server',
    page: 'capacity/disk.md',
    keys: [
      writes,
      znodes,
      path,
      data,
      sessions,
      snapCount,
      bytes('preAllocSize', 'growth of a log file', { minimum: 1024, default: 64 * 2 ** 20 }),
      count('retain', 'snapshots that a purge keeps', 1e6, { default: 3 }),
      number('purgeInterval', 'hours between purges, 0 for never', 'h', { default: 0 }),
    ],
    compute: files,
  },
  {
    name: 'network',
    help: 'Bytes per second that servers send and receive',
    page: 'capacity/network.md',
    keys: [voters, observers, leaderServes, writes, reads, path, data],
    compute: traffic,
  },
  {
    name: 'limits',
    help: 'Limits of ZooKeeper that a workload can hit',
    page: 'capacity/limits.md',
    keys: [
      voters,
      number('children', 'children of the largest parent', '1', many),
      name,
      bytes('largest', 'data of the largest znode', { default: 0 }),
      bytes('maxBuffer', 'jute.maxbuffer', { default: DEFAULT_MAX_BUFFER }),
      number('perAddress', 'connections from one address', '1', many),
      number('maxClientCnxns', 'most of these, 0 for no limit', '1', { ...many, default: 60 }),
      connections,
      number('maxCnxns', 'most connections of a server, 0 for no limit', '1', many),
      number('openFiles', 'LimitNOFILE', '1', { ...many, default: 1024 }),
      requests,
      seconds('response', 'mean response', { default: 0.005 }),
      number('globalOutstandingLimit', 'requests in process', '1', { ...many, default: 1000 }),
    ],
    compute: limits,
  },
  {
    name: 'timeouts',
    help: 'tickTime, initLimit, syncLimit, session timeouts from the workload',
    page: 'capacity/timeouts.md',
    keys: [
      seconds('session', 'shortest session timeout', { minimum: 1e-3, default: 30 }),
      seconds('roundTrip', 'slowest round trip between servers', { default: 0.002 }),
      seconds('clientRoundTrip', 'slowest round trip to a client', { default: 0.002 }),
      seconds('fsync', 'slowest fsync', { default: 0.1 }),
      seconds('pause', 'longest pause of garbage collection', { default: 0.5 }),
      seconds('latency', 'slowest reply', { default: 0.1 }),
      bytes('snapshot', 'bytes of a snapshot', { default: 0 }),
      { ...znodes, default: 0 },
      number('network', 'bandwidth between servers', 'B/s', bandwidth),
      number('disk', 'bandwidth of the disk', 'B/s', bandwidth),
      number('replayed', 'transactions that a start replays', '1', { ...many, default: 100_000 }),
      { ...writes, default: 0 },
      seconds('restart', 'how long a restart takes', { default: 30 }),
      sessions,
    ],
    compute: times,
  },
];
