import { matchesWildcards } from '../znode/wildcards';

/**
 * Whether a path matches a pattern: `*` and `?` stand for anything within a name, `**` as a whole
 * name for any number of names. A pattern without a slash is matched with the last name alone, and
 * a leading slash is optional. Time grows with the product of both lengths, whatever they contain.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const names = path.split('/').slice(1);
  if (!pattern.includes('/')) return matchesWildcards(pattern, names.at(-1) ?? '');
  const parts = pattern.replace(/^\//, '').split('/');
  // reached[i]: the parts so far match the first i names
  let reached = names.map(() => false);
  reached.unshift(true);
  for (const part of parts) {
    const next = reached.map(() => false);
    for (let i = 0; i <= names.length; i++) {
      if (part === '**') next[i] = reached[i] === true || next[i - 1] === true;
      else if (i > 0)
        next[i] = reached[i - 1] === true && matchesWildcards(part, names[i - 1] ?? '');
    }
    reached = next;
  }
  return reached.at(-1) === true;
}
