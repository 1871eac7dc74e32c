/** What a server of an ensemble does; others than these are refused by ZooKeeper. */
export type ServerRole = 'participant' | 'observer';

/** Where the other servers reach one. */
export interface ServerAddress {
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly quorumPort: number;
  readonly electionPort: number;
}

/** The value of `server.N`: `host:2888:3888:role;2181`, since 3.5. */
export interface ServerLine extends ServerAddress {
  readonly role: ServerRole;
  /** Absent where `clientPort` of `zoo.cfg` says it. */
  readonly clientPort?: number;
  readonly clientHost?: string;
  /** For clients with TLS, after a second `;`: newer than 3.9. */
  readonly secureClientPort?: number;
  readonly secureClientHost?: string;
  /** Further addresses of the same server, divided by `|`: since 3.6, with `multiAddress.enabled`. */
  readonly others?: readonly ServerAddress[];
}

/** Host names, container names, IPv4; IPv6 in brackets only. */
const HOST = String.raw`(\[[0-9a-fA-F:.%\w]{2,62}\]|[\w.-]{1,253})`;
const PORT = String.raw`(\d{1,5})`;
/** Colons at the end are nothing to Java's `split`, and blanks around a role are trimmed. */
const ADDRESS = new RegExp(
  String.raw`^${HOST}:${PORT}:${PORT}(?::\s*(participant|observer)\s*)?:*$`,
  'i',
);
const CLIENT = new RegExp(`^(?:${HOST}:)?${PORT}$`);
/** Addresses, the clients' and that of clients with TLS. */
const MOST_PARTS = 3;

/**
 * Reads the value of `server.N` as QuorumPeer's `QuorumServer` does; of several addresses for one
 * server, the first is that of the line. Undefined when ZooKeeper would refuse the value, as it does
 * when addresses have different roles, or one port for both the quorum and elections.
 */
export function parseServerLine(value: string): ServerLine | undefined {
  const [all = '', plain = '', secure = '', ...more] = value.trim().split(';', MOST_PARTS + 1);
  const [first, ...others] = all.split('|').map(parseAddress);
  const [client, secureClient] = [parseClient(plain), parseClient(secure)];
  if (first === undefined || !others.every((one) => one !== undefined)) return undefined;
  if (client === undefined || secureClient === undefined || more.length > 0) return undefined;
  const roles = new Set([first, ...others].flatMap(({ role }) => role ?? []));
  if (roles.size > 1) return undefined;
  return {
    ...first.address,
    role: roles.has('observer') ? 'observer' : 'participant',
    ...(client.port === undefined ? {} : { clientPort: client.port }),
    ...(client.host === undefined ? {} : { clientHost: client.host }),
    ...(secureClient.port === undefined ? {} : { secureClientPort: secureClient.port }),
    ...(secureClient.host === undefined ? {} : { secureClientHost: secureClient.host }),
    ...(others.length === 0 ? {} : { others: others.map(({ address }) => address) }),
  };
}

function parseAddress(
  text: string,
): { address: ServerAddress; role: string | undefined } | undefined {
  const [, host = '', quorum, election, role] = ADDRESS.exec(text) ?? [];
  const [quorumPort, electionPort] = [Number(quorum), Number(election)];
  if (!isPort(quorumPort) || !isPort(electionPort) || quorumPort === electionPort) return undefined;
  return { address: { host: bare(host), quorumPort, electionPort }, role: role?.toLowerCase() };
}

/** `host:2181` or `2181`; nothing is no port. Undefined for anything else. */
function parseClient(text: string): { port?: number; host?: string } | undefined {
  if (text === '') return {};
  const [, host, digits] = CLIENT.exec(text) ?? [];
  const port = Number(digits);
  if (!isPort(port)) return undefined;
  return { port, ...(host === undefined ? {} : { host: bare(host) }) };
}

/** The text of `parseServerLine`'s result. */
export function serverLineText(line: ServerLine): string {
  const addresses = addressesOf(line).map(
    ({ host, quorumPort, electionPort }) => `${hostText(host)}:${quorumPort}:${electionPort}`,
  );
  const client = clientText(line.clientPort, line.clientHost);
  const secure = clientText(line.secureClientPort, line.secureClientHost);
  return `${addresses.join('|')}:${line.role}${client}${secure === '' ? '' : `${client === '' ? ';' : ''}${secure}`}`;
}

const clientText = (port: number | undefined, host: string | undefined): string =>
  port === undefined ? '' : `;${host === undefined ? '' : `${hostText(host)}:`}${port}`;

/** All addresses of a server, the first one first. */
export const addressesOf = ({
  host,
  quorumPort,
  electionPort,
  others = [],
}: ServerLine): readonly ServerAddress[] => [{ host, quorumPort, electionPort }, ...others];

/** IPv6 with brackets. */
export const hostText = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * The number in `server.N`; undefined when the key is another one, or when the number is larger than
 * JavaScript can tell from its neighbours.
 */
export function serverId(key: string): number | undefined {
  const id = Number(/^server\.(\d{1,19})$/.exec(key)?.[1] ?? NaN);
  return Number.isSafeInteger(id) ? id : undefined;
}

/** Whether ZooKeeper takes a key for a server's: it starts so, whatever follows. */
export const isServerKey = (key: string): boolean => key.startsWith('server.');

/** Whether a key gives servers other votes (QuorumHierarchical): to ZooKeeper all that start so do. */
export const isVoteKey = (key: string): boolean => /^(?:group|weight)/.test(key);

/** A server that a file names. */
export interface ServerEntry {
  readonly id: number;
  readonly line: ServerLine;
}

/**
 * The server of a `key=value`; undefined when the key is no server's, `unreadable` when it is one
 * and ZooKeeper would refuse the key or the value: there is a server then, and nobody knows which.
 */
export function readServerEntry(
  key: string,
  value: string,
): ServerEntry | 'unreadable' | undefined {
  if (!isServerKey(key)) return undefined;
  const [id, line] = [serverId(key), parseServerLine(value)];
  return id === undefined || line === undefined ? 'unreadable' : { id, line };
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;
const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
