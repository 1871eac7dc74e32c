/** More levels are not indented further, or deep nesting would make a huge text of a small one. */
const MAX_INDENT = 50;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON with one member or element to a line, or undefined when it is none. Only white space differs:
 * numbers, escapes, the order of members and repeated ones stay as they are.
 */
export function formatJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const isClosing = token === '}' || token === ']';
    const isEmpty = isClosing && (last === '{' || last === '[');
    if (isClosing) depth--;
    if (last === ':') parts.push(' ');
    else if (last !== '' && token !== ',' && token !== ':' && !isEmpty) {
      if (last === ',' || last === '{' || last === '[' || isClosing) parts.push(newLine(depth));
    }
    parts.push(token);
    if (token === '{' || token === '[') depth++;
    last = token;
  }
  return `${parts.join('')}\n`;
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, MAX_INDENT))}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
