const FACTORS = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1_000],
  ['mb', 1_000_000],
  ['gb', 1_000_000_000],
  ['kib', 1_024],
  ['mib', 1_048_576],
  ['gib', 1_073_741_824],
]);

/** `1000`, `10 kB`, `1.5 MB` or `2 GiB` in bytes, to a whole one. */
export function parseSize(text: string): number | undefined {
  const [, number = '', unit = ''] =
    /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = FACTORS.get(unit.toLowerCase());
  return number === '' || factor === undefined ? undefined : Math.round(Number(number) * factor);
}
