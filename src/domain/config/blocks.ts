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
  const closes = closesOf(lines, style);
  const pieces: Piece[] = [];
  let rest: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const name = nameOf(line, OPEN, style);
    const end = name === undefined ? undefined : firstAfter(closes.get(name), at);
    if (end === undefined) {
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

/** Where each block's closing marks stand, by its name, the last one first. */
function closesOf(lines: readonly string[], style: CommentStyle): Map<string, number[]> {
  const closes = new Map<string, number[]>();
  for (let at = lines.length - 1; at >= 0; at--) {
    const name = nameOf(lines[at] ?? '', CLOSE, style);
    if (name === undefined) continue;
    const places = closes.get(name);
    if (places === undefined) closes.set(name, [at]);
    else places.push(at);
  }
  return closes;
}

/** The first of the places after this one. Earlier ones go: lines are looked at in their order. */
function firstAfter(places: number[] | undefined, line: number): number | undefined {
  while ((places?.at(-1) ?? Infinity) < line) places?.pop();
  return places?.at(-1);
}

function nameOf(line: string, which: string, style: CommentStyle): string | undefined {
  const start = line.indexOf(which);
  if (start < 0) return undefined;
  const name = /^[a-z][a-z0-9-]*/.exec(line.slice(start + which.length))?.[0] ?? '';
  return line === MARKS[style](which + name) ? name : undefined;
}
