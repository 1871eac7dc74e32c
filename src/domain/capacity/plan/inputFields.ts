import { DISKS, HARDWARE } from '../ensemble/presets';
import { MOST_VOTERS } from '../ensemble/quorum';
import { DEFAULT_MAX_BUFFER } from '../ensemble/limits';
import { presets } from '../../placement/presets';
import { choice, flag, group, list, real, share, type ValueOf, whole } from './fields';
import { SCENARIO_TITLES, SCENARIOS } from './scenarioFields';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Less memory or disk than this is a number without its unit. */
const LEAST_STORAGE = 16 * MIB;
/** Slower disks and networks (1 MB/s, 1 Mbit/s) carry no ensemble. */
const LEAST_DISK_RATE = 1e6;
const LEAST_NETWORK_RATE = 125_000;
/** Faster ones (1 TB/s) do not exist. */
const MOST_RATE = 1e12;

const instanceType = group('A kind of server that the pool may be built of.', {
  name: { kind: 'text', help: 'Its name, for the report.' },
  requestsPerSecond: real(
    'Requests per second of one busy server; where it has several slots, of one of them.',
    { least: 1e-3, most: 1e9, typical: [1000, 100_000] },
  ),
  slots: whole('Slots: requests that a server works on at the same time, one on each core, say.', {
    ...{ least: 1, most: 1024, default: 1 },
  }),
  serviceVariation: real(
    'Variance over squared mean of the service time: 0 constant, 1 exponential.',
    { most: 1000, default: 1 },
  ),
  memoryBytes: real('Memory that a server has for the service; less means more servers.', {
    ...{ least: LEAST_STORAGE, default: 8 * GIB, typical: [4 * GIB, 256 * GIB] },
  }),
  diskBytes: real('Disk that a server has for the service; less means more servers.', {
    ...{ least: LEAST_STORAGE, default: 100 * GIB, typical: [100e9, 20e12] },
  }),
  pricePerMonth: real('Price in USD a month; 0 when unknown.', { most: 1e9, default: 0 }),
});

const pool = group('The servers behind ZooKeeper that carry the scenario.', {
  preset: choice(
    'How requests find their server, which decides how even the load is.',
    presets.map(({ id }) => id),
    'random',
  ),
  presetOptions: {
    kind: 'options',
    help: 'Options of the preset where they differ from its defaults.',
  },
  serverAddresses: list(
    'Addresses of the servers where they are known: their exact shares are used.',
    { kind: 'text', help: 'host:port' },
  ),
  loadCapFactor: real(
    'No server takes more than this times the mean (HAProxy hash-balance-factor / 100); 0: no cap.',
    { most: 100, default: 0 },
  ),
  hottestKeyShare: share(
    'Share of all requests that goes to one key, if the popularity given does not say more.',
    0,
  ),
  hottestKeyCopies: whole('Servers over which the hottest key is split or replicated.', {
    least: 1,
    most: 10_000,
    default: 1,
  }),
  percentile: real('The share of responses that the response goal is for.', {
    least: 0.5,
    most: 0.9999,
    default: 0.99,
  }),
  responseGoalMs: real(
    'Nearly all responses (99 % unless changed) come within this time, queueing included.',
    { least: 1e-3, most: 1e7, default: 20, typical: [2, 200] },
  ),
  utilisationGoal: real('The fullest server is busy at most this share of its time.', {
    least: 0.01,
    most: 0.99,
    default: 0.7,
  }),
  serverFailures: whole('Servers that may be down while all goals hold.', {
    most: 1000,
    default: 1,
  }),
  zones: whole('Zones that the servers are spread over evenly.', {
    least: 1,
    most: 100,
    default: 1,
  }),
  survivesZoneLoss: flag('Whether all goals hold while one zone is down.', false),
  instanceTypes: list('Kinds of servers; the cheapest pool is taken.', instanceType),
});

