import {
  addressesOf,
  parseServerLine,
  readServerEntry,
  serverId,
} from '../../../domain/config/serverLine';
import { cfgNumber, cfgValue, parseZooCfg, type ZooCfg } from '../../../domain/config/zooCfgParse';

/** A server to be started on this machine, in a folder with its `zoo.cfg`. */
export interface LocalServer {
  readonly folder: string;
  readonly id: string;
  readonly port: number;
  /** The ids of all servers in its list; none where it serves alone. */
  readonly members: readonly string[];
}

/** Why files are not for this machine alone, or don't say enough. */
export type SetupProblem = 'notLoopback' | 'noPort';

const LOOPBACK = /^(127\.0\.0\.1|localhost|::1)$/;

/** Reads the `zoo.cfg` of a server; `id` is what its `myid` says, empty for none. */
export function readServer(
  text: string,
  folder: string,
  id: string,
): LocalServer | { readonly problem: SetupProblem } {
  const cfg = parseZooCfg(text);
  if (!isForLoopback(cfg)) return { problem: 'notLoopback' };
  const own = cfgValue(cfg, `server.${id}`);
  const port = (own && parseServerLine(own)?.clientPort) ?? cfgNumber(cfg, 'clientPort');
  const ids = [...cfg.values.keys()].map(serverId).filter((one) => one !== undefined);
  const members = ids.map(String);
  return typeof port === 'number' ? { folder, id, port, members } : { problem: 'noPort' };
}

/**
 * The servers that the list of the first one names, or it alone, in the order of their ports: folders
 * of servers that were removed may still lie beside the others, and would be an ensemble of their own.
 */
export function currentServers(servers: readonly LocalServer[]): LocalServer[] {
  const sorted = [...servers].sort((a, b) => a.port - b.port);
  const members = sorted[0]?.members ?? [];
  return members.length === 0
    ? sorted.slice(0, 1)
    : sorted.filter(({ id }) => members.includes(id));
}

/** Whether every port that the server opens is on loopback. */
function isForLoopback(cfg: ZooCfg): boolean {
  // Where these stand, more is opened than the lines of this file say.
  if (cfg.values.has('dynamicConfigFile')) return false;
  if (cfgValue(cfg, 'quorumListenOnAllIPs') === 'true') return false;
  const hosts = [...cfg.values.values()].flatMap(({ key, value }) => {
    const read = readServerEntry(key, value);
    if (read === undefined) return [];
    if (read === 'unreadable') return [undefined];
    const { line } = read;
    return [
      ...addressesOf(line).map(({ host }) => host),
      ...(line.clientPort === undefined ? [] : [line.clientHost]),
      ...(line.secureClientPort === undefined ? [] : [line.secureClientHost]),
    ];
  });
  const keys = [
    ...(cfg.values.has('clientPort') ? ['clientPortAddress'] : []),
    ...(cfg.values.has('secureClientPort') ? ['secureClientPortAddress'] : []),
    ...(cfgValue(cfg, 'admin.enableServer') === 'false' ? [] : ['admin.serverAddress']),
    ...(cfg.values.has('metricsProvider.className') ? ['metricsProvider.httpHost'] : []),
  ];
  const addresses = [...hosts, ...keys.map((key) => cfgValue(cfg, key))];
  return addresses.every((address) => address !== undefined && LOOPBACK.test(address));
}

/**
 * The ports on which a compose file publishes ZooKeeper's client port on loopback; undefined when it
 * publishes anything elsewhere, or in a form that is not read here.
 */
export function composePorts(text: string): readonly number[] | undefined {
  const lines = text.split(/\r?\n/, 100_000);
  const published: string[] = [];
  let indent: number | undefined;
  for (const line of lines) {
    if (/^\s*(#|$)/.test(line)) continue;
    const own = line.length - line.trimStart().length;
    if (indent !== undefined && (own < indent || !/^\s*- /.test(line))) indent = undefined;
    if (indent !== undefined) published.push(line.trim().slice(2));
    else if (/^\s*ports:\s*$/.test(line)) indent = own;
    else if (/\b(ports|network_mode|include|extends)["']?\s*:/.test(line)) return undefined;
  }
  const read = published.map((port) => /^["']?127\.0\.0\.1:(\d{1,5}):(\d{1,5})["']?$/.exec(port));
  if (read.includes(null)) return undefined;
  const clients = read.filter((match) => match?.[2] === '2181');
  return clients.length === 0 ? undefined : clients.map((match) => Number(match?.[1]));
}
