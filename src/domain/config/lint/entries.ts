import { isServerKey } from '../serverLine';
import type { CfgEntry, ZooCfg } from '../zooCfgParse';
import { type Finding, MOST_FINDINGS } from './finding';
import { removeEntry, renameKey, setValue } from './fixes';
import { isKnownKey, NUMBERS, similarKey } from './keys';

/** What is wrong with single lines, at most as many of a kind as are of use. */
export function lintEntries(cfg: ZooCfg): Finding[] {
  const findings: Finding[] = [];
  for (const entry of cfg.entries) {
    // Similar keys take a while to find.
    if (findings.length >= MOST_FINDINGS) break;
    findings.push(...lintEntry(entry));
  }
  return [...findings, ...repeated(cfg)];
}

function lintEntry(entry: CfgEntry): Finding[] {
  const { key, value, keyRange, valueRange } = entry;
  if (NUMBERS.has(key) && !/^[+-]?\d{1,15}$/.test(value)) {
    return [{ code: 'notANumber', args: [key], severity: 'error', range: valueRange }];
  }
  if (key === 'jute.maxbuffer') {
    // Anything else unknown becomes a system property with the prefix zookeeper; this one has none.
    return [{ code: 'notInThisFile', args: [value], severity: 'warning', range: keyRange }];
  }
  if (key === 'forceSync' && value === 'no') {
    const fix = setValue(entry, 'yes');
    return [{ code: 'unsafeSync', args: [], severity: 'warning', range: valueRange, fix }];
  }
  if (key === 'skipACL' && value === 'yes') {
    const fix = setValue(entry, 'no');
    return [{ code: 'noAcl', args: [], severity: 'warning', range: valueRange, fix }];
  }
  if (isKnownKey(key)) return [];
  const similar = similarKey(key);
  const range = keyRange;
  return similar === undefined
    ? [{ code: 'unknownKey', args: [key], severity: 'information', range }]
    : [
        {
          code: 'similarKey',
          args: [key, similar],
          severity: 'warning',
          range,
          fix: renameKey(entry, similar),
        },
      ];
}

/** All but the last of a repeated key have no effect. */
function repeated({ entries, values }: ZooCfg): Finding[] {
  return entries
    .filter((entry) => values.get(entry.key) !== entry)
    .slice(0, MOST_FINDINGS)
    .map((entry) => ({
      code: 'repeatedKey',
      args: [entry.key, values.get(entry.key)?.value ?? ''],
      severity: isServerKey(entry.key) ? 'error' : 'warning',
      range: entry.keyRange,
      fix: removeEntry(entry),
    }));
}