const coordination = group('How the servers of the pool and their clients use ZooKeeper.', {
  clients: whole('Client processes that watch the list of servers; each has a session.', {
    ...{ most: 1e7, default: 100, typical: [10, 5000] },
  }),
  parentPathBytes: whole('Length of the path under which members register.', {
    least: 1,
    most: 10_000,
    default: 30,
  }),
  memberNameBytes: whole('Length of the name of a member.', { least: 1, most: 1000, default: 20 }),
  memberDataBytes: whole('Data of a member.', { most: 1e6, default: 100 }),
  restartsPerHour: real('Restarts of members an hour, all together.', { most: 1e6, default: 2 }),
});

const otherLoad = group('What the ensemble carries besides the scenario; without one, all of it.', {
  sessions: whole('Open sessions of clients; each takes a connection, heap and pings.', {
    ...{ most: 1e7, default: 0, typical: [50, 5000] },
  }),
  readsPerSecond: real('Reads per second of all clients; the server asked answers each alone.', {
    ...{ most: 1e9, default: 0, typical: [100, 50_000] },
  }),
  writesPerSecond: real('Writes per second of all clients; a majority must store each on disk.', {
    ...{ most: 1e7, default: 0, typical: [10, 5000] },
  }),
  znodes: whole('Znodes of the whole tree; every server holds all of them in memory.', {
    ...{ most: 1e10, default: 0, typical: [1000, 1e6] },
  }),
  pathBytes: whole('Mean length of the paths of znodes.', {
    ...{ least: 1, most: 100_000, default: 40 },
  }),
  nameBytes: whole('Mean length of the last names of those paths.', {
    ...{ least: 1, most: 10_000, default: 12 },
  }),
  dataBytes: whole('Mean size of the data in a znode; it sets heap, log and snapshots.', {
    ...{ most: 1e8, default: 100, typical: [50, 10_000] },
  }),
  watchedPaths: whole('Different paths that are watched; each takes heap.', {
    ...{ most: 1e9, default: 0 },
  }),
  watches: whole('Watches of all clients; each takes heap, and an event when it fires.', {
    ...{ most: 1e10, default: 0, typical: [100, 100_000] },
  }),
  mostChildren: whole('Children of the fullest parent; their list must fit into one answer.', {
    ...{ most: 1e9, default: 0 },
  }),
});

