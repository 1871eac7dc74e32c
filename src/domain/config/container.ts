import { heapMiB, type PlanFacts } from './facts';
import { jvmFlags } from './javaEnv';
import type { ServerRole } from './serverLine';
import {
  type ConfigKey,
  diskKeys,
  ensembleKeys,
  limitKeys,
  METRICS_KEYS,
  timeoutKeys,
  WORDS,
} from './zooKeys';

export interface ContainerOptions {
  readonly planFile: string;
  /** Of the project, or of the objects. */
  readonly name: string;
  /** The file that is there. */
  readonly existing: string | undefined;
}

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
  { isAlone, clientsAtLeader }: { readonly isAlone: boolean; readonly clientsAtLeader: boolean },
): Variable[] {
  const keys = [
    ...timeoutKeys(facts),
    ...limitKeys(facts),
    ...diskKeys(facts),
    WORDS,
    ...(isAlone ? [] : ensembleKeys(clientsAtLeader)),
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

/** A server by the name that only the containers know. */
export interface ContainerServer {
  readonly id: number;
  readonly role: ServerRole;
  readonly host: string;
}

/** The value of `ZOO_SERVERS`. */
export const serversVariable = (servers: readonly ContainerServer[]): string =>
  servers
    .map(({ id, role, host }) => {
      const observer = role === 'observer' ? ':observer' : '';
      return `server.${id}=${host}:2888:3888${observer};2181`;
    })
    .join(' ');
