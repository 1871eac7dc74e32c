import { hexOf, linesOf, numberOf, pairsOf } from './serverText';

/** The `key=value` lines of `conf` and `envi`, with the server's keys. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  return pairsOf(linesOf(text), '=');
}

/** What `conf` says: the configuration that is in effect. Ports of -1 are off. */
export interface ServerConfiguration {
  readonly serverId: number | undefined;
  readonly clientPort: number | undefined;
  readonly secureClientPort: number | undefined;
  readonly tickTimeMs: number | undefined;
  readonly minSessionTimeoutMs: number | undefined;
  readonly maxSessionTimeoutMs: number | undefined;
  /** From one address; 0 is no limit. */
  readonly maxClientConnections: number | undefined;
  /** `host:quorum:election:role;client` by server id, since 3.5; none when standalone. */
  readonly members: ReadonlyMap<number, string>;
  /** Of the ensemble's dynamic configuration. */
  readonly version: bigint | undefined;
  readonly values: ReadonlyMap<string, string>;
}

/** Undefined when no line is `key=value`. */
export function parseConf(text: string): ServerConfiguration | undefined {
  const values = parseProperties(text);
  if (values.size === 0) return undefined;
  const number = (key: string): number | undefined => numberOf(values.get(key));
  const members = new Map<number, string>();
  for (const [key, value] of values) {
    const id = /^server\.(\d{1,3})$/.exec(key)?.[1];
    if (id !== undefined) members.set(Number(id), value);
  }
  return {
    serverId: number('serverId'),
    clientPort: number('clientPort'),
    secureClientPort: number('secureClientPort'),
    tickTimeMs: number('tickTime'),
    minSessionTimeoutMs: number('minSessionTimeout'),
    maxSessionTimeoutMs: number('maxSessionTimeout'),
    maxClientConnections: number('maxClientCnxns'),
    members,
    version: hexOf(values.get('version')),
    values,
  };
}
