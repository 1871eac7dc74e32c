import { isSameFolder } from '../folders';
import { readServerEntry } from '../serverLine';
import { cfgNumber, type CfgRange, cfgValue, type ZooCfg } from '../zooCfgParse';
import type { Finding } from './finding';
import { addKey, setValue } from './fixes';

const TOP: CfgRange = { line: 0, column: 0, endLine: 0, endColumn: 0 };
const LEAST_SNAPSHOTS = 3;
const DEFAULT_TICK = 3000;

/** What is wrong with folders, ports, sessions and housekeeping of one server. */
export function lintServer(cfg: ZooCfg): Finding[] {
  return [...folders(cfg), ...clientPort(cfg), ...purge(cfg), ...sessions(cfg)];
}

function folders(cfg: ZooCfg): Finding[] {
  const data = cfg.values.get('dataDir');
  const log = cfg.values.get('dataLogDir');
  if (data === undefined) {
    return [{ code: 'missingDataDir', args: [], severity: 'error', range: TOP }];
  }
  if (log === undefined) {
    return [{ code: 'noLogFolder', args: [], severity: 'information', range: data.keyRange }];
  }
  if (!isSameFolder(log.value, data.value)) return [];
  return [{ code: 'sameFolder', args: [], severity: 'information', range: log.valueRange }];
}

/** Two folders on one device share what they should not; one folder is another finding. */
export function lintDevice(cfg: ZooCfg): Finding[] {
  const log = cfg.values.get('dataLogDir');
  if (log === undefined || folders(cfg).length > 0) return [];
  return [{ code: 'sameDevice', args: [], severity: 'information', range: log.valueRange }];
}

function clientPort({ values }: ZooCfg): Finding[] {
  if (['clientPort', 'secureClientPort', 'dynamicConfigFile'].some((key) => values.has(key))) {
    return [];
  }
  const hasPort = [...values.values()].some(({ key, value }) => {
    const read = readServerEntry(key, value);
    if (read === undefined || read === 'unreadable') return false;
    return read.line.clientPort !== undefined || read.line.secureClientPort !== undefined;
  });
  if (hasPort) return [];
  return [{ code: 'missingClientPort', args: [], severity: 'error', range: TOP }];
}

function purge(cfg: ZooCfg): Finding[] {
  const interval = cfg.values.get('autopurge.purgeInterval');
  const kept = cfg.values.get('autopurge.snapRetainCount');
  const findings: Finding[] = [];
  if (interval === undefined || cfgNumber(cfg, interval.key) === 0) {
    findings.push({
      code: 'noPurge',
      args: [],
      severity: 'warning',
      range: interval?.valueRange ?? cfg.values.get('dataDir')?.keyRange ?? TOP,
      fix:
        interval === undefined
          ? addKey(cfg, 'autopurge.purgeInterval', '1')
          : setValue(interval, '1'),
    });
  }
  const count = cfgNumber(cfg, 'autopurge.snapRetainCount');
  if (kept !== undefined && count !== undefined && count < LEAST_SNAPSHOTS) {
    findings.push({
      code: 'fewSnapshots',
      args: [String(count)],
      severity: 'warning',
      range: kept.valueRange,
      fix: setValue(kept, String(LEAST_SNAPSHOTS)),
    });
  }
  return findings;
}

/** Defaults of QuorumPeerConfig: a tick of 3 s, sessions of 2 to 20 ticks; -1 is the default too. */
function sessions(cfg: ZooCfg): Finding[] {
  const tick = cfgNumber(cfg, 'tickTime') ?? DEFAULT_TICK;
  const given = (key: string, standard: number): number => {
    const value = cfgNumber(cfg, key) ?? -1;
    return value === -1 ? standard : value;
  };
  const least = given('minSessionTimeout', 2 * tick);
  const most = given('maxSessionTimeout', 20 * tick);
  if (least <= most) return [];
  const entry = cfg.values.get('minSessionTimeout') ?? cfg.values.get('maxSessionTimeout');
  const range = entry?.valueRange ?? TOP;
  const args = [String(least), String(most)];
  const hasBoth = cfgValue(cfg, 'minSessionTimeout') !== undefined;
  const fix = hasBoth && entry ? { fix: setValue(entry, String(Math.min(2 * tick, most))) } : {};
  return [{ code: 'sessionsReversed', args, severity: 'error', range, ...fix }];
}
