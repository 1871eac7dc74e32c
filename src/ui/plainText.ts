/** The longest piece of foreign text that is worth showing in one line, in UTF-16 units. */
const MAX_LENGTH = 300;
/** More lines than this no message box has room for. */
const MAX_LINES = 30;

/**
 * Text from outside as VS Code shall show it: literally. Labels render `$(icon)` and messages render
 * `[text](command:…)`, so a zero-width space parts the two characters that start either of them.
 */
export function plainText(text: string): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/([$\]])(?=\()/g, '$1\u200b');
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean;
}

/** The same for a text of several lines, each of which is ours with foreign text within. */
export function plainLines(text: string): string {
  return text.split('\n', MAX_LINES).map(plainText).join('\n');
}

/** The same for Markdown: every character that it could read is escaped, lines are joined. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@/]/g, '\\$&');
}
