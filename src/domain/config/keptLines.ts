import { REASON } from './text';
import { parseZooCfg } from './zooCfgParse';

/** The lines of these keys as they stand in a file, with the reasons that were written above them. */
export function keptLines(text: string, isOne: (key: string) => boolean): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return parseZooCfg(text)
    .entries.filter(({ key }) => isOne(key))
    .flatMap(({ line, endLine }) => {
      let first = line;
      while (lines[first - 1]?.startsWith(REASON) === true) first--;
      return lines.slice(first, endLine + 1);
    });
}
