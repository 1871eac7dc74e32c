import { problem } from '../capacity/result';
import type { Problem } from '../placement/types';
import type { Existing } from './existing';
import { isServerKey, isVoteKey, readServerEntry } from './serverLine';
import { type KnownServers, MOST_SERVERS, newServer, PORTS } from './servers';
import { type CfgEntry, cfgNumber, cfgValue, parseZooCfg, type ZooCfg } from './zooCfgParse';

/** The servers as `zoo.cfg` and its dynamic file have them. */
export interface ServerList {
  /** Where `zoo.cfg` is that of one server without a list, it is number 1. */
  readonly known: KnownServers;
  /** The file for the list where it is not in `zoo.cfg`: the one that `zoo.cfg` names, or the usual one. */
  readonly dynamicFile: string;
  /** The list is in that file. */
  readonly isDynamic: boolean;
  /** Groups or weights give servers other votes: no plan says which, so the list stays as it is. */
  readonly isFixed: boolean;
  /** For clients, where a server's line doesn't say it; undefined where only that for TLS is open. */
  readonly clientPort: number | undefined;
}

const MOST_PROBLEMS = 5;
const USUAL = 'zoo.cfg.dynamic';
const FILE_NAME = /^(?!\.{1,2}$|zoo\.cfg$)[^/\\:*?"<>|\p{Cc}]{1,255}$/u;

/**
 * The name of the file that has the list beside `zoo.cfg`, as reconfig may have renamed it to
 * `zoo.cfg.dynamic.100000002`. Undefined when the list is in `zoo.cfg` itself: a dynamic file that
 * it doesn't name is of another time. Empty for what can be no file there.
 */
export function listFile(zooCfg: string | undefined): string | undefined {
  if (zooCfg === undefined) return USUAL;
  const value = cfgValue(parseZooCfg(zooCfg), 'dynamicConfigFile');
  const name = value?.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1);
  return name === undefined || FILE_NAME.test(name) ? name : '';
}

/** Reads the list; fails for what can't be read, since it would be lost with what is written. */
export function serverList(existing: Existing): ServerList | Problem[] {
  const text = existing.get('zoo.cfg');
  const cfg = parseZooCfg(text ?? '');
  const named = listFile(text);
  const dynamicFile = named ?? USUAL;
  const isDynamic = named !== undefined && existing.has(named);
  if (named !== undefined && text !== undefined && !isDynamic) return notBeside(named);
  const dynamic = parseZooCfg((named === undefined ? undefined : existing.get(named)) ?? '');
  const inCfg = entriesOf(cfg, isServerKey);
  const inFile = entriesOf(dynamic, isServerKey);
  const [both] = isDynamic ? inCfg : [];
  if (both !== undefined) {
    const why = `stands beside dynamicConfigFile, which ZooKeeper refuses. Keep it in ${dynamicFile} alone.`;
    return [problem('twice', 'zoo.cfg', `line ${both.line + 1}: ${both.key} ${why}`)];
  }
  const problems = [...unread('zoo.cfg', inCfg), ...unread(dynamicFile, inFile)];
  if (problems.length > 0) return problems.slice(0, MOST_PROBLEMS);
  if (inCfg.length + inFile.length > MOST_SERVERS) {
    const file = isDynamic ? dynamicFile : 'zoo.cfg';
    return [problem('long', file, `it names more than ${MOST_SERVERS} servers.`)];
  }
  const known = new Map([...inCfg, ...inFile].flatMap(serverOf));
  const isAlone = known.size === 0 && cfg.values.has('dataDir');
  return {
    known: isAlone ? new Map([[1, newServer(1, 'participant', lineIn(cfg))]]) : known,
    dynamicFile,
    isDynamic,
    isFixed: [cfg, dynamic].some((file) => entriesOf(file, isVoteKey).length > 0),
    clientPort:
      cfgNumber(cfg, 'clientPort') ??
      (cfg.values.has('secureClientPort') ? undefined : PORTS.client),
  };
}

/** What belongs to a list that stays as it is. */
export const isListKey = (key: string): boolean => isServerKey(key) || isVoteKey(key);

const entriesOf = ({ values }: ZooCfg, isOne: (key: string) => boolean): CfgEntry[] =>
  [...values.values()].filter(({ key }) => isOne(key));

function serverOf({ key, value: text }: CfgEntry) {
  const entry = readServerEntry(key, text);
  return entry === undefined || entry === 'unreadable'
    ? []
    : [[entry.id, { line: entry.line, text }] as const];
}

const unread = (file: string, entries: readonly CfgEntry[]): Problem[] =>
  entries
    .filter((entry) => serverOf(entry).length === 0)
    .map(({ key, line }) =>
      problem(
        'unreadable',
        file,
        `line ${line + 1}: ${key} can't be read as a server, so writing the list would lose it.`,
      ),
    );

const notBeside = (name: string): Problem[] => [
  problem(
    'missing',
    'zoo.cfg',
    `it names ${name === '' ? 'no file' : name} as its dynamicConfigFile, which is not beside it. ` +
      'Copy that file from a server into the same folder, so that its servers are known.',
  ),
];

/** A new server gets no client port of its own where `zoo.cfg` decides for all of them. */
function lineIn(cfg: ZooCfg) {
  const isSaid = cfg.values.has('clientPort') || cfg.values.has('secureClientPort');
  const { client: clientPort, quorum: quorumPort, election: electionPort } = PORTS;
  return {
    ...{ host: '', role: 'participant' as const, quorumPort, electionPort },
    ...(isSaid ? {} : { clientPort }),
  };
}
