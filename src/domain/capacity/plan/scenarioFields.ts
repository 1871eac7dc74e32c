import { flag, list, real, share, whole } from './fields';

const perSecond = (help: string) => real(help, { most: 1e9, default: 0 });
const needed = (help: string) => real(help, { least: 1e-6, most: 1e9 });

/** Inputs of a distributed cache, such as memcached behind a client-side ring. */
const cache = {
  getsPerSecond: needed('Reads per second, on average.'),
  setsPerSecond: perSecond('Writes per second, on average.'),
  peakFactor: real('Peak over average.', { least: 1, most: 100, default: 2 }),
  items: whole('Different items.', { least: 1, most: 1e12 }),
  itemBytes: real('Mean bytes of an item, key included.', { least: 1, most: 1e9 }),
  itemOverheadBytes: real('Bytes that the cache adds to an item.', { most: 10_000, default: 60 }),
  zipfExponent: real('Popularity of rank i goes as i^−s; 0: all alike.', { most: 3, default: 0.9 }),
  hitRatioGoal: real('Share of the reads that the cache answers.', { most: 0.999, default: 0.9 }),
  memoryShare: real('Share of the memory that holds items.', {
    least: 0.01,
    most: 1,
    default: 0.8,
  }),
  backingStorePerSecond: perSecond('Reads per second that the store behind can take; 0: no limit.'),
} as const;

/** Inputs of file-system metadata in shards with replicas. */
const metadata = {
  files: whole('Files.', { least: 1, most: 1e12 }),
  directories: whole('Directories.', { least: 1, most: 1e12 }),
  pathBytes: whole('Mean length of a path.', { least: 1, most: 10_000, default: 60 }),
  nameBytes: whole('Mean length of a name.', { least: 1, most: 1000, default: 20 }),
  entryBytes: whole('Memory of one entry in a shard.', { least: 1, most: 1e6, default: 400 }),
  largestDirectory: whole('Entries of the largest directory.', { most: 1e12, default: 10_000 }),
  statShare: share('Operations that stat.', 0.6),
  openShare: share('Operations that open.', 0.25),
  createShare: share('Operations that create.', 0.08),
  renameShare: share('Operations that rename.', 0.02),
  listShare: share('Operations that list a directory.', 0.05),
  busyClients: whole('Clients that work at once, each one operation at a time.', {
    least: 1,
    most: 100_000,
  }),
  thinkMs: real('Mean time between an answer and the next operation of a client.', {
    most: 1e7,
    default: 10,
  }),
  replicas: whole('Copies of each shard; a majority stores a change.', {
    least: 1,
    most: 9,
    default: 3,
  }),
  replicaRoundTripMs: real('Round trip between copies.', { most: 60_000, default: 1 }),
  writeMs: real('Mean time of a copy to store a change.', { most: 60_000, default: 1 }),
  leaseSeconds: real('Term of a lease that clients renew in ZooKeeper; 0: no leases there.', {
    most: 1e6,
    default: 0,
  }),
  locksPerSecond: perSecond('Locks taken in ZooKeeper per second.'),
  inZooKeeper: flag(
    'Whether the metadata are znodes of the ensemble itself; then there is no pool.',
    false,
  ),
} as const;

/** Inputs of a message queue with partitions. */
const queue = {
  messagesPerSecond: needed('Messages per second, on average.'),
  messageBytes: real('Mean bytes of a message.', { least: 1, most: 1e9 }),
  burstFactor: real('Burst over average.', { least: 1, most: 100, default: 2 }),
  topics: whole('Topics.', { least: 1, most: 1e6, default: 1 }),
  partitions: whole('Partitions, all topics together.', { least: 1, most: 1e6 }),
  replicationFactor: whole('Copies of each partition.', { least: 1, most: 9, default: 3 }),
  retentionHours: real('How long messages are kept.', { most: 1e6, default: 72 }),
  diskShare: real('Share of the disk that may be full.', { least: 0.01, most: 1, default: 0.7 }),
  consumerGroups: whole('Groups that each read all messages.', { most: 10_000, default: 1 }),
  processingMs: real('Mean time that a consumer spends on a message.', { least: 1e-6, most: 1e7 }),
  processingVariation: real('Variance over squared mean of that time.', { most: 1000, default: 1 }),
  consumerUtilisationGoal: real('Consumers are busy at most this share of their time.', {
    least: 0.01,
    most: 0.99,
    default: 0.8,
  }),
  lagGoalMs: real('99 of 100 messages wait at most this long for a consumer.', {
    least: 1e-3,
    default: 1000,
  }),
  outageSeconds: real('Outage of the consumers to absorb.', { most: 1e7, default: 600 }),
  drainGoalSeconds: real('The backlog of that outage is gone after this time.', {
    least: 1e-3,
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
  readsPerSecond: needed('Reads per second, on average.'),
  writesPerSecond: perSecond('Writes per second, on average.'),
  peakFactor: real('Peak over average.', { least: 1, most: 100, default: 2 }),
  replicationFactor: whole('Copies of each shard.', { least: 1, most: 9, default: 3 }),
  readQuorum: whole('Copies that a read asks for.', { least: 1, most: 9, default: 2 }),
  writeQuorum: whole('Copies that a write waits for.', { least: 1, most: 9, default: 2 }),
  replicaRoundTripsMs: list(
    'Round trips from the coordinator to each copy; missing ones are 0.',
    real('ms', { most: 60_000 }),
  ),
  datasetBytes: real('Data without copies.', { least: 1 }),
  growthPerYear: real('Growth a year, 0.5 for half as much more.', { most: 100, default: 0.5 }),
  planMonths: real('Months that the disks have to last.', { most: 240, default: 12 }),
  diskShare: real('Share of the disk that may be full.', { least: 0.01, most: 1, default: 0.6 }),
  shardsPerServer: whole('Shards that a server leads or follows.', {
    least: 1,
    most: 10_000,
    default: 10,
  }),
  connections: whole('Connections of all client pools; 0: enough.', { most: 1e6, default: 0 }),
} as const;

export const SCENARIOS = { cache, metadata, queue, database } as const;
