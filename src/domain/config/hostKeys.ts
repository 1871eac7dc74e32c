import type { PlanFacts } from './facts';
import { type PlannedServer, PORTS } from './servers';
import { cfgNumber, cfgValue, type ZooCfg } from './zooCfgParse';
import type { ConfigKey } from './zooKeys';

// Keys that a machine may have of its own already.

/** Folders of the servers, where no file names others. */
export const DATA_DIR = '/var/lib/zookeeper/data';
export const LOG_DIR = '/var/lib/zookeeper/log';

/** Where a server listens to clients: what is there stays. */
export const PORT_KEYS = ['clientPort', 'secureClientPort'].flatMap((key) => [
  key,
  `${key}Address`,
]);

/**
 * The ports of a server alone, which must stay those of its line when it had some, and the port of
 * servers whose lines name none. Addresses stay as well: without them, ports would be open to all.
 */
export function clientPortKeys(
  servers: readonly PlannedServer[],
  isAlone: boolean,
  cfg: ZooCfg,
): ConfigKey[] {
  const { clientPort, clientHost, secureClientPort, secureClientHost } = servers[0]?.line ?? {};
  const address = cfgValue(cfg, 'clientPortAddress');
  if (isAlone) {
    const plain = clientPort ?? (secureClientPort === undefined ? PORTS.client : undefined);
    // No plan has this port: what was written once stays, as if a person had typed it.
    const secure = secureClientPort ?? cfgNumber(cfg, 'secureClientPort');
    const secureAddress = secureClientHost ?? cfgValue(cfg, 'secureClientPortAddress');
    return [
      ...portKeys('clientPort', plain, clientHost ?? address, 'for clients'),
      ...portKeys('secureClientPort', secure, secureAddress, 'for clients with TLS'),
    ];
  }
  const isNeeded =
    cfg.values.has('clientPort') && servers.some(({ line }) => line.clientPort === undefined);
  const reason = 'for clients, where a server’s line names no port';
  return isNeeded ? portKeys('clientPort', PORTS.client, address, reason) : [];
}

function portKeys(
  key: 'clientPort' | 'secureClientPort',
  port: number | undefined,
  host: string | undefined,
  reason: string,
): ConfigKey[] {
  if (port === undefined) return [];
  const address = { key: `${key}Address`, reason: 'the one address that this port is open at' };
  return [
    { key, value: port, reason },
    ...(host === undefined ? [] : [{ ...address, value: host }]),
  ];
}

/** A log folder that is new to a server with data would hide its logs, and ZooKeeper refuses to start. */
export const keepsLogsWithData = ({ values }: ZooCfg): boolean =>
  values.has('dataDir') && !values.has('dataLogDir');

export function folderKeys({ input }: PlanFacts, cfg: ZooCfg): ConfigKey[] {
  const data = { key: 'dataDir', value: DATA_DIR, reason: 'snapshots and myid' };
  if (keepsLogsWithData(cfg)) return [data];
  const reason = input.ensemble.dedicatedLogDevice
    ? 'the plan counts on a device of its own for the log: mount it here'
    : 'the log; on a device of its own, snapshots would not slow writes';
  return [data, { key: 'dataLogDir', value: LOG_DIR, reason }];
}
