import type { CommentStyle } from './file';

/** Marks around what is written anew, for files in which a person may write too. */
const MARKS: Readonly<Record<CommentStyle, (mark: string) => string>> = {
  hash: (mark) => `# ${mark}`,
  html: (mark) => `<!-- ${mark} -->`,
};
const OPEN = '>>> ZooKeeper Workbench: ';
const CLOSE = '<<< ZooKeeper Workbench: ';

/** Lines between the marks of this name, with a line break at the end. */
export function block(style: CommentStyle, name: string, lines: readonly string[]): string {
  const mark = MARKS[style];
  return [mark(OPEN + name), ...lines, mark(CLOSE + name), ''].join('\n');
}

/** A piece of a text: a block with its name, or what a person wrote. */
export interface Piece {
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

/** Divides lines into blocks and the rest; a block that is not closed is the rest. */
export function piecesOf(lines: readonly string[], style: CommentStyle): Piece[] {
  const mark = MARKS[style];
  const pieces: Piece[] = [];
  let rest: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const name = nameOf(line, style);
    const end = name === undefined ? -1 : lines.indexOf(mark(CLOSE + name), at);
    if (end < 0) {
      rest.push(line);
      continue;
    }
    if (rest.length > 0) pieces.push({ name: undefined, lines: rest });
    rest = [];
    pieces.push({ name, lines: lines.slice(at, end + 1) });
    at = end;
  }
  if (rest.length > 0) pieces.push({ name: undefined, lines: rest });
  return pieces;
}

function nameOf(line: string, style: CommentStyle): string | undefined {
  const start = line.indexOf(OPEN);
  if (start < 0) return undefined;
  const name = /^[a-z][a-z0-9-]*/.exec(line.slice(start + OPEN.length))?.[0] ?? '';
  return line === MARKS[style](OPEN + name) ? name : undefined;
}
