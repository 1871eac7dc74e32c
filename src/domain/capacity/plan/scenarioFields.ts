import { flag, list, real, share, whole } from './fields';

type Typical = readonly [number, number];
const perSecond = (help: string, typical?: Typical) =>
  real(help, { most: 1e9, default: 0, ...(typical && { typical }) });
const needed = (help: string, typical: Typical) => real(help, { least: 1e-3, most: 1e9, typical });

/** Less data than this is a number without its unit. */
const LEAST_DATASET = 1e6;
/** No server is sent single items or messages of more. */
const MOST_ITEM = 1e8;

/** Inputs of a distributed cache, such as memcached behind a client-side ring. */
const cache = {
  getsPerSecond: needed(
    'Reads per second on average, which the servers must answer; peaks come on top.',
    [1000, 500_000],
  ),
  setsPerSecond: perSecond(
    'Writes per second on average; they load the servers as reads do.',
    [100, 50_000],
  ),
  peakFactor: real('Peak over average.', { least: 1, most: 100, default: 2 }),
  items: whole('Different items that clients ask for; times their size, the memory needed.', {
    ...{ least: 1, most: 1e12, typical: [100_000, 100e6] },
  }),
  itemBytes: real('Mean size of an item with its key; times the items, the memory needed.', {
    ...{ least: 1, most: MOST_ITEM, typical: [100, 10_000] },
  }),
  itemOverheadBytes: real('Bytes that the cache adds to an item.', { most: 10_000, default: 60 }),
  zipfExponent: real('Popularity of rank i goes as i^−s; 0: all alike.', { most: 3, default: 0.9 }),
  hitRatioGoal: real(
    'Share of the reads that the cache answers; the rest goes to the store behind it.',
    { most: 0.999, default: 0.9, typical: [0.8, 0.99] },
  ),
  memoryShare: real('Share of the memory that holds items.', {
    least: 0.01,
    most: 1,
    default: 0.8,
  }),
  backingStorePerSecond: perSecond('Reads per second that the store behind can take; 0: no limit.'),
} as const;

/** Inputs of file-system metadata in shards with replicas. */
const metadata = {
  files: whole('Files; each takes memory in every copy.', {
    ...{ least: 1, most: 1e12, typical: [100_000, 1e9] },
  }),
  directories: whole('Directories; each takes memory in every copy.', {
    ...{ least: 1, most: 1e12, typical: [1000, 100e6] },
  }),
  pathBytes: whole('Mean length of a path.', { least: 1, most: 10_000, default: 60 }),
  nameBytes: whole('Mean length of a name.', { least: 1, most: 1000, default: 20 }),
  entryBytes: whole('Memory of one entry in a shard.', { least: 1, most: 1e6, default: 400 }),
  largestDirectory: whole('Entries of the largest directory.', { most: 1e12, default: 10_000 }),
  statShare: share('Operations that stat.', 0.6),
  openShare: share('Operations that open.', 0.25),
  createShare: share('Operations that create.', 0.08),
  renameShare: share('Operations that rename.', 0.02),
  listShare: share('Operations that list a directory.', 0.05),
  busyClients: whole(
    'Clients that work at once, one operation after another; they make the load.',
    { least: 1, most: 100_000, typical: [10, 2000] },
  ),
  thinkMs: real('Mean pause of a client before its next operation; shorter means more load.', {
    ...{ most: 1e7, default: 10, typical: [1, 1000] },
  }),
  replicas: whole('Copies of each shard; a majority stores a change.', {
    least: 1,
    most: 9,
    default: 3,
  }),
  replicaRoundTripMs: real('Round trip between copies.', { most: 60_000, default: 1 }),
  writeMs: real('Mean time of a copy to store a change.', { most: 60_000, default: 1 }),
  leaseSeconds: real(
    'Term of the leases that clients renew by writes to ZooKeeper; 0: no leases there.',
    { most: 1e6, default: 0, typical: [10, 600] },
  ),
  locksPerSecond: perSecond('Locks taken in ZooKeeper per second.'),
  inZooKeeper: flag(
    'Are the metadata znodes of the ensemble itself, without servers of their own?',
    false,
  ),
} as const;

