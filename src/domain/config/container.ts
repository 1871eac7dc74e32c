import type { PlanFacts } from './facts';
import { heapMiB } from './facts';
import { jvmFlags } from './javaEnv';
import type { PlannedServer } from './servers';
import { isStandalone } from './servers';
import {
  type ConfigKey,
  diskKeys,
  ensembleKeys,
  limitKeys,
  METRICS_KEYS,
  timeoutKeys,
  WORDS,
} from './zooKeys';

/** The official image; its entrypoint makes `zoo.cfg` of variables. */
export const IMAGE = 'zookeeper:3.9';

/** A variable of the image's entrypoint. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

/** Keys that the entrypoint has a variable for. */
const NAMED: Readonly<Record<string, string>> = {
  tickTime: 'ZOO_TICK_TIME',
  initLimit: 'ZOO_INIT_LIMIT',
  syncLimit: 'ZOO_SYNC_LIMIT',
  maxClientCnxns: 'ZOO_MAX_CLIENT_CNXNS',
  'autopurge.snapRetainCount': 'ZOO_AUTOPURGE_SNAPRETAINCOUNT',
  'autopurge.purgeInterval': 'ZOO_AUTOPURGE_PURGEINTERVAL',
  '4lw.commands.whitelist': 'ZOO_4LW_COMMANDS_WHITELIST',
  standaloneEnabled: 'ZOO_STANDALONE_ENABLED',
};

/** A container knows its own name only once DNS does: it listens on all its addresses. */
const LISTEN: ConfigKey = { key: 'quorumListenOnAllIPs', value: 'true', reason: '' };

/** Variables that are the same for all servers; without ids and addresses. */
export function imageVariables(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  clientsAtLeader: boolean,
): Variable[] {
  const keys = [
    ...timeoutKeys(facts),
    ...limitKeys(facts),
    ...diskKeys(facts),
    WORDS,
    ...(isStandalone(servers) ? [] : ensembleKeys(clientsAtLeader)),
    ...METRICS_KEYS,
    LISTEN,
  ];
  const named = keys.flatMap(({ key, value, reason }) => {
    const name = NAMED[key];
    return name === undefined ? [] : [{ name, value: String(value), reason }];
  });
  const others = keys.filter(({ key }) => !(key in NAMED));
  return [
    ...named,
    {
      name: 'ZOO_CFG_EXTRA',
      value: others.map(({ key, value }) => `${key}=${value}`).join(' '),
      reason: 'keys without a variable of their own; zoo.cfg gives their reasons',
    },
    {
      name: 'ZK_SERVER_HEAP',
      value: String(heapMiB(facts)),
      reason: 'MiB of heap',
    },
    {
      name: 'SERVER_JVMFLAGS',
      value: jvmFlags(facts).join(' '),
      reason: 'as in java.env',
    },
  ];
}

/** `ZOO_SERVERS` for servers with these names, which only the containers know. */
export const serversVariable = (
  servers: readonly PlannedServer[],
  hostOf: (server: PlannedServer, at: number) => string,
): string =>
  servers
    .map((server, at) => {
      const role = server.line.role === 'observer' ? ':observer' : '';
      return `server.${server.id}=${hostOf(server, at)}:2888:3888${role};2181`;
    })
    .join(' ');
