/** More levels are not indented further, or deep nesting would make a huge text of a small one. */
const MAX_INDENT = 50;

/**
 * Comment, CDATA section, processing instruction, declaration with its subset, tag, or text. What
 * begins like one of them matches no other, so nothing is looked through twice.
 */
const TOKEN =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!(?!--|\[)[^>[]*(?:\[[^\]]*\]\s*)?>|<(?![!?])[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>|[^<]+/y;

/**
 * XML with one tag to a line, or undefined when tags don't match. An element with nothing but text
 * stays in one line; white space around other text is lost.
 */
export function formatXml(text: string): string | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const lines: string[] = [];
  const open: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const name = /^<\/?([^\s/>!?]+)/.exec(token)?.[1];
    const isEnd = token.startsWith('</');
    if (isEnd && open.pop() !== name) return undefined;
    const indent = '  '.repeat(Math.min(open.length, MAX_INDENT));
    const isStart = name !== undefined && !isEnd && !token.endsWith('/>');
    const inline = isStart ? inlineAt(tokens, i, name) : undefined;
    if (inline === undefined) {
      lines.push(indent + token);
      if (isStart) open.push(name);
    } else {
      lines.push(indent + inline.join(''));
      i += inline.length - 1;
    }
  }
  return open.length === 0 && lines.length > 0 ? `${lines.join('\n')}\n` : undefined;
}

/** The tokens of an element that holds one text, or nothing. */
function inlineAt(tokens: readonly string[], at: number, name: string): string[] | undefined {
  const isEnd = (token = ''): boolean => /^<\/([^\s>]+)/.exec(token)?.[1] === name;
  if (isEnd(tokens[at + 1])) return tokens.slice(at, at + 2);
  return !tokens[at + 1]?.startsWith('<') && isEnd(tokens[at + 2])
    ? tokens.slice(at, at + 3)
    : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const expression = new RegExp(TOKEN);
  let end = 0;
  while (end < text.length) {
    const [token] = expression.exec(text) ?? [];
    if (token === undefined) return undefined;
    end = expression.lastIndex;
    if (token.trim() !== '') tokens.push(token.trim());
  }
  return tokens;
}
