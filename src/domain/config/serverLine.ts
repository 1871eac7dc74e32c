/** What a server of an ensemble does; others than these are refused by ZooKeeper. */
export type ServerRole = 'participant' | 'observer';

/** The value of `server.N`: `host:2888:3888:role;2181`, since 3.5. */
export interface ServerLine {
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly quorumPort: number;
  readonly electionPort: number;
  readonly role: ServerRole;
  /** Absent where `clientPort` of `zoo.cfg` says it. */
  readonly clientPort?: number;
  readonly clientHost?: string;
}

/** Host names, container names, IPv4; IPv6 in brackets only. */
const HOST = String.raw`(?:\[[0-9a-fA-F:.%\w]{2,62}\]|[\w.-]{1,253})`;
const SERVER = new RegExp(
  String.raw`^(${HOST}):(\d{1,5}):(\d{1,5})(?::(participant|observer))?(?:;(?:(${HOST}):)?(\d{1,5}))?$`,
);

/**
 * Reads the value of `server.N`. Of several addresses for one server, which `|` divides, it is the
 * first; undefined when ZooKeeper would refuse the value.
 */
export function parseServerLine(value: string): ServerLine | undefined {
  const [addresses = '', client, ...more] = value.trim().split(';');
  const [first = '', ...others] = addresses.split('|');
  const role = /:(participant|observer)$/.exec(others.at(-1) ?? '')?.[0] ?? '';
  const match = SERVER.exec(`${first}${role}${client === undefined ? '' : `;${client}`}`);
  if (match === null || more.length > 0) return undefined;
  const [, host = '', quorum, election, kind, clientHost, clientPort] = match;
  const ports = [quorum, election, clientPort].filter((port) => port !== undefined).map(Number);
  if (ports.some((port) => port < 1 || port > 65_535)) return undefined;
  return {
    host: bare(host),
    quorumPort: Number(quorum),
    electionPort: Number(election),
    role: kind === 'observer' ? 'observer' : 'participant',
    ...(clientPort === undefined ? {} : { clientPort: Number(clientPort) }),
    ...(clientHost === undefined ? {} : { clientHost: bare(clientHost) }),
  };
}

/** The text of `parseServerLine`'s result. */
export function serverLineText(line: ServerLine): string {
  const { host, quorumPort, electionPort, role, clientHost, clientPort } = line;
  const client =
    clientPort === undefined
      ? ''
      : `;${clientHost === undefined ? '' : `${hostText(clientHost)}:`}${clientPort}`;
  return `${hostText(host)}:${quorumPort}:${electionPort}:${role}${client}`;
}

/** IPv6 with brackets. */
export const hostText = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The number in `server.N`, 1 to 255 in practice; undefined when the key is another one. */
export function serverId(key: string): number | undefined {
  const id = /^server\.(\d{1,3})$/.exec(key)?.[1];
  return id === undefined ? undefined : Number(id);
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
