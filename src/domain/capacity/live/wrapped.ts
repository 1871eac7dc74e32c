/** What half a window of 1,400 pixels shows without scrolling sideways. */
const WIDTH = 68;

/** A line broken between its words where it gets too wide; what follows is indented. */
export function wrapped(line: string, indent: number, width = WIDTH): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    // A word that is wider than the text stays whole.
    const end = blank > indent ? blank : rest.indexOf(' ', width);
    if (end < 0) break;
    lines.push(rest.slice(0, end));
    rest = `${' '.repeat(indent)}${rest.slice(end + 1)}`;
  }
  return [...lines, rest].join('\n');
}