/** Inputs of a message queue with partitions. */
const queue = {
  messagesPerSecond: needed(
    'Messages per second on average, which brokers and consumers must keep up with.',
    [100, 500_000],
  ),
  messageBytes: real('Mean size of a message; it sets disk and network.', {
    ...{ least: 1, most: MOST_ITEM, typical: [100, 100_000] },
  }),
  burstFactor: real('Burst over average.', { least: 1, most: 100, default: 2 }),
  topics: whole('Topics.', { least: 1, most: 1e6, default: 1 }),
  partitions: whole('Partitions of all topics; a group has at most as many consumers.', {
    ...{ least: 1, most: 1e6, typical: [10, 5000] },
  }),
  replicationFactor: whole('Copies of each partition; each takes disk and network.', {
    ...{ least: 1, most: 9, default: 3, typical: [2, 3] },
  }),
  retentionHours: real('How long messages are kept; it sets the disk.', {
    ...{ most: 1e6, default: 72, typical: [24, 7 * 24] },
  }),
  diskShare: real('Share of the disk that may be full.', { least: 0.01, most: 1, default: 0.7 }),
  consumerGroups: whole('Groups that each read all messages.', { most: 10_000, default: 1 }),
  processingMs: real('Mean time that a consumer works on a message; it sets their number.', {
    ...{ least: 1e-3, most: 1e7, typical: [0.5, 100] },
  }),
  processingVariation: real('Variance over squared mean of that time.', { most: 1000, default: 1 }),
  consumerUtilisationGoal: real('Consumers are busy at most this share of their time.', {
    least: 0.01,
    most: 0.99,
    default: 0.8,
  }),
  lagGoalMs: real('99 of 100 messages wait at most this long for a consumer.', {
    least: 1e-3,
    most: 1e9,
    default: 1000,
  }),
  outageSeconds: real('Outage of the consumers to absorb.', { most: 1e7, default: 600 }),
  drainGoalSeconds: real('The backlog of that outage is gone after this time.', {
    least: 1,
    most: 1e8,
    default: 3600,
  }),
  offsetsInZooKeeper: flag('Whether consumers commit their offsets to ZooKeeper.', false),
  offsetCommitSeconds: real('Time between commits of the offset of a partition.', {
    least: 0.001,
    most: 1e6,
    default: 5,
  }),
} as const;

/** Inputs of a sharded, replicated database. */
const database = {
  readsPerSecond: needed(
    'Reads per second on average, which the servers must answer; peaks come on top.',
    [100, 200_000],
  ),
  writesPerSecond: perSecond(
    'Writes per second on average; each goes to every copy.',
    [10, 50_000],
  ),
  peakFactor: real('Peak over average.', { least: 1, most: 100, default: 2 }),
  replicationFactor: whole('Copies of each shard; each takes disk and all writes.', {
    ...{ least: 1, most: 9, default: 3, typical: [2, 3] },
  }),
  readQuorum: whole('Copies that a read asks for.', { least: 1, most: 9, default: 2 }),
  writeQuorum: whole('Copies that a write waits for.', { least: 1, most: 9, default: 2 }),
  replicaRoundTripsMs: list(
    'Round trips from the coordinator to each copy; missing ones are 0.',
    real('ms', { most: 60_000 }),
  ),
  datasetBytes: real('Size of all data without copies; it sets the disks.', {
    ...{ least: LEAST_DATASET, typical: [10e9, 100e12] },
  }),
  growthPerYear: real('Growth of the data in a year, which the disks must have room for.', {
    ...{ most: 100, default: 0.5, typical: [0.1, 1] },
  }),
  planMonths: real('Months that the disks have to last.', { most: 240, default: 12 }),
  diskShare: real('Share of the disk that may be full.', { least: 0.01, most: 1, default: 0.6 }),
  shardsPerServer: whole('Shards that a server leads or follows.', {
    least: 1,
    most: 10_000,
    default: 10,
  }),
  connections: whole('Connections of all client pools; 0: enough.', { most: 1e6, default: 0 }),
} as const;

/** What each scenario is, in a few words. */
export const SCENARIO_TITLES = {
  cache: 'Distributed cache, such as memcached behind a client-side ring',
  metadata: 'Metadata of a file system, in shards with replicas',
  queue: 'Message queue with partitions',
  database: 'Sharded, replicated database',
} as const;

export const SCENARIOS = { cache, metadata, queue, database } as const;
