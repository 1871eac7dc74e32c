import { randomUUID } from 'node:crypto';

/**
 * Strings, which are passed by, and integers that may not fit into a number; at most a Java long.
 * A string without an end matches too: else each quote in it would be tried, in quadratic time.
 */
const TOKENS = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|(?<![\w.+-])-?\d{16,19}(?![\w.])/g;

/**
 * Parses JSON of a server that isn't trusted. Integers that a number can't hold exactly become
 * bigints: session ids and zxids are Java longs, and Jackson writes them as plain numbers. Objects
 * have no prototype, and no key of theirs is `__proto__`.
 *
 * @throws SyntaxError when it isn't JSON, RangeError when it is nested too deeply
 */
export function parseExactJson(text: string): unknown {
  // Not guessable, or a server could pass strings off as numbers.
  const mark = `${randomUUID()}:`;
  const marked = text.replace(TOKENS, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked, (key, value: unknown) => {
    if (key === '__proto__') return undefined;
    if (typeof value === 'string' && value.startsWith(mark))
      return BigInt(value.slice(mark.length));
    return isPlainObject(value) ? withoutPrototype(value) : value;
  }) as unknown;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutPrototype(value: object): object {
  return Object.assign(Object.create(null) as object, value);
}
