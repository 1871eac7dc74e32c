import { DISKS, HARDWARE } from '../ensemble/presets';
import { MOST_VOTERS } from '../ensemble/quorum';
import { DEFAULT_MAX_BUFFER } from '../ensemble/limits';
import { presets } from '../../placement/presets';
import { choice, flag, group, list, real, share, type ValueOf, whole } from './fields';
import { SCENARIOS } from './scenarioFields';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

const instanceType = group('A kind of server that the pool may be built of.', {
  name: { kind: 'text', help: 'Its name, for the report.' },
  requestsPerSecond: real('Requests per second that one slot serves when busy (μ = 1/E[S]).', {
    least: 1e-6,
    most: 1e9,
  }),
  slots: whole('Requests served at once, such as cores.', { least: 1, most: 1024, default: 1 }),
  serviceVariation: real(
    'Variance over squared mean of the service time: 0 constant, 1 exponential.',
    { most: 1000, default: 1 },
  ),
  memoryBytes: real('Memory for the service.', { default: 8 * GIB }),
  diskBytes: real('Disk for the service.', { default: 100 * GIB }),
  pricePerMonth: real('Price in USD a month; 0 when unknown.', { most: 1e9, default: 0 }),
});

const pool = group('The servers behind ZooKeeper that carry the scenario.', {
  preset: choice(
    'How requests find their server: a placement preset or a policy (zkw presets).',
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
  percentile: real('The share of responses that the goal is for.', {
    least: 0.5,
    most: 0.9999,
    default: 0.99,
  }),
  responseGoalMs: real('That share answers within this time.', { least: 1e-6, default: 20 }),
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
  clients: whole('Client processes with a session that watch the list of members.', {
    most: 1e7,
    default: 100,
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

const otherLoad = group('What else the ensemble carries.', {
  sessions: whole('Sessions.', { most: 1e7, default: 0 }),
  readsPerSecond: real('Reads per second.', { most: 1e9, default: 0 }),
  writesPerSecond: real('Writes per second.', { most: 1e7, default: 0 }),
  znodes: whole('Znodes.', { most: 1e10, default: 0 }),
  pathBytes: whole('Mean length of their paths.', { least: 1, most: 100_000, default: 40 }),
  nameBytes: whole('Mean length of their names.', { least: 1, most: 10_000, default: 12 }),
  dataBytes: whole('Mean data of a znode.', { most: 1e8, default: 100 }),
  watchedPaths: whole('Paths with watches.', { most: 1e9, default: 0 }),
  watches: whole('Watches in all.', { most: 1e10, default: 0 }),
  mostChildren: whole('Children of the fullest parent.', { most: 1e9, default: 0 }),
});

const ensemble = group('The ZooKeeper ensemble and its hardware.', {
  voters: whole('Servers that vote; 0: the fewest that reach the goal.', {
    most: MOST_VOTERS,
    default: 0,
  }),
  zones: whole('Zones that the voters can be spread over.', { least: 1, most: 7, default: 3 }),
  survivesZoneLoss: flag('Whether the quorum outlives the loss of any one zone.', true),
  outageGoalMinutesPerYear: real('Minutes a year without a quorum, at most.', {
    least: 1e-6,
    most: 525_960,
    default: 10,
  }),
  serverMtbfHours: real('Mean time between failures of a server.', {
    least: 0.01,
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
    'Device of the transaction log.',
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
  memoryBytes: real('Memory of a server.', { least: GIB / 2, default: 8 * GIB }),
  networkBytesPerSecond: real('Bandwidth of a server.', { least: 1, default: 125_000_000 }),
  diskBytesPerSecond: real('Bandwidth of its disks.', { least: 1, default: 200_000_000 }),
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
  maxBufferBytes: whole('jute.maxbuffer.', {
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
  preAllocBytes: whole('preAllocSize of the log files.', {
    least: 1024,
    most: 2 ** 40,
    default: 64 * MIB,
  }),
  snapshotsKept: whole('autopurge.snapRetainCount.', { least: 3, most: 10_000, default: 3 }),
  purgeIntervalHours: whole('autopurge.purgeInterval.', { least: 1, most: 10_000, default: 1 }),
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
  heapFactor: real('-Xmx over what is live.', { least: 1.1, most: 4, default: 1.75 }),
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
