import { DEFAULT_MAX_BUFFER } from '../ensemble/limits';
import { DISKS, HARDWARE } from '../ensemble/presets';
import { MOST_VOTERS } from '../ensemble/quorum';
import { choice, flag, group, real, share, whole } from './fields';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** Slower disks and networks (1 MB/s, 1 Mbit/s) carry no ensemble. */
const LEAST_DISK_RATE = 1e6;
const LEAST_NETWORK_RATE = 125_000;
/** Faster ones (1 TB/s) do not exist. */
const MOST_RATE = 1e12;

export const ensemble = group('The ZooKeeper ensemble and its hardware.', {
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
