import { isServerKey } from '../serverLine';
import type { CfgEntry, ZooCfg } from '../zooCfgParse';
import { type Finding, MOST_FINDINGS } from './finding';
import { removeEntry, renameKey, setValue } from './fixes';
import { BOOLEANS, isKnownKey, NUMBERS, POSITIVE, similarKey } from './keys';

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
  const wrong = lintValue(entry);
  if (wrong !== undefined) return [{ severity: 'error', range: valueRange, ...wrong }];
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

/** A value that no server starts with. */
function lintValue(entry: CfgEntry): Pick<Finding, 'code' | 'args' | 'fix'> | undefined {
  const { key, value } = entry;
  if (NUMBERS.has(key) && !/^[+-]?\d{1,15}$/.test(value)) {
    const before = /^([+-]?\d{1,15})\s*[#!]/.exec(value)?.[1];
    return before === undefined
      ? { code: 'notANumber', args: [key] }
      : { code: 'commentInValue', args: [key], fix: setValue(entry, before) };
  }
  if (POSITIVE.has(key) && Number(value) <= 0) return { code: 'notPositive', args: [key] };
  if (BOOLEANS.has(key) && !/^(true|false)$/i.test(value)) {
    const fix = BOOLEAN_WORDS.get(value.toLowerCase());
    return { code: 'notABoolean', args: [key], ...(fix && { fix: setValue(entry, fix) }) };
  }
  if (key === 'peerType' && !/^(participant|observer)$/i.test(value)) {
    return { code: 'badPeerType', args: [] };
  }
  return undefined;
}

const BOOLEAN_WORDS: ReadonlyMap<string, string> = new Map([
  ...['yes', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['no', 'off', '0'].map((word) => [word, 'false'] as const),
]);

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
