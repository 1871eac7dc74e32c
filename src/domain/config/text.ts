const MAX_TEXT = 400;

/** Any text without line breaks or other control characters, which would end a comment or string. */
export const singleLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, ' ').trim();

/** The same, no longer than a comment should be. */
export function oneLine(text: string): string {
  const line = singleLine(text);
  if (line.length <= MAX_TEXT) return line;
  return `${line.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text with exactly one line break at its end. */
export function endLine(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return `${text.slice(0, end)}\n`;
}

/** Starts each comment that is written here and may be written anew. */
export const REASON = '# [plan] ';

/** A comment with a reason. */
export const reason = (text: string): string => `${REASON}${oneLine(text)}`;

/** A string for YAML: JSON's are YAML's double-quoted ones. */
export const yamlText = (text: string): string =>
  JSON.stringify(singleLine(text)).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Text in Markdown that shows as it is. */
export const markdownText = (text: string): string =>
  oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]#|~!>]/g, '\\$&');
