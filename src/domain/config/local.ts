import type { PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { serverLineText } from './serverLine';
import { isStandalone, type PlannedServer } from './servers';
import { type ConfigKey, diskKeys, ensembleKeys, limitKeys, timeoutKeys, WORDS } from './zooKeys';
import { keysText, planLine } from './zooCfg';

/** Ports of one server on this machine; all servers together need different ones. */
export interface LocalPorts {
  readonly client: number;
  readonly quorum: number;
  readonly election: number;
  readonly admin: number;
}

/** Ports beside the usual ones, which a server of the machine's own may have. */
export const localPorts = (at: number): LocalPorts => ({
  client: 21_811 + at,
  quorum: 22_881 + at,
  election: 23_881 + at,
  admin: 18_081 + at,
});

export const LOOPBACK = '127.0.0.1';

export interface LocalOptions {
  readonly planFile: string;
  readonly ports?: (at: number) => LocalPorts;
}

/**
 * The planned ensemble on this machine alone, to try it: a folder for each server with `zoo.cfg`
 * and `data/myid`, to be started inside that folder. Every port listens on loopback.
 */
export function localEnsemble(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  { planFile, ports = localPorts }: LocalOptions,
): ConfigFile[] {
  const members = isStandalone(servers) ? [] : servers.map((one, at) => member(one, ports(at)));
  return servers.flatMap(({ id }, at) => [
    {
      path: `local/server.${id}/zoo.cfg`,
      text: keysText(
        [
          planLine(facts, planFile),
          'To try the plan on this machine: start it in this folder. All servers start at once, so after',
          'the number of voters changed, delete data/version-2 and log in all folders first.',
        ],
        [
          ...timeoutKeys(facts),
          ...limitKeys(facts),
          ...diskKeys(facts),
          WORDS,
          ...ownKeys(ports(at), isStandalone(servers)),
          ...(isStandalone(servers) ? [] : ensembleKeys(true)),
          ...members,
        ],
      ),
      merge: { kind: 'keys', keeps: [], owns: ['server.'] },
    },
    { path: `local/server.${id}/data/myid`, text: `${id}\n`, merge: { kind: 'whole' } },
  ]);
}

function ownKeys(ports: LocalPorts, isAlone: boolean): ConfigKey[] {
  const here = 'on loopback, for this machine alone';
  return [
    { key: 'dataDir', value: './data', reason: 'in this folder' },
    { key: 'dataLogDir', value: './log', reason: 'in this folder' },
    ...(isAlone
      ? [
          { key: 'clientPort', value: ports.client, reason: here },
          { key: 'clientPortAddress', value: LOOPBACK, reason: here },
        ]
      : []),
    { key: 'admin.serverAddress', value: LOOPBACK, reason: here },
    { key: 'admin.serverPort', value: ports.admin, reason: 'another one for each server' },
  ];
}

function member({ id, line, zone }: PlannedServer, ports: LocalPorts): ConfigKey {
  return {
    key: `server.${id}`,
    value: serverLineText({
      host: LOOPBACK,
      quorumPort: ports.quorum,
      electionPort: ports.election,
      role: line.role,
      clientHost: LOOPBACK,
      clientPort: ports.client,
    }),
    reason: `stands for ${line.host} in zone ${zone}`,
  };
}
