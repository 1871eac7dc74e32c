import { isObject } from '../membership/json';
import type { RingChoices } from './choices';
import { parseChoices } from './parseChoices';

export const RING_FILE_ENDING = '.zkring.json';

/** Larger texts are no ring files. */
const MAX_LENGTH = 4 << 20;

/** What of a document is known to be a choice, in the order in which it is written. */
const FIELDS: readonly (keyof RingChoices)[] = [
  ...(['title', 'members', 'preset', 'options', 'replicas', 'distinctZones', 'keys'] as const),
  ...(['popularity', 'rates', 'load', 'whatIf'] as const),
];

export interface ReadRing {
  /** Undefined when the text is no JSON, or names no members. */
  readonly choices: RingChoices | undefined;
  /** What is wrong, as sentences; a place in the document in front where there is one. */
  readonly problems: readonly string[];
}

/** The choices in the text of a `*.zkring.json`. */
export function readRingFile(text: string): ReadRing {
  const value = parseJson(text);
  if (typeof value === 'string') return { choices: undefined, problems: [value] };
  const { choices, problems } = parseChoices(value.json);
  return { choices, problems: problems.map(({ message }) => message) };
}

/**
 * The text of a ring file with these choices. What `before` holds besides choices stays where it is,
 * and what was not chosen is left out; undefined when `before` is text that would be lost.
 */
export function writeRingFile(choices: RingChoices, before = ''): string | undefined {
  const value = before.trim() === '' ? { json: {} } : parseJson(before);
  if (typeof value === 'string' || !isObject(value.json)) return undefined;
  const written = new Map(FIELDS.flatMap((name) => fieldOf(choices, name)));
  const kept = Object.entries(value.json).flatMap(([name, old]): [string, unknown][] => {
    if (!FIELDS.includes(name as keyof RingChoices)) return [[name, old]];
    const field = written.get(name);
    written.delete(name);
    return field === undefined ? [] : [[name, field]];
  });
  return `${JSON.stringify(Object.fromEntries([...kept, ...written]), null, 2)}\n`;
}

function fieldOf(choices: RingChoices, name: keyof RingChoices): [string, unknown][] {
  if (name === 'options')
    return Object.keys(choices.options).length > 0 ? [[name, choices.options]] : [];
  if (name !== 'whatIf') return choices[name] === undefined ? [] : [[name, choices[name]]];
  const tried = Object.entries(choices.whatIf).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  return tried.length > 0 ? [[name, Object.fromEntries(tried)]] : [];
}

function parseJson(text: string): { readonly json: unknown } | string {
  if (text.length > MAX_LENGTH) return 'This file is too large to be a ring.';
  try {
    return { json: JSON.parse(text.replace(/^\ufeff/, '')) };
  } catch (error) {
    return `This is no valid JSON: ${error instanceof Error ? error.message : ''}`;
  }
}

/** The smallest replacement that makes one text another: from `start` to `end` of the old one. */
export function smallestEdit(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly text: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  // A half of a character is no place to begin or end at.
  if (isHighSurrogate(before.charCodeAt(start - 1))) start--;
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * A relative path of a file inside a folder, with `/` between its parts, or undefined for one that is
 * absolute, leads out of the folder, or has characters that no file of ours has.
 */
export function insidePath(path: string): string | undefined {
  if (path === '' || path.length > 1_000 || /[\\:\0]/.test(path) || path.startsWith('/')) {
    return undefined;
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}
