import { parseServerLine, serverId } from '../../config/serverLine';
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
  const servers = [...values.values()].flatMap(({ key, value }) =>
    serverId(key) === undefined ? [] : (parseServerLine(value) ?? []),
  );
  const value = servers.filter(({ role }) => role === 'participant').length;
  return value === 0 ? [] : [{ path: ['ensemble', 'voters'], value, from: 'server.N' }];
}

function logDeviceOf(cfg: ZooCfg): FoundInput[] {
  const [data, log] = [cfgValue(cfg, 'dataDir'), cfgValue(cfg, 'dataLogDir')];
  if (data === undefined) return [];
  const value = log !== undefined && log !== data;
  return [{ path: ['ensemble', 'dedicatedLogDevice'], value, from: 'dataLogDir' }];
}
