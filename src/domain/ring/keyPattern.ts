/** Keys of a pattern beyond these are left out. */
export const MAX_PATTERN_KEYS = 1_000_000;

interface Part {
  readonly before: string;
  readonly from: number;
  readonly count: number;
  /** The digits that numbers are filled up to with zeros; 0 = as they are. */
  readonly width: number;
}

/** The keys of a pattern one by one: no list of a million texts unless somebody wants one. */
export interface PatternKeys {
  /** How many can be had, at most `MAX_PATTERN_KEYS`. */
  readonly count: number;
  /** How many the pattern stands for, which may be more. */
  readonly total: number;
  readonly keyAt: (index: number) => string;
}

const RANGE = /\{(\d{1,15})\.\.(\d{1,15})\}/g;

/**
 * The keys of a pattern with ranges such as `user:{1..100000}`, as shells expand them: both ends are
 * in it, `{001..100}` keeps its zeros and several ranges count the last one fastest; keys rise whichever
 * end is written first. Without a range it is one key.
 */
export function patternKeys(pattern: string): PatternKeys {
  const parts: Part[] = [];
  let end = 0;
  for (const match of pattern.matchAll(RANGE)) {
    const [text, first = '', last = ''] = match;
    const [low, high] = [Number(first), Number(last)].sort((a, b) => a - b) as [number, number];
    const isPadded = [first, last].some((digits) => digits.length > 1 && digits.startsWith('0'));
    parts.push({
      before: pattern.slice(end, match.index),
      from: low,
      count: high - low + 1,
      width: isPadded ? Math.max(first.length, last.length) : 0,
    });
    end = match.index + text.length;
  }
  const rest = pattern.slice(end);
  const total = parts.reduce((product, { count }) => product * count, 1);
  return {
    count: Math.min(total, MAX_PATTERN_KEYS),
    total,
    keyAt: (index) => {
      let left = index;
      let key = rest;
      for (const { before, from, count, width } of [...parts].reverse()) {
        key = `${before}${String(from + (left % count)).padStart(width, '0')}${key}`;
        left = Math.floor(left / count);
      }
      return key;
    },
  };
}
