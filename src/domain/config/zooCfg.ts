import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { clientPortKeys, folderKeys, PORT_KEYS } from './hostKeys';
import { keptLines } from './keptLines';
import { isListKey, type ServerList } from './serverList';
import { isStandalone, type PlannedServer } from './servers';
import { oneLine, reason } from './text';
import {
  ALONE,
  type ConfigKey,
  diskKeys,
  ensembleKeys,
  leaderServes,
  limitKeys,
  METRICS_KEYS,
  timeoutKeys,
  WORDS,
} from './zooKeys';
import { parseZooCfg, type ZooCfg } from './zooCfgParse';

/** Where `zoo.cfg` and its dynamic file lie on a server. */
export const CONF_DIR = '/etc/zookeeper/conf';

export interface ZooCfgOptions {
  /** The plan's file, for the first line. */
  readonly planFile: string;
  /** The file with the servers, beside `zoo.cfg`; undefined when they stand in it. */
  readonly dynamicFile: string | undefined;
  /** The list that is there, and the `zoo.cfg`. */
  readonly list: ServerList;
  readonly existing: string | undefined;
  /** The Prometheus metrics provider. */
  readonly hasMetrics: boolean;
}

/** `zoo.cfg`, the same on all servers. */
export function zooCfg(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  options: ZooCfgOptions,
): ConfigFile {
  const cfg = parseZooCfg(options.existing ?? '');
  const isAlone = isStandalone(servers) && !options.list.isFixed;
  const keys = [
    ...timeoutKeys(facts),
    ...folderKeys(facts, cfg),
    ...limitKeys(facts),
    ...diskKeys(facts),
    WORDS,
    ...clientPortKeys(servers, isAlone, cfg),
    ...(isAlone ? aloneKeys(cfg) : ensembleKeys(leaderServes(facts) || servers.length === 1)),
    ...(options.hasMetrics ? METRICS_KEYS : []),
    ...(isAlone ? [] : listOf(servers, options)),
  ];
  const kept = options.list.isFixed ? keptLines(options.existing ?? '', isListKey) : [];
  return {
    path: 'zoo.cfg',
    text: [
      keysText([planLine(facts, options.planFile), MERGED], keys),
      ...kept.map((line) => `${line}\n`),
    ].join(''),
    merge: {
      kind: 'keys',
      keeps: ['dataDir', 'dataLogDir', ...PORT_KEYS, 'dynamicConfigFile'],
      owns: ['server.', 'dynamicConfigFile'],
      // Whoever serves TLS alone must not find a plain port opened.
      yields: { clientPort: 'secureClientPort', clientPortAddress: 'secureClientPort' },
    },
  };
}

/** `zoo.cfg.dynamic`, or what `zoo.cfg` calls it: the servers alone. */
export function zooCfgDynamic(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  { planFile, dynamicFile, list }: Omit<ZooCfgOptions, 'hasMetrics'>,
): ConfigFile[] {
  if (dynamicFile === undefined || list.isFixed) return [];
  return [
    {
      path: dynamicFile,
      text: keysText([planLine(facts, planFile)], serverKeys(servers)),
      // Groups that are there are of another list: with one of its own it would stay as it is.
      merge: { kind: 'keys', keeps: [], owns: ['server.', 'group', 'weight'] },
    },
  ];
}

/** One `myid` for each server, in a folder of its name: it goes to the server's dataDir. */
export function myids(servers: readonly PlannedServer[]): ConfigFile[] {
  if (isStandalone(servers)) return [];
  return servers.map(({ id }) => ({
    path: `myid/server.${id}/myid`,
    text: `${id}\n`,
    merge: { kind: 'whole' },
  }));
}

/** The first line of a file: what it was made from. */
export const planLine = ({ input }: PlanFacts, planFile: string): string =>
  oneLine(
    `Written from ${planFile}${input.title === '' ? '' : `, "${input.title}"`}, by ZooKeeper Workbench.`,
  );

const MERGED = 'Lines that start so, and the keys below them, are written anew; all others stay.';

/** Keys with their reasons as comments. */
export function keysText(header: readonly string[], keys: readonly ConfigKey[]): string {
  return [
    ...header.map(reason),
    ...keys.flatMap(({ key, value, reason: why }) => ['', reason(why), `${key}=${value}`]),
    '',
  ].join('\n');
}

/** Nothing where the file leaves it to ZooKeeper, which then lets a server alone serve. */
const aloneKeys = ({ values }: ZooCfg): ConfigKey[] => (values.has(ALONE.key) ? [ALONE] : []);

function listOf(
  servers: readonly PlannedServer[],
  { dynamicFile, list: { isFixed } }: ZooCfgOptions,
): ConfigKey[] {
  if (dynamicFile === undefined) return isFixed ? [] : serverKeys(servers);
  return [
    {
      key: 'dynamicConfigFile',
      value: `${CONF_DIR}/${dynamicFile}`,
      reason: 'the servers; a file of its own, so that reconfig can keep it',
    },
  ];
}

function serverKeys(servers: readonly PlannedServer[]): ConfigKey[] {
  return servers.map(({ id, line: { host }, text, zone }) => ({
    key: `server.${id}`,
    value: text,
    // The same whether the line was written just now or found in a file.
    reason: `zone ${zone}${host === `zk${id}` ? `; if it is not called ${host}, put its address here` : ''}`,
  }));
}
