import {
  hexOf,
  linesOf,
  modeOf,
  numberOf,
  pairsOf,
  versionOf,
  type ServerMode,
} from './serverText';
import { parseCons, type ServerConnection } from './connectionList';

/**
 * Pure readers of what a server says of itself, for ZooKeeper 3.4 to 3.9 and programs like it. What
 * a server leaves out or what can't be read is undefined, what it adds is kept or passed by. Time
 * and memory are linear in the text, which its reader has limited.
 */

/** Since the server started or its statistics were reset. Before 3.6 `avg` is whole. */
export interface Latency {
  readonly minMs: number;
  readonly avgMs: number;
  readonly maxMs: number;
}

/** What `srvr` and `stat` say. */
export interface ServerReport {
  /** `3.8.4` */
  readonly version: string | undefined;
  /** With the commit and the day of the build, as the server writes it. */
  readonly fullVersion: string;
  readonly mode: ServerMode | undefined;
  /** The last transaction that the server has applied: epoch in the high half. */
  readonly zxid: bigint | undefined;
  readonly nodeCount: number | undefined;
  readonly latency: Latency | undefined;
  /** Packets, since the start. */
  readonly received: number | undefined;
  readonly sent: number | undefined;
  /** Now, the one that asked included. */
  readonly connections: number | undefined;
  /** Requests waiting. */
  readonly outstanding: number | undefined;
}

/** Reads `srvr`, and of `stat` all but the clients. Undefined when it is something else. */
export function parseSrvr(text: string): ServerReport | undefined {
  const lines = linesOf(text);
  const fullVersion = /^.{0,40}version: (.*)$/.exec(lines.next().value ?? '')?.[1];
  if (fullVersion === undefined) return undefined;
  const values = pairsOf(lines, ': ');
  const latency = values.get('Latency min/avg/max')?.split('/', 3) ?? [];
  return {
    version: versionOf(fullVersion),
    fullVersion,
    mode: modeOf(values.get('Mode')),
    zxid: hexOf(values.get('Zxid')),
    nodeCount: numberOf(values.get('Node count')),
    latency: latencyOf(latency),
    received: numberOf(values.get('Received')),
    sent: numberOf(values.get('Sent')),
    connections: numberOf(values.get('Connections')),
    outstanding: numberOf(values.get('Outstanding')),
  };
}

/** What `stat` says: the report, and the clients in brief. */
export interface ServerStat extends ServerReport {
  readonly clients: readonly ServerConnection[];
}

export function parseStat(text: string): ServerStat | undefined {
  const report = parseSrvr(text);
  return report && { ...report, clients: parseCons(text) };
}

/** What `mntr` and AdminServer's `monitor` say: some by name, all by the server's keys. */
export interface ServerMetrics {
  readonly version: string | undefined;
  readonly mode: ServerMode | undefined;
  readonly latency: Latency | undefined;
  readonly nodeCount: number | undefined;
  readonly ephemeralCount: number | undefined;
  readonly watchCount: number | undefined;
  readonly dataBytes: number | undefined;
  readonly connections: number | undefined;
  readonly outstanding: number | undefined;
  /** Only of a leader. */
  readonly syncedFollowers: number | undefined;
  /** By key without `zk_`, such as `p99_readlatency` or, with Prometheus, `x{quantile="0.5"}`. */
  readonly values: ReadonlyMap<string, string>;
}

/** Undefined when there isn't a single `zk_` line. */
export function parseMntr(text: string): ServerMetrics | undefined {
  const values = new Map<string, string>();
  for (const [key, value] of pairsOf(linesOf(text), '\t')) {
    if (key.startsWith('zk_')) values.set(key.slice('zk_'.length), value);
  }
  return values.size === 0 ? undefined : metricsOf(values);
}

/** Reads the answer to AdminServer's `monitor`. */
export function readMonitor(answer: Readonly<Record<string, unknown>>): ServerMetrics {
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(answer)) {
    const isScalar = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
    if (key !== 'command' && isScalar) values.set(key, String(value));
  }
  return metricsOf(values);
}

function metricsOf(values: ReadonlyMap<string, string>): ServerMetrics {
  const number = (key: string): number | undefined => numberOf(values.get(key));
  const latency = ['min_latency', 'avg_latency', 'max_latency'].map((key) => values.get(key));
  return {
    version: versionOf(values.get('version')),
    mode: modeOf(values.get('server_state')),
    latency: latencyOf(latency),
    nodeCount: number('znode_count'),
    ephemeralCount: number('ephemerals_count'),
    watchCount: number('watch_count'),
    dataBytes: number('approximate_data_size'),
    connections: number('num_alive_connections'),
    outstanding: number('outstanding_requests'),
    syncedFollowers: number('synced_followers'),
    values,
  };
}

function latencyOf(texts: readonly (string | undefined)[]): Latency | undefined {
  const [minMs, avgMs, maxMs] = texts.map(numberOf);
  if (minMs === undefined || avgMs === undefined || maxMs === undefined) return undefined;
  return { minMs, avgMs, maxMs };
}

/** Whether the server says that it runs; that says nothing of its quorum. */
export function parseRuok(text: string): boolean {
  return text.trim() === 'imok';
}