const ensemble = group('The ZooKeeper ensemble and its hardware.', {
  voters: whole('Servers that vote; 0: the fewest that reach the goal.', {
    most: MOST_VOTERS,
    default: 0,
  }),
  zones: whole('Zones that fail apart, such as racks or data centres, to spread the voters over.', {
    ...{ least: 1, most: 7, default: 3 },
  }),
  survivesZoneLoss: flag('Whether the quorum outlives the loss of any one zone.', true),
  outageGoalMinutesPerYear: real(
    'Time without a quorum in a year that is acceptable; less takes more voters or zones.',
    { least: 0.001, most: 525_960, default: 10, typical: [1, 60] },
  ),
  serverMtbfHours: real('Mean time between failures of a server.', {
    least: 1,
    most: 1e7,
    default: 4000,
  }),
  serverMttrHours: real('Mean time to repair one.', { least: 1e-4, most: 1e5, default: 4 }),
  zoneDownShare: share('Share of the time that a zone is down.', 0.0001),
  commonCauseShare: share('Share of server failures that hit all servers at once.', 0),
  silentFailureShare: share('Share of failures without a TCP reset: host or link lost.', 0.5),
  hardware: choice(
    'Costs of an operation, until they are measured.',
    HARDWARE.map(({ id }) => id),
    'modern',
  ),
  measuredReadsPerServerPerSecond: real(
    'Measured reads of one server at saturation; 0: from the hardware.',
    { most: 1e9, default: 0 },
  ),
  measuredWritesPerSecond: real(
    'Measured writes of three voters at saturation; 0: from the hardware.',
    { most: 1e7, default: 0 },
  ),
  logDevice: choice(
    'Device of the transaction log; how fast it syncs bounds the writes.',
    DISKS.map(({ id }) => id),
    'ssd',
  ),
  fsyncMs: real('Measured mean fsync; 0: from the device.', { most: 10_000, default: 0 }),
  fsyncVariation: real('Variance over squared mean of the fsync.', { most: 1000, default: 0 }),
  dedicatedLogDevice: flag('Whether snapshots and others leave the device of the log alone.', true),
  serverRoundTripMs: real('Round trip between servers.', { most: 60_000, default: 1 }),
  clientRoundTripMs: real('Round trip between a client and its server.', {
    most: 60_000,
    default: 1,
  }),
  gcPauseMs: real('Longest pause of the garbage collector.', { most: 600_000, default: 200 }),
  worstFsyncMs: real('99.9 % of the fsyncs are faster.', { most: 600_000, default: 100 }),
  memoryBytes: real('Memory of a server of the ensemble.', {
    ...{ least: GIB / 2, default: 8 * GIB },
  }),
  networkBytesPerSecond: real('Network bandwidth of a server.', {
    ...{ least: LEAST_NETWORK_RATE, most: MOST_RATE, default: 125_000_000 },
  }),
  diskBytesPerSecond: real('Bandwidth of its disks.', {
    ...{ least: LEAST_DISK_RATE, most: MOST_RATE, default: 200_000_000 },
  }),
  sessionTimeoutMs: real('The shortest session timeout that clients ask for.', {
    least: 1,
    most: 86_400_000,
    default: 10_000,
  }),
  clientsPerAddress: whole('Connections that come from one address, behind NAT for instance.', {
    most: 1e7,
    default: 20,
  }),
  maxClientCnxns: whole('Connections that one address may have to one server; 0: no limit.', {
    most: 1e7,
    default: 60,
  }),
  openFiles: whole('Open files that the system allows a server.', {
    least: 1,
    most: 2 ** 31 - 1,
    default: 65_536,
  }),
  maxBufferBytes: whole('jute.maxbuffer: the largest request or answer.', {
    least: 1024,
    most: 2 ** 31 - 1,
    default: DEFAULT_MAX_BUFFER,
  }),
  globalOutstandingLimit: whole('Requests in process, all servers together.', {
    least: 1,
    most: 2 ** 31 - 1,
    default: 1000,
  }),
  snapCount: whole('Transactions between snapshots, at most.', {
    least: 2,
    most: 2 ** 31 - 1,
    default: 100_000,
  }),
  preAllocBytes: whole('preAllocSize: by how much a log file grows at a time.', {
    least: 1024,
    most: 2 ** 40,
    default: 64 * MIB,
  }),
  snapshotsKept: whole('autopurge.snapRetainCount: snapshots that are kept.', {
    least: 3,
    most: 10_000,
    default: 3,
  }),
  purgeIntervalHours: whole('autopurge.purgeInterval: time between clean-ups.', {
    least: 1,
    most: 10_000,
    default: 1,
  }),
  restartSeconds: real('How long a server that is restarted is away.', {
    most: 86_400,
    default: 60,
  }),
  utilisationGoal: real('Share of its throughput that the ensemble is asked for, at most.', {
    least: 0.01,
    most: 0.99,
    default: 0.5,
  }),
  writeGoalMs: real('Mean time of a write, at most.', { least: 1e-3, most: 1e6, default: 20 }),
  heapFactor: real('Heap (-Xmx) over what is live in it.', { least: 1.1, most: 4, default: 1.75 }),
});

/** The whole input document. */
export const PLAN_FIELD = group(
  'A capacity plan of ZooKeeper Workbench: inputs, and results once computed.',
  {
    title: { kind: 'text', help: 'What is planned.', default: '' },
    scenario: {
      kind: 'variant',
      help: 'What the servers behind ZooKeeper do; leave it out to plan the ensemble alone.',
      variants: SCENARIOS,
      about: SCENARIO_TITLES,
    },
    pool,
    coordination,
    otherLoad,
    ensemble,
  },
);

export type PlanInput = ValueOf<typeof PLAN_FIELD>;
export type PoolInput = PlanInput['pool'];
export type CoordinationInput = PlanInput['coordination'];
export type EnsembleInput = PlanInput['ensemble'];
export type ScenarioInput = NonNullable<PlanInput['scenario']>;
export type InputOf<K extends ScenarioInput['kind']> = Extract<ScenarioInput, { readonly kind: K }>;
