import { isSameFolder } from '../../config/folders';
import { readServerEntry } from '../../config/serverLine';
import { cfgNumber, cfgValue, type ZooCfg } from '../../config/zooCfgParse';
import type { FoundInput } from './measuredInputs';

/** Keys whose value is an input as it stands, or times the factor. */
const KEYS: readonly (readonly [key: string, input: string, factor?: number])[] = [
  ['maxClientCnxns', 'maxClientCnxns'],
  ['globalOutstandingLimit', 'globalOutstandingLimit'],
  ['snapCount', 'snapCount'],
  ['preAllocSize', 'preAllocBytes', 1024], // in KiB
  ['autopurge.snapRetainCount', 'snapshotsKept'],
  ['autopurge.purgeInterval', 'purgeIntervalHours'],
];

/** What a `zoo.cfg` says about the inputs of a plan. */
export function cfgInputs(cfg: ZooCfg): FoundInput[] {
  const numbers = KEYS.flatMap(([key, input, factor = 1]) => {
    const value = cfgNumber(cfg, key);
    return value === undefined
      ? []
      : [{ path: ['ensemble', input], value: value * factor, from: key }];
  });
  return [...numbers, ...votersOf(cfg), ...logDeviceOf(cfg)];
}

function votersOf({ values }: ZooCfg): FoundInput[] {
  const servers = [...values.values()].flatMap(
    ({ key, value }) => readServerEntry(key, value) ?? [],
  );
  // Whether a line that can't be read is a voter is not known.
  const read = servers.filter((server) => server !== 'unreadable');
  const value = read.filter(({ line }) => line.role === 'participant').length;
  return value === 0 || read.length < servers.length
    ? []
    : [{ path: ['ensemble', 'voters'], value, from: 'server.N' }];
}

/**
 * One folder is one device. Two folders may lie on one as well, so they prove nothing: whether the
 * log has a device of its own is left to whoever knows the machine.
 */
function logDeviceOf(cfg: ZooCfg): FoundInput[] {
  const [data, log] = [cfgValue(cfg, 'dataDir'), cfgValue(cfg, 'dataLogDir')];
  if (data === undefined || data === '') return [];
  if (log !== undefined && !isSameFolder(log, data)) return [];
  return [{ path: ['ensemble', 'dedicatedLogDevice'], value: false, from: 'dataLogDir' }];
}
