import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { isStandalone, type PlannedServer, PORTS } from './servers';
import { oneLine, reason } from './text';
import {
  type ConfigKey,
  diskKeys,
  ensembleKeys,
  leaderServes,
  limitKeys,
  METRICS_KEYS,
  timeoutKeys,
  WORDS,
} from './zooKeys';

/** Folders of the servers, where no file names others. */
export const DATA_DIR = '/var/lib/zookeeper/data';
export const LOG_DIR = '/var/lib/zookeeper/log';
/** Where `zoo.cfg` and its dynamic file lie on a server. */
export const CONF_DIR = '/etc/zookeeper/conf';

export interface ZooCfgOptions {
  /** The plan's file, for the first line. */
  readonly planFile: string;
  /** Servers in a file of their own. */
  readonly hasDynamicFile: boolean;
  /** The Prometheus metrics provider. */
  readonly hasMetrics: boolean;
}

/** `zoo.cfg`, the same on all servers. */
export function zooCfg(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  options: ZooCfgOptions,
): ConfigFile {
  const keys = [
    ...timeoutKeys(facts),
    ...folderKeys(facts),
    ...limitKeys(facts),
    ...diskKeys(facts),
    WORDS,
    ...(isStandalone(servers) ? [CLIENT_PORT] : ensembleKeys(leaderServes(facts))),
    ...(options.hasMetrics ? METRICS_KEYS : []),
    ...(isStandalone(servers) ? [] : listOf(servers, options.hasDynamicFile)),
  ];
  return {
    path: 'zoo.cfg',
    text: keysText([planLine(facts, options.planFile), MERGED], keys),
    merge: {
      kind: 'keys',
      keeps: ['dataDir', 'dataLogDir', 'clientPort', 'dynamicConfigFile'],
      owns: ['server.'],
      // Whoever serves TLS alone must not find a plain port opened.
      yields: { clientPort: 'secureClientPort' },
    },
  };
}

/** `zoo.cfg.dynamic`, the servers alone. */
export function zooCfgDynamic(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  planFile: string,
): ConfigFile {
  return {
    path: 'zoo.cfg.dynamic',
    text: keysText([planLine(facts, planFile)], serverKeys(servers)),
    merge: { kind: 'keys', keeps: [], owns: ['server.'] },
  };
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

const CLIENT_PORT: ConfigKey = {
  key: 'clientPort',
  value: PORTS.client,
  reason: 'the usual port',
};

function folderKeys({ input }: PlanFacts): ConfigKey[] {
  return [
    { key: 'dataDir', value: DATA_DIR, reason: 'snapshots and myid' },
    {
      key: 'dataLogDir',
      value: LOG_DIR,
      reason: input.ensemble.dedicatedLogDevice
        ? 'the plan counts on a device of its own for the log: mount it here'
        : 'the log; on a device of its own, snapshots would not slow writes',
    },
  ];
}

function listOf(servers: readonly PlannedServer[], hasDynamicFile: boolean): ConfigKey[] {
  if (!hasDynamicFile) return serverKeys(servers);
  return [
    {
      key: 'dynamicConfigFile',
      value: `${CONF_DIR}/zoo.cfg.dynamic`,
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
