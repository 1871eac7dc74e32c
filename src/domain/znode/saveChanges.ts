/** What an editor does to a text on its own when it saves. */
export type SaveChange =
  | { readonly kind: 'byteOrderMark' | 'finalLineEnd' | 'finalLineEndsTrimmed' }
  | { readonly kind: 'trailingSpaces' | 'formatting'; readonly lines: number };

const BYTE_ORDER_MARK = '\ufeff';

/**
 * What differs between the text that the user saved and the one that is to be written; empty when
 * nothing does. `lines` counts lines that differ.
 */
export function saveChanges(before: string, after: string): SaveChange[] {
  const changes: SaveChange[] = [];
  const hasMark = (text: string): boolean => text.startsWith(BYTE_ORDER_MARK);
  if (hasMark(after) && !hasMark(before)) changes.push({ kind: 'byteOrderMark' });
  const [old, now] = [before, after].map((text) => splitEnd(text.replace(BYTE_ORDER_MARK, '')));
  if (!old || !now) return changes;
  if (now.end > old.end) changes.push({ kind: 'finalLineEnd' });
  if (now.end < old.end) changes.push({ kind: 'finalLineEndsTrimmed' });

  const differing = old.lines.filter((line, i) => line !== now.lines[i]).length;
  const onlySpaces =
    old.lines.length === now.lines.length &&
    old.lines.every((line, i) => [line, line.trimEnd()].includes(now.lines[i] ?? ''));
  if (onlySpaces && differing > 0) changes.push({ kind: 'trailingSpaces', lines: differing });
  else if (!onlySpaces)
    changes.push({ kind: 'formatting', lines: changedLines(old.lines, now.lines) });
  if (changes.length === 0 && before !== after) changes.push({ kind: 'formatting', lines: 0 });
  return changes;
}

/** How many lines lie between the first and the last that differ. */
function changedLines(old: readonly string[], now: readonly string[]): number {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start++;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return Math.max(old.length, now.length) - start - end;
}

/** The lines, without the empty ones at the end, and how many line ends stand there. */
function splitEnd(text: string): { readonly lines: string[]; readonly end: number } {
  const lines = text.split(/\r\n|\r|\n/);
  let end = 0;
  while (lines.length > 1 && lines.at(-1) === '') {
    lines.pop();
    end++;
  }
  return { lines, end };
}
