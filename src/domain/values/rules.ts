import { charsetOf } from './charset';
import { matchesPath } from './glob';
import { STEPS, type Step } from './layers';

/** How the values of some znodes are to be read. What is left out is found by content. */
export interface DecodeRule {
  /** See `matchesPath`. */
  readonly pattern: string;
  /** The outermost first; empty for values that are taken as they are. */
  readonly chain?: readonly Step[];
  /** A name that `charsetOf` gives. */
  readonly charset?: string;
  /** A language id of VS Code, or `hex` for the bytes. */
  readonly language?: string;
}

/** Longer chains and patterns are nobody's, and cost time for every value. */
const MAX_STEPS = 8;
const MAX_PATTERN_LENGTH = 1000;

/** The rules in a setting; entries that aren't as they should be are left out and named. */
export function parseRules(setting: unknown): { rules: DecodeRule[]; problems: string[] } {
  const rules: DecodeRule[] = [];
  const problems: string[] = [];
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [];
  entries.forEach((entry, i) => {
    const rule = parseRule(entry);
    if (typeof rule === 'string') problems.push(`entry ${i + 1}: ${rule}`);
    else rules.push(rule);
  });
  return { rules, problems };
}

/** The first rule whose pattern the path matches. */
export function findRule(path: string, rules: readonly DecodeRule[]): DecodeRule | undefined {
  return rules.find(({ pattern }) => matchesPath(pattern, path));
}

function parseRule(entry: unknown): DecodeRule | string {
  if (typeof entry !== 'object' || entry === null) return 'not an object';
  const { pattern, chain, charset, language } = entry as Record<string, unknown>;
  if (typeof pattern !== 'string' || pattern === '' || pattern.length > MAX_PATTERN_LENGTH) {
    return 'pattern is missing';
  }
  if (chain !== undefined && !isChain(chain)) {
    return `chain must list at most ${MAX_STEPS} of ${STEPS.join(', ')}`;
  }
  const name = typeof charset === 'string' ? charsetOf(charset) : undefined;
  if (charset !== undefined && name === undefined) return 'unknown charset';
  if (language !== undefined && typeof language !== 'string') return 'language is no text';
  return {
    pattern,
    ...(chain && { chain }),
    ...(name !== undefined && { charset: name }),
    ...(language !== undefined && { language }),
  };
}

function isChain(value: unknown): value is Step[] {
  if (!Array.isArray(value) || value.length > MAX_STEPS) return false;
  return value.every((step) => (STEPS as readonly unknown[]).includes(step));
}
