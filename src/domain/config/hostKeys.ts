import type { PlanFacts } from './facts';
import { type PlannedServer, PORTS } from './servers';
import type { ZooCfg } from './zooCfgParse';
import type { ConfigKey } from './zooKeys';

// Keys that a machine may have of its own already.

/** Folders of the servers, where no file names others. */
export const DATA_DIR = '/var/lib/zookeeper/data';
export const LOG_DIR = '/var/lib/zookeeper/log';
/**
 * The port of a server alone, which must stay that of its line when it had one, and of servers whose
 * lines name none.
 */
export function clientPortKeys(
  servers: readonly PlannedServer[],
  isAlone: boolean,
  { values }: ZooCfg,
): ConfigKey[] {
  if (isAlone) {
    const value = servers[0]?.line.clientPort ?? PORTS.client;
    return [{ key: 'clientPort', value, reason: 'for clients' }];
  }
  const isNeeded =
    values.has('clientPort') && servers.some(({ line }) => line.clientPort === undefined);
  const reason = 'for clients, where a server’s line names no port';
  return isNeeded ? [{ key: 'clientPort', value: PORTS.client, reason }] : [];
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
