import type { Merge } from './file';
import { endLine, REASON } from './text';
import { type CfgEntry, MAX_CFG_LENGTH, parseZooCfg } from './zooCfgParse';
import { PLAN_KEYS } from './zooKeys';

/** An entry of what is written, with its comments. */
interface Written {
  readonly key: string;
  readonly value: string;
  readonly comments: readonly string[];
  readonly line: string;
}

/**
 * Sets the keys of `text` in `now`, each with its reason above it. Of a key that is repeated the
 * last one is set, as it is the one in effect. Keys that were written here before and are written
 * no more go, and so do those that `owns` names; a key that `keeps` names keeps its value. A key that
 * no plan writes stays, also where a person typed it in place of one of ours, below its reason.
 * Undefined for a text that is too long to be a configuration.
 */
export function mergeKeys(
  now: string,
  text: string,
  { keeps, owns, yields = {} }: Extract<Merge, { kind: 'keys' }>,
): string | undefined {
  if (now.length > MAX_CFG_LENGTH) return undefined;
  const { entries, values } = parseZooCfg(now);
  const isWanted = (key: string): boolean => {
    const other = yields[key];
    return values.has(key) || other === undefined || !values.has(other);
  };
  const written = entriesOf(text).filter(({ key }) => isWanted(key));
  const missing = new Map(written.map((one) => [one.key, one]));
  const lines = now.split('\n');
  const starts = new Map(entries.map((entry) => [entry.line, entry]));
  const out: string[] = [];
  // Lines of entries stay even where they look like a reason.
  let fixed = 0;
  const keep = (some: readonly string[]): void => {
    for (const one of some) out.push(one); // more than a call takes as arguments
    fixed = out.length;
  };
  const hasReason = (): boolean => out.length > fixed && out.at(-1)?.startsWith(REASON) === true;
  /** The reasons right above the next line. */
  const dropReasons = (): void => {
    while (hasReason()) out.pop();
  };
  for (let at = 0; at < lines.length; at++) {
    const entry = starts.get(at);
    if (entry === undefined) {
      out.push(lines[at] ?? '');
      continue;
    }
    at = entry.endLine;
    const own = lines.slice(entry.line, entry.endLine + 1);
    const fresh = missing.get(entry.key);
    if (fresh !== undefined && values.get(entry.key) === entry) {
      missing.delete(entry.key);
      dropReasons();
      keep([...fresh.comments, ...(isKept(entry, fresh, keeps) ? own : [fresh.line])]);
      continue;
    }
    const isOwned = fresh === undefined && owns.some((start) => entry.key.startsWith(start));
    const wasWritten = fresh === undefined && hasReason();
    if (wasWritten) dropReasons(); // of the key that stood here
    if (!isOwned && !(wasWritten && PLAN_KEYS.has(entry.key))) {
      keep(own);
      continue;
    }
    if (out.at(-1) === '' && (lines[at + 1] ?? '') === '') at++; // the blank line went with it
  }
  const header = HEADER.exec(text)?.[0] ?? '';
  return appended(out, [...missing.values()]).replace(HEADER, () => header);
}

/** Reasons at the top that belong to no key. */
const HEADER = /^(?:# \[plan\] .*\n)+(?=\n)/;

const isKept = (entry: CfgEntry, fresh: Written, keeps: readonly string[]): boolean =>
  entry.value === fresh.value || keeps.includes(entry.key);

function appended(lines: readonly string[], missing: readonly Written[]): string {
  if (missing.length === 0) return lines.join('\n');
  const start = endLine(lines.join('\n'));
  return (
    start + missing.map(({ comments, line }) => ['', ...comments, line, ''].join('\n')).join('')
  );
}

function entriesOf(text: string): Written[] {
  const lines = text.split('\n');
  return parseZooCfg(text).entries.map(({ key, value, line }) => {
    let first = line;
    while (lines[first - 1]?.startsWith(REASON) === true) first--;
    return { key, value, comments: lines.slice(first, line), line: lines[line] ?? '' };
  });
}
