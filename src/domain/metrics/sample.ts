import {
  counterOf,
  type Lookup,
  type Percentiles,
  percentilesOf,
  type Total,
  totalOf,
} from './spellings';

export type Role = 'leader' | 'follower' | 'observer' | 'standalone' | 'read-only';

/** What is so at one moment. Undefined is what the server does not say. */
export interface Gauges {
  readonly outstanding: number | undefined;
  /** Of clients: the one that asked is not among them. */
  readonly connections: number | undefined;
  /** Global ones, of all servers together. */
  readonly sessions: number | undefined;
  /** Those that only this server knows (`localSessionsEnabled`). */
  readonly localSessions: number | undefined;
  readonly znodes: number | undefined;
  readonly ephemerals: number | undefined;
  readonly watches: number | undefined;
  /** Paths and data of all znodes; the heap needs more. */
  readonly dataBytes: number | undefined;
  /** Of a leader: followers that are up to date, itself excluded. */
  readonly syncedFollowers: number | undefined;
  readonly openFiles: number | undefined;
  readonly maxFiles: number | undefined;
}

/** What only grows, until the server starts anew or `srst` resets it. Times in milliseconds. */
export interface Totals {
  /** Everything answered without a transaction, pings included. */
  readonly reads: Total | undefined;
  /** Transactions that this server's own clients asked for. */
  readonly writes: Total | undefined;
  readonly fsync: Total | undefined;
  /** Transactions per flush of the log. */
  readonly batch: Total | undefined;
  readonly elections: Total | undefined;
  readonly snapshots: Total | undefined;
  readonly quorumAck: Total | undefined;
  readonly packetsReceived: number | undefined;
  readonly packetsSent: number | undefined;
  readonly proposals: number | undefined;
  readonly commits: number | undefined;
  readonly rejectedConnections: number | undefined;
  readonly throttled: number | undefined;
}

/** Since the start or the last reset, as the server keeps them; milliseconds. */
export interface Lifetime {
  readonly read: Percentiles | undefined;
  readonly write: Percentiles | undefined;
  readonly fsync: Percentiles | undefined;
  readonly latency:
    { readonly minMs: number; readonly avgMs: number; readonly maxMs: number } | undefined;
}

/** What one server said of itself at one moment. */
export interface ServerSample {
  /** Milliseconds since 1970 of a clock that never goes back, in the middle of the exchange. */
  readonly at: number;
  readonly role: Role | undefined;
  readonly version: string | undefined;
  /** The last transaction that it has applied, epoch in the high half, and when it said so. */
  readonly zxid: bigint | undefined;
  readonly zxidAt: number;
  readonly uptimeMs: number | undefined;
  readonly gauges: Gauges;
  readonly totals: Totals;
  readonly lifetime: Lifetime;
}

/** The part of a sample that `mntr` and AdminServer's `monitor` give. */
export function readGauges(lookup: Lookup): Gauges {
  return {
    outstanding: lookup('outstanding_requests'),
    connections: lookup('num_alive_connections'),
    sessions: lookup('global_sessions'),
    localSessions: lookup('local_sessions'),
    znodes: lookup('znode_count'),
    ephemerals: lookup('ephemerals_count'),
    watches: lookup('watch_count'),
    dataBytes: lookup('approximate_data_size'),
    syncedFollowers: lookup('synced_followers'),
    openFiles: lookup('open_file_descriptor_count'),
    maxFiles: lookup('max_file_descriptor_count'),
  };
}

export function readTotals(lookup: Lookup): Totals {
  return {
    reads: totalOf(lookup, 'readlatency'),
    writes: totalOf(lookup, 'updatelatency'),
    fsync: totalOf(lookup, 'fsynctime'),
    batch: totalOf(lookup, 'sync_processor_batch_size'),
    elections: totalOf(lookup, 'election_time'),
    snapshots: totalOf(lookup, 'snapshottime'),
    quorumAck: totalOf(lookup, 'quorum_ack_latency'),
    packetsReceived: lookup('packets_received'),
    packetsSent: lookup('packets_sent'),
    proposals: counterOf(lookup, 'proposal_count'),
    commits: counterOf(lookup, 'commit_count'),
    rejectedConnections: counterOf(lookup, 'connection_rejected'),
    throttled: counterOf(lookup, 'request_throttle_wait_count'),
  };
}

export function readLifetime(lookup: Lookup): Lifetime {
  const [minMs, avgMs, maxMs] = ['min_latency', 'avg_latency', 'max_latency'].map(lookup);
  const isWhole = minMs !== undefined && avgMs !== undefined && maxMs !== undefined;
  return {
    read: percentilesOf(lookup, 'readlatency'),
    write: percentilesOf(lookup, 'updatelatency'),
    fsync: percentilesOf(lookup, 'fsynctime'),
    latency: isWhole ? { minMs, avgMs, maxMs } : undefined,
  };
}
