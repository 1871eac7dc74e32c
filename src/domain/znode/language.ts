/** A language id of VS Code, as far as values of znodes are highlighted. */
export type ValueLanguage = 'json' | 'yaml' | 'xml' | 'properties' | 'shellscript' | 'plaintext';

const EXTENSIONS: readonly (readonly [ValueLanguage, readonly string[]])[] = [
  ['json', ['json', 'jsonc', 'json5', 'geojson']],
  ['yaml', ['yaml', 'yml']],
  ['xml', ['xml', 'xsd', 'xsl', 'xslt', 'svg', 'wsdl']],
  ['properties', ['properties', 'conf', 'cfg', 'cnf', 'ini', 'env']],
  ['shellscript', ['sh', 'bash', 'zsh', 'ksh']],
  ['plaintext', ['txt']],
];

/** UTF-16 units of a text that are looked at. */
const LOOK_LENGTH = 65_536;

/** This part of the lines must look like the language. */
const LINE_SHARE = 0.8;

/**
 * The language of a znode's value: by the extension of its name, otherwise by the text. A guess,
 * made in time linear in the part looked at; it never throws.
 */
export function guessLanguage(name: string, text: string): ValueLanguage {
  return languageOfName(name) ?? languageOfText(text);
}

function languageOfName(name: string): ValueLanguage | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  const extension = name.slice(dot + 1).toLowerCase();
  return EXTENSIONS.find(([, extensions]) => extensions.includes(extension))?.[0];
}

function languageOfText(text: string): ValueLanguage {
  const head = text.slice(0, LOOK_LENGTH).trimStart();
  const tail = text.slice(-LOOK_LENGTH).trimEnd();
  if (head.startsWith('#!')) return isShell(head) ? 'shellscript' : 'plaintext';
  if (isJson(head, tail)) return 'json';
  if (/^<[?!a-z_]/i.test(head) && tail.endsWith('>')) return 'xml';
  if (/^(?:---(?:\s|$)|%YAML )/.test(head)) return 'yaml';
  const lines = linesOf(head, text.length > LOOK_LENGTH);
  if (isProperties(lines)) return 'properties';
  return isYaml(lines) ? 'yaml' : 'plaintext';
}

function isShell(head: string): boolean {
  return /\b(?:ba|da|k|z)?sh\b/.test(head.slice(0, 200).split('\n', 1)[0] ?? '');
}

function isJson(head: string, tail: string): boolean {
  const inside = head.slice(1).trimStart();
  if (head.startsWith('{')) return /^["}]/.test(inside) && tail.endsWith('}');
  if (!head.startsWith('[') || !tail.endsWith(']')) return false;
  return /^(?:["{[\]\d-]|true\b|false\b|null\b)/.test(inside);
}

/** The lines that say something: not blank, no comment, not cut off by the limit. */
function linesOf(head: string, isCut: boolean): string[] {
  const lines = head.split(/\r\n|\n|\r/);
  if (isCut) lines.pop();
  return lines.filter((line) => !/^\s*(?:[#!;]|$)/.test(line));
}

/** `key=value` lines and `[section]` headings, at least one with a value. */
function isProperties(lines: readonly string[]): boolean {
  const isHeading = (line: string): boolean => line.startsWith('[') && line.trimEnd().endsWith(']');
  const values = lines.map(propertyValue);
  const matching = lines.filter((line, i) => values[i] !== undefined || isHeading(line));
  return values.some(Boolean) && matching.length >= lines.length * LINE_SHARE;
}

function propertyValue(line: string): string | undefined {
  const equals = line.indexOf('=');
  if (equals < 0 || line[equals + 1] === '=') return undefined;
  return isKey(line.slice(0, equals).trim()) ? line.slice(equals + 1).trim() : undefined;
}

/** `key: value` lines, list items and what is indented below them; two lines at least. */
function isYaml(lines: readonly string[]): boolean {
  const keyed = lines.filter(hasYamlKey).length;
  const matching = lines.filter((line) => hasYamlKey(line) || /^(?:\s|- )/.test(line)).length;
  return lines.length > 1 && keyed > 0 && matching >= lines.length * LINE_SHARE;
}

function hasYamlKey(line: string): boolean {
  const content = line.trim().replace(/^- +/, '');
  const colon = content.indexOf(': ');
  if (colon < 0) return content.endsWith(':') && isKey(content.slice(0, -1));
  return isKey(content.slice(0, colon).replace(/^"([^"]*)"$/, '$1'));
}

function isKey(text: string): boolean {
  return /^[\w.$[\]/-]+$/.test(text);
}
