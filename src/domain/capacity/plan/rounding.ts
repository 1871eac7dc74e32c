const DIGITS = 6;

/**
 * The same data with every number rounded to six significant digits. Engines differ in the last
 * bits of exp and pow; files of equal inputs must not. Infinity has no JSON and becomes null.
 */
export function rounded<T>(value: T): T {
  return roundAny(value) as T;
}

/** Up to a whole number that `rounded` leaves as it is. */
export function wholeUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) + 1 - DIGITS);
  return unit * Math.ceil(value / unit);
}

function roundAny(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
  }
  if (Array.isArray(value)) return value.map(roundAny);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, roundAny(one)]));
}
