import type { CfgEntry, ZooCfg } from '../zooCfgParse';
import type { Edit, Fix } from './finding';

/** Sets the value of a key. */
export const setValue = ({ key, valueRange: range }: CfgEntry, text: string): Fix => ({
  code: 'set',
  args: [key, text],
  edits: [{ range, text }],
});

/** Adds a key below the last one. */
export function addKey({ entries }: ZooCfg, key: string, value: string): Fix {
  const last = entries.at(-1);
  const line = last?.endLine ?? 0;
  const column = last?.valueRange.endColumn ?? 0;
  const text = last === undefined ? `${key}=${value}\n` : `\n${key}=${value}`;
  const at = { line, column, endLine: line, endColumn: column };
  return { code: 'add', args: [key, value], edits: [{ range: at, text }] };
}

/** Removes all lines of an entry. */
export const removeEntry = (entry: CfgEntry): Fix => ({
  code: 'remove',
  args: [entry.key],
  edits: [lineEdit(entry)],
});

export const renameKey = ({ key, keyRange: range }: CfgEntry, name: string): Fix => ({
  code: 'rename',
  args: [key, name],
  edits: [{ range, text: name }],
});

const lineEdit = ({ line, endLine }: CfgEntry): Edit => ({
  range: { line, column: 0, endLine: endLine + 1, endColumn: 0 },
  text: '',
});
