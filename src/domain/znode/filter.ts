import { decodeName } from './displayName';

/**
 * A test for names. A pattern with `*` (any text) or `?` (any one UTF-16 unit) must match the whole
 * name, any other pattern a part of it; case doesn't matter, and an empty pattern matches all. A name
 * also passes when its percent-decoded form matches. Time grows with the name's length times the
 * pattern's, whatever their contents.
 */
export function compileFilter(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  const matches = /[*?]/.test(wanted)
    ? (text: string) => matchesGlob(wanted, text.toLowerCase())
    : (text: string) => text.toLowerCase().includes(wanted);
  return (name) => {
    if (matches(name)) return true;
    const decoded = decodeName(name);
    return decoded !== undefined && matches(decoded);
  };
}

/** Greedy: on a mismatch only the last star takes one more unit, earlier ones never need to. */
function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (glob[next] === '*') {
      star = next++;
      starAt = at;
    } else if (glob[next] === '?' || glob[next] === text[at]) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  while (glob[next] === '*') next++;
  return next === glob.length;
}
