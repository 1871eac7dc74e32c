const LARGE_UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A byte count (integer from 0) in SI units: `1 byte`, `999 bytes`, `1.2 kB`, `3.4 MB`. */
export function formatBytes(count: number): string {
  if (count < 1000) return count === 1 ? '1 byte' : `${count} bytes`;
  let value = count;
  let unit = '';
  for (unit of LARGE_UNITS) {
    value /= 1000;
    if (value < 999.95) break;
  }
  return `${value.toFixed(1).replace('.0', '')} ${unit}`;
}

/** An integer with its thousands in groups: `5,000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A transaction id as the server logs it: `0x1a0000002f`. */
export function formatZxid(zxid: bigint): string {
  return hex64(zxid);
}

/** A transaction id is the epoch of its leader and that leader's count of transactions, 32 bits each. */
export function splitZxid(zxid: bigint): { epoch: number; counter: number } {
  const bits = BigInt.asUintN(64, zxid);
  return { epoch: Number(bits >> 32n), counter: Number(bits & 0xffff_ffffn) };
}

/** A session id as the server logs it: `0x100000f6b3d0000`. The id is signed on the wire. */
export function formatSessionId(sessionId: bigint): string {
  return hex64(sessionId);
}

/** Like Java's `Long.toHexString`: two's complement, no padding. */
function hex64(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`;
}

/** A unit of `Intl.RelativeTimeFormat`. */
export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Largest first; months and years are mean Gregorian ones. */
const UNIT_MS: readonly (readonly [TimeUnit, number])[] = [
  ['year', 365.2425 * DAY_MS],
  ['month', (365.2425 / 12) * DAY_MS],
  ['day', DAY_MS],
  ['hour', 60 * MINUTE_MS],
  ['minute', MINUTE_MS],
];

/**
 * How far a time is from now, in whole units of the largest unit that fits at least once. Negative
 * for the past, as `Intl.RelativeTimeFormat` takes it; 0 seconds for less than a second either way.
 */
export function relativeTime(thenMs: number, nowMs: number): { value: number; unit: TimeUnit } {
  const differenceMs = thenMs - nowMs;
  const [unit, unitMs] = UNIT_MS.find(([, ms]) => Math.abs(differenceMs) >= ms) ?? [
    'second' as const,
    1000,
  ];
  return { value: Math.trunc(differenceMs / unitMs) + 0, unit };
}
