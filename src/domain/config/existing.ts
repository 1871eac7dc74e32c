import { piecesOf } from './blocks';

/** Texts of the files that are there, by path. */
export type Existing = ReadonlyMap<string, string>;

/** Our blocks in a file with marks, by name; none where the file is not ours. */
export function ownBlocks(text = ''): ReadonlyMap<string, string> {
  const pieces = piecesOf(text.split(/\r\n?|\n/), 'hash');
  return new Map(
    pieces.flatMap(({ name, lines }) =>
      name === undefined ? [] : [[name, lines.join('\n')] as const],
    ),
  );
}
