/**
 * Characters that a name could use to look like another one: controls, bidirectional and other
 * format characters, line separators, private use, lone surrogates, and what renders as nothing.
 */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A name as labels show it: deceptive characters as `\u{202e}`, at most `limit` UTF-16 units. */
export function displayName(name: string, limit = 200): string {
  return shorten(escapeDeceptive(name), limit);
}

/**
 * The percent-decoded form of a name, deceptive characters as `\u{202e}`, of unbounded length.
 * Undefined when nothing is encoded or the encoding is malformed. A `+` stays a plus.
 */
export function decodeName(name: string): string | undefined {
  if (!name.includes('%')) return undefined;
  try {
    return escapeDeceptive(decodeURIComponent(name));
  } catch {
    return undefined;
  }
}

/**
 * At most `limit` (at least 3) UTF-16 units of a text, with `…` in the place of its middle: a sequence
 * number at the end of a name stays visible. Never halves a surrogate pair.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = (limit - 1) >> 1;
  let headEnd = limit - 1 - tail;
  let tailStart = text.length - tail;
  if (isHighSurrogate(text.charCodeAt(headEnd - 1))) headEnd--;
  if (isHighSurrogate(text.charCodeAt(tailStart - 1))) tailStart++;
  return `${text.slice(0, headEnd)}…${text.slice(tailStart)}`;
}

function escapeDeceptive(text: string): string {
  return text.replace(DECEPTIVE, (found) => `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A UUID that begins a name, as Curator (`_c_<uuid>-lock-…`) and kazoo (`<uuid>__lock__…`) put it. */
const LEADING_UUID = /^(?:_c_)?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?:-|__)?/i;

/** A name without the UUID that begins it, `…lock-0000000003`: what tells siblings apart stays in sight. */
export function withoutLeadingId(name: string): string {
  return name.replace(LEADING_UUID, '…');
}
