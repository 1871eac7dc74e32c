import { formatHost, parseConnectString, type HostPort } from '../connectString';

/** A member as `/zookeeper/config` and `conf` name it. */
export interface ConfiguredMember {
  readonly id: number;
  readonly isVoter: boolean;
  /** Where other servers reach it. */
  readonly host: string;
  /** Where clients reach it, as far as the configuration says. */
  readonly client: HostPort | undefined;
}

/** More members than this are no ensemble. */
const MOST_MEMBERS = 100;
const LINE = /^server\.(\d{1,3})=(.{1,500})$/;
const WILDCARDS = ['0.0.0.0', '::', '0:0:0:0:0:0:0:0', '*'];

/**
 * Reads the members of a dynamic configuration:
 * `server.1=host:2888:3888[|host:…][:participant|observer][;[address:]2181]`. What can't be read is
 * passed by; nothing throws.
 */
export function parseDynamicConfig(text: string): ConfiguredMember[] {
  const members = new Map<number, ConfiguredMember>();
  for (const line of text.split(/\r?\n/, 10_000)) {
    const [, id, value] = LINE.exec(line.trim()) ?? [];
    const member = id === undefined ? undefined : parseMember(Number(id), value ?? '');
    if (member && members.size < MOST_MEMBERS) members.set(member.id, member);
  }
  return [...members.values()].sort((a, b) => a.id - b.id);
}

/** The value of one `server.N` line. */
export function parseMember(id: number, value: string): ConfiguredMember | undefined {
  const [server = '', client] = value.trim().split(';', 2);
  const [first = ''] = server.split('|', 1);
  const host = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}:\d{1,5}/.exec(first)?.[1];
  if (host === undefined) return undefined;
  const bare = host.replace(/^\[|\]$/g, '');
  return {
    id,
    isVoter: !/:observer$/i.test(server),
    host: bare,
    client: client === undefined ? undefined : clientOf(client.trim(), bare),
  };
}

/** `2181`, `127.0.0.1:2181`, `0.0.0.0:2181`, `[::]:2181`, with Java's `0:0:0:0:0:0:0:0:2181`. */
function clientOf(text: string, host: string): HostPort | undefined {
  const at = text.lastIndexOf(':');
  const port = Number(text.slice(at + 1));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const address = text.slice(0, Math.max(0, at)).replace(/^\[|\]$/g, '');
  return { host: address === '' || WILDCARDS.includes(address) ? host : address, port };
}

/** A server that is asked, and where. */
export interface KnownServer {
  readonly address: string;
  readonly target: HostPort;
  readonly id: number | undefined;
  readonly isVoter: boolean | undefined;
}

/**
 * Which servers to ask: the members of the configuration at their client addresses, else those of
 * the connect string. Members whose configuration names no client port use that of the connect
 * string; with TLS all do, since the configuration only knows the plain port. Where none of the
 * members' names is among those that the user connects by (containers, tunnels), and as many are
 * named, the connect string is right and the members' own names can't be reached from here.
 */
export function knownServers(
  connectString: string,
  members: readonly ConfiguredMember[],
  options: {
    readonly isTls?: boolean;
    readonly addressMap?: Readonly<Record<string, string>> | undefined;
  } = {},
): KnownServer[] {
  const parsed = parseConnectString(connectString);
  const hosts = 'kind' in parsed ? [] : parsed.hosts;
  const asked = hosts.map((target) => ({
    address: formatHost(target),
    target,
    id: undefined,
    isVoter: undefined,
  }));
  if (members.length === 0) return asked;
  const fallbackPort = (host: string): number | undefined =>
    (hosts.find((one) => one.host === host) ?? hosts[0])?.port;
  const named = members.flatMap(({ id, isVoter, host, client }): KnownServer[] => {
    const reachable = client?.host ?? host;
    const port = options.isTls || client === undefined ? fallbackPort(reachable) : client.port;
    if (port === undefined) return [];
    const target = { host: reachable, port };
    return [{ address: formatHost(target), target, id, isVoter }];
  });
  const addresses = new Set(named.map(({ address }) => address));
  const isFamiliar =
    hosts.some((host) => addresses.has(formatHost(host))) ||
    named.some(({ address }) => options.addressMap?.[address] !== undefined);
  if (isFamiliar || hosts.length < members.length) return unique(named);
  return unique(asked);
}

const unique = (servers: readonly KnownServer[]): KnownServer[] => [
  ...new Map(servers.map((server) => [server.address, server])).values(),
];
