import type { ConfigFile } from './file';
import { mergeBlocks } from './mergeBlocks';
import { mergeJson } from './mergeJson';
import { mergeKeys } from './mergeKeys';

/**
 * The text of a file after it was written: what a person wrote in it stays, and a second time
 * nothing changes. Undefined when the file that is there is not one of ours and has no place for
 * what is written. Line ends and a byte order mark stay those of the file.
 */
export function merge(existing: string | undefined, generated: ConfigFile): string | undefined {
  const { text, merge: how } = generated;
  if (existing === undefined || existing.trim() === '') return text;
  const mark = existing.startsWith('\ufeff') ? '\ufeff' : '';
  const lineEnd = existing.includes('\r\n') ? '\r\n' : '\n';
  const now = existing.slice(mark.length).replace(/\r\n?/g, '\n');
  const merged = mergeText(now, text, how);
  if (merged === undefined) return undefined;
  // Lone mixed line ends are left alone where nothing changes.
  if (merged === now) return existing;
  return mark + (lineEnd === '\n' ? merged : merged.replace(/\n/g, lineEnd));
}

function mergeText(now: string, text: string, how: ConfigFile['merge']): string | undefined {
  switch (how.kind) {
    case 'keys':
      return mergeKeys(now, text, how);
    case 'blocks':
      return mergeBlocks(now, text, how);
    case 'json':
      return mergeJson(now, text);
    case 'whole':
      return now.trim() === text.trim() ? now : text;
  }
}
