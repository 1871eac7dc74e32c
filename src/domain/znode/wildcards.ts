/**
 * Whether a whole text matches a pattern in which `*` is any text and `?` any one UTF-16 unit. Greedy:
 * on a mismatch only the last star takes one more unit, earlier ones never need to, so time grows with
 * the product of both lengths at most.
 */
export function matchesWildcards(glob: string, text: string): boolean {
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
