import { decodeName } from './displayName';
import { matchesWildcards } from './wildcards';

/**
 * A test for names. A pattern with `*` (any text) or `?` (any one UTF-16 unit) must match the whole
 * name, any other pattern a part of it; case doesn't matter, and an empty pattern matches all. A name
 * also passes when its percent-decoded form matches. Time grows with the name's length times the
 * pattern's, whatever their contents.
 */
export function compileFilter(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  const matches = /[*?]/.test(wanted)
    ? (text: string) => matchesWildcards(wanted, text.toLowerCase())
    : (text: string) => text.toLowerCase().includes(wanted);
  return (name) => {
    if (matches(name)) return true;
    const decoded = decodeName(name);
    return decoded !== undefined && matches(decoded);
  };
}
