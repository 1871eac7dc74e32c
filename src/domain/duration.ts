/** Milliseconds of each unit that may be typed. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(ms|milliseconds?)$/, 1],
  [/^(s|secs?|seconds?)$/, 1_000],
  [/^(m|mins?|minutes?)$/, 60_000],
  [/^(h|hrs?|hours?)$/, 3_600_000],
  [/^(d|days?)$/, 86_400_000],
];

/** `30 s`, `5 min`, `1.5 h`, `2 days` or `500 ms` in milliseconds, to a whole one; a unit is needed. */
export function parseDuration(text: string): number | undefined {
  const [, number = '', unit = ''] =
    /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const factor = UNITS.find(([names]) => names.test(unit.toLowerCase()))?.[1];
  return factor === undefined ? undefined : Math.round(Number(number) * factor);
}

/** The largest unit in which it is a whole number: `90 s`, `5 min`. */
export function formatDuration(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ];
  const [name, factor] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['ms', 1];
  return `${ms / factor} ${name}`;
}
