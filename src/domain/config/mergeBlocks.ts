import { piecesOf } from './blocks';
import type { Kept, Merge } from './file';
import { endLine } from './text';

/**
 * Blocks in place of those of their names, new ones at the end; other blocks stay, and in blocks what
 * `keeps` leaves to a person. Undefined when there is no block of ours and none may be added.
 */
export function mergeBlocks(
  now: string,
  text: string,
  { comment, appends, keeps = [] }: Extract<Merge, { kind: 'blocks' }>,
): string | undefined {
  const written = piecesOf(text.split('\n'), comment);
  const fresh = new Map(written.map(({ name, lines }) => [name, lines]));
  const pieces = piecesOf(now.split('\n'), comment);
  const names = new Set(pieces.map(({ name }) => name));
  const isOurs = written.some(({ name }) => name !== undefined && names.has(name));
  if (!isOurs && !appends) return undefined;
  const lines = pieces.flatMap(({ name, lines: old }) => {
    const own = name === undefined ? undefined : fresh.get(name);
    return own === undefined ? old : keeps.reduce((all, one) => withKept(all, old, one), own);
  });
  const missing = written.filter(({ name }) => name !== undefined && !names.has(name));
  if (missing.length === 0) return lines.join('\n');
  const start = endLine(lines.join('\n'));
  return [start, ...missing.map((piece) => `${piece.lines.join('\n')}\n`)].join('\n');
}

/** Lines with what stands in the same place of the old ones, where both have the place. */
function withKept(
  lines: readonly string[],
  old: readonly string[],
  { below, part }: Kept,
): readonly string[] {
  const [at, was] = [lines, old].map((some) => some.findIndex((one) => one.trim() === below) + 1);
  if (!at || !was) return lines;
  const [line = '', before = ''] = [lines[at], old[was]];
  const [mine, theirs] = [part.exec(line)?.[1], part.exec(before)?.[1]];
  if (mine === undefined || theirs === undefined) return lines;
  const isNext = (one: string): boolean => one.trim() !== '' && indentOf(one) <= indentOf(before);
  const next = old.findIndex((one, index) => index > was && isNext(one));
  return [
    ...lines.slice(0, at),
    line.replace(mine, () => theirs),
    ...old.slice(was + 1, next), // where it goes on, deeper than it starts
    ...lines.slice(at + 1),
  ];
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
