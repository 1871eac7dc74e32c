import type { PlanFacts } from './facts';
import { addressesOf, type ServerLine, serverLineText, type ServerRole } from './serverLine';

/** A server of the ensemble that is planned. */
export interface PlannedServer {
  /** `myid`. */
  readonly id: number;
  readonly line: ServerLine;
  /** The value of its `server.N`, as a file has it already where one does. */
  readonly text: string;
  /** From 1. */
  readonly zone: number;
}

/** Servers that files name already, by id. */
export type KnownServers = ReadonlyMap<
  number,
  { readonly line: ServerLine; readonly text: string }
>;

/** No ensemble has more: ids end there. A list that is longer is none. */
export const MOST_SERVERS = 255;

export interface ServerCounts {
  readonly voters: number;
  readonly observers: number;
}

/** The servers as they are. */
export function countOf(known: KnownServers): ServerCounts {
  const lines = [...known.values()].map(({ line }) => line);
  const observers = lines.filter(({ role }) => role === 'observer').length;
  return { voters: lines.length - observers, observers };
}

export const PORTS = { client: 2181, quorum: 2888, election: 3888 } as const;

/**
 * The planned numbers of voters and observers, or others on the way there. Known servers keep id and
 * address, those with the lowest ids first; new ones are called `zk1`, `zk2` … until someone knows
 * their addresses. Servers go round the zones in the order of their ids, and new ids follow those that
 * are there, so that an ensemble that grows leaves the others where they are.
 */
export function planServers(
  { computed }: PlanFacts,
  known: KnownServers,
  { voters, observers }: ServerCounts = computed.shape.shape,
): PlannedServer[] {
  const { layout } = computed.shape.layout;
  const nextId = newIds(known);
  const like = known.values().next().value?.line;
  const chosen = (role: ServerRole, count: number): Omit<PlannedServer, 'zone'>[] => {
    const kept = [...known]
      .map(([id, one]) => ({ id, ...one }))
      .filter(({ line }) => line.role === role)
      .sort((a, b) => a.id - b.id)
      .slice(0, count);
    const missing = Array.from({ length: count - kept.length }, () =>
      newServer(nextId(), role, like),
    );
    return [...kept, ...missing];
  };
  const zones = voterZones(layout);
  const inTurn = (at: number): number => 1 + (at % layout.length);
  return [
    ...chosen('participant', voters).map((one, at) => ({
      ...one,
      zone: zones[at] ?? inTurn(at),
    })),
    ...chosen('observer', observers).map((one, at) => ({ ...one, zone: inTurn(at) })),
  ].sort((a, b) => a.id - b.id);
}

/** Ids above the others while there are such, none whose name is another server's. */
function newIds(known: KnownServers): () => number {
  const ids = new Set(known.keys());
  const addresses = [...known.values()].flatMap(({ line }) => addressesOf(line));
  const hosts = new Set(addresses.map(({ host }) => host.toLowerCase()));
  const freeFrom = (first: number): number => {
    let id = first;
    while (ids.has(id) || hosts.has(nameOf(id))) id++;
    return id;
  };
  return () => {
    const above = freeFrom(1 + Math.max(0, ...ids));
    const id = above > MOST_SERVERS ? freeFrom(1) : above;
    ids.add(id);
    return id;
  };
}

/** What a server is called while its address is not known. */
const nameOf = (id: number): string => `zk${id}`;

/** A server alone needs neither a list nor `myid`. */
export const isStandalone = (servers: readonly PlannedServer[]): boolean => servers.length === 1;

/** A server with the ports of the others: where `clientPort` says theirs, its line must not. */
export function newServer(
  id: number,
  role: ServerRole,
  like: ServerLine = {
    host: '',
    role,
    quorumPort: PORTS.quorum,
    electionPort: PORTS.election,
    clientPort: PORTS.client,
  },
): Omit<PlannedServer, 'zone'> {
  const { quorumPort, electionPort, clientPort, secureClientPort } = like;
  const line = {
    host: nameOf(id),
    role,
    quorumPort,
    electionPort,
    ...(clientPort === undefined ? {} : { clientPort }),
    ...(secureClientPort === undefined ? {} : { secureClientPort }),
  };
  return { id, line, text: serverLineText(line) };
}

/** Zones of voters for a layout such as 2, 2, 1, in turn: 1, 2, 3, 1, 2. */
function voterZones(layout: readonly number[]): number[] {
  const left = [...layout];
  const zones: number[] = [];
  while (left.some((count) => count > 0)) {
    left.forEach((count, zone) => {
      if (count === 0) return;
      left[zone] = count - 1;
      zones.push(zone + 1);
    });
  }
  return zones;
}
