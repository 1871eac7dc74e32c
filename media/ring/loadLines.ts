/** Observed load as text: a server and its load on each line, separated by a comma or blanks. */
export function loadLines(load: Readonly<Record<string, number>>): string {
  return Object.entries(load)
    .map(([address, value]) => `${address}, ${value}`)
    .join('\n');
}

export interface ParsedLoad {
  readonly load: Readonly<Record<string, number>>;
  /** Lines that say no load. */
  readonly wrong: readonly string[];
}

export function parseLoadLines(text: string): ParsedLoad {
  const load: [string, number][] = [];
  const wrong: string[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, address = '', value = ''] = /^(.*?)[\s,;]+([\d.e+]+)$/i.exec(line) ?? [];
    const number = Number(value);
    if (address !== '' && value !== '' && number >= 0 && Number.isFinite(number)) {
      load.push([address, number]);
    } else wrong.push(line);
  }
  return { load: Object.fromEntries(load), wrong };
}
