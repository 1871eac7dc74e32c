/** Where something stands in a file; lines and columns count from 0, the end is exclusive. */
export interface CfgRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One `key=value` with the lines that it takes, continued ones included. */
export interface CfgEntry {
  readonly key: string;
  /** Unescaped and trimmed, as QuorumPeerConfig takes it. */
  readonly value: string;
  readonly keyRange: CfgRange;
  readonly valueRange: CfgRange;
  readonly line: number;
  readonly endLine: number;
}

/** A ZooKeeper configuration file with all that it repeats. */
export interface ZooCfg {
  /** In the order of the file. */
  readonly entries: readonly CfgEntry[];
  /** What is in effect: of a key that is repeated the last one. */
  readonly values: ReadonlyMap<string, CfgEntry>;
}

/** Longer files are no configuration. */
export const MAX_CFG_LENGTH = 1_000_000;

/**
 * Reads `zoo.cfg`, a file for `java.util.Properties`: `#` and `!` start comments, `=`, `:` or a
 * blank ends a key, a backslash at the end of a line continues it. Every text is some
 * configuration, so nothing fails; what comes after `MAX_CFG_LENGTH` characters is not read.
 */
export function parseZooCfg(text: string): ZooCfg {
  const lines = text.slice(0, MAX_CFG_LENGTH).split(/\r\n|\r|\n/);
  const entries: CfgEntry[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (NOTHING.test(line)) continue;
    const first = at;
    while (isContinued(lines[at] ?? '') && at + 1 < lines.length) at++;
    entries.push(entryOf(lines.slice(first, at + 1), first));
  }
  return { entries, values: new Map(entries.map((entry) => [entry.key, entry])) };
}

/** The value in effect. */
export const cfgValue = ({ values }: ZooCfg, key: string): string | undefined =>
  values.get(key)?.value;

/** The value in effect when it is a whole number, as ZooKeeper demands it of most keys. */
export function cfgNumber(cfg: ZooCfg, key: string): number | undefined {
  const value = cfgValue(cfg, key);
  return value !== undefined && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** An odd number of backslashes: the last one escapes the end of the line. */
function isContinued(line: string): boolean {
  let start = line.length;
  while (line[start - 1] === '\\') start--;
  return (line.length - start) % 2 === 1;
}

/** Comments, blank lines, and those that continue before anything stands there. */
const NOTHING = /^[ \t\f\ufeff]*(?:[#!]|\\?$)/;

/** Key, separator, value; a backslash keeps the next character out of the separator. */
const KEY = /^((?:\\.|[^\\=: \t\f])*)([ \t\f]*[=:]?[ \t\f]*)/s;

/** A piece of an entry: what counts of one line, and where in the line it starts. */
interface Part {
  readonly text: string;
  readonly column: number;
}

function partOf(line: string): Part {
  const column = /^[ \t\f\ufeff]*/.exec(line)?.[0].length ?? 0;
  return { text: line.slice(column, line.length - (isContinued(line) ? 1 : 0)), column };
}

/** Lines are joined first: keys may be continued as well as values. */
function entryOf(lines: readonly string[], line: number): CfgEntry {
  const parts = lines.map(partOf);
  const joined = parts.map(({ text }) => text).join('');
  const [, key = '', separator = ''] = KEY.exec(joined) ?? [];
  const start = key.length + separator.length;
  const keyStart = placeOf(parts, 0, line);
  const keyEnd = placeOf(parts, key.length, line);
  const valueStart = placeOf(parts, start, line);
  const endLine = line + lines.length - 1;
  const endColumn = (lines.at(-1) ?? '').trimEnd().length;
  return {
    key: unescape(key).trim(),
    value: unescape(joined.slice(start)).trim(),
    keyRange: { ...keyStart, endLine: keyEnd.line, endColumn: keyEnd.column },
    valueRange: {
      ...valueStart,
      endLine,
      endColumn: valueStart.line === endLine ? Math.max(valueStart.column, endColumn) : endColumn,
    },
    line,
    endLine,
  };
}

/** Where a character of the joined parts stands, at the end of a line rather than on the next. */
function placeOf(
  parts: readonly Part[],
  offset: number,
  line: number,
): { readonly line: number; readonly column: number } {
  let [before, at] = [0, 0];
  for (const { text } of parts.slice(0, -1)) {
    if (before + text.length >= offset) break;
    before += text.length;
    at++;
  }
  return { line: line + at, column: (parts[at]?.column ?? 0) + offset - before };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const unescape = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.?))/gs, (_, code?: string, plain = '') =>
    code === undefined
      ? (ESCAPES[String(plain)] ?? String(plain))
      : String.fromCharCode(parseInt(code, 16)),
  );
