import { readServerEntry, type ServerEntry } from '../../domain/config/serverLine';
import { readVoteRule, type VoteRule } from '../../domain/metrics/voteGroups';
import { formatHost, parseConnectString, type HostPort } from '../connectString';

/** A member as `/zookeeper/config` and `conf` name it. */
export interface ConfiguredMember {
  readonly id: number;
  readonly isVoter: boolean;
  /** Where other servers reach it. */
  readonly host: string;
  /** Where clients reach it, as far as the configuration says. */
  readonly client: HostPort | undefined;
  /** The client port that it listens on itself, whatever leads there from here. */
  readonly ownPort: number | undefined;
}

/** More members than this are no ensemble. */
const MOST_MEMBERS = 100;
const MOST_LINES = 10_000;
const LONGEST_LINE = 1_000;
const WILDCARDS = ['0.0.0.0', '::', '0:0:0:0:0:0:0:0'];

/** What a dynamic configuration says. */
export interface DynamicConfig {
  /** By their ids. */
  readonly members: readonly ConfiguredMember[];
  /** Undefined when each voter has one vote. */
  readonly votes: VoteRule | undefined;
}

/**
 * Reads a dynamic configuration. Members that can't be read are passed by; whether they vote is not
 * known then, nor what decides.
 */
export function parseDynamicConfig(text: string): DynamicConfig {
  const entries = text.split(/\r?\n/, MOST_LINES).map((line): [string, string] => {
    const [key = '', value = ''] = line.slice(0, LONGEST_LINE + 1).split('=', 2);
    return [key.trim(), line.length > LONGEST_LINE ? '' : value.trim()];
  });
  const servers = entries.flatMap(([key, value]) => readServerEntry(key, value) ?? []);
  const members = servers.flatMap((server) => (server === 'unreadable' ? [] : memberOf(server)));
  const byId = new Map(members.map((member) => [member.id, member]));
  const isWhole = !servers.includes('unreadable') && byId.size <= MOST_MEMBERS;
  return {
    members: [...byId.values()].slice(0, MOST_MEMBERS).sort((a, b) => a.id - b.id),
    votes: isWhole ? readVoteRule(entries) : 'unreadable',
  };
}

function memberOf({ id, line }: ServerEntry): ConfiguredMember {
  const { host, role, clientHost, clientPort } = line;
  const isAnywhere = clientHost === undefined || WILDCARDS.includes(clientHost);
  const client =
    clientPort === undefined
      ? undefined
      : { host: isAnywhere ? host : clientHost, port: clientPort };
  return { id, isVoter: role !== 'observer', host, client, ownPort: clientPort };
}

/** A server that is asked, and where. */
export interface KnownServer {
  readonly address: string;
  readonly target: HostPort;
  readonly id: number | undefined;
  readonly isVoter: boolean | undefined;
  /** As `ConfiguredMember`. */
  readonly ownPort: number | undefined;
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
    ownPort: undefined,
  }));
  if (members.length === 0) return asked;
  const fallbackPort = (host: string): number | undefined =>
    (hosts.find((one) => one.host === host) ?? hosts[0])?.port;
  const isConnectedBy = (client: HostPort): boolean =>
    hosts.some((one) => formatHost(one) === formatHost(client));
  const named = members.flatMap(({ id, isVoter, host, client, ownPort }): KnownServer[] => {
    const reachable = client?.host ?? host;
    const isOwn = client !== undefined && (!options.isTls || isConnectedBy(client));
    const port = isOwn ? client.port : fallbackPort(reachable);
    if (port === undefined) return [];
    const target = { host: reachable, port };
    return [{ address: formatHost(target), target, id, isVoter, ownPort }];
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
