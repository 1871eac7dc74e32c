import type { Band } from '../../src/domain/dashboard/bands';
import { type Row, valueAt } from '../../src/domain/dashboard/rows';

/** How many minutes the charts go back. */
export type Span = 5 | 15 | 60;

/** A line is broken where that many intervals passed without a sample. */
const GAP_INTERVALS = 3;
/** A band that lies this many times above all values is only named, or they would be a flat line. */
const NEAR = 4;

/** From when to when the charts go: the span, and no more than there is, but two minutes at least. */
export function timesOf(rows: readonly Row[], span: Span): [from: number, to: number] {
  const to = rows.at(-1)?.at ?? 0;
  const first = rows[0]?.at ?? to;
  const length = Math.min(span * 60_000, Math.max(to - first, 120_000));
  return [to - length, to];
}

/** The index of the first row at or after a time. */
export function firstAfter(rows: readonly Row[], time: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the row that is nearest to a time; -1 when there are none. */
export function nearestRow(rows: readonly Row[], time: number): number {
  const after = firstAfter(rows, time);
  const [a, b] = [rows[after - 1], rows[after]];
  if (!a || !b) return a ? after - 1 : b ? after : -1;
  return time - a.at < b.at - time ? after - 1 : after;
}

/**
 * Runs of row indexes between which a line is drawn: it breaks where a value is missing and where
 * nobody looked for a while.
 */
export function runsOf(
  rows: readonly Row[],
  from: number,
  isKnown: (row: Row) => boolean,
  intervalMs: number,
): [first: number, last: number][] {
  const runs: [number, number][] = [];
  let run: [number, number] | undefined;
  for (let i = Math.max(0, from); i < rows.length; i++) {
    const row = rows[i];
    if (!row || !isKnown(row)) {
      run = undefined;
      continue;
    }
    const before = rows[i - 1];
    const isGap = before !== undefined && row.at - before.at > GAP_INTERVALS * intervalMs;
    if (run && !isGap) run[1] = i;
    else runs.push((run = [i, i]));
  }
  return runs;
}

/** Whether there is anything to draw from a row on. */
export function hasValues(
  rows: readonly Row[],
  from: number,
  { chart, servers }: { readonly chart: number; readonly servers: readonly number[] },
): boolean {
  for (let i = Math.max(0, from); i < rows.length; i++) {
    const row = rows[i];
    if (row && servers.some((server) => !Number.isNaN(valueAt(row, chart, server)))) return true;
  }
  return false;
}

/** Where the y axis of a chart ends: above all its values, and above bands that are near them. */
export function topOf(
  rows: readonly Row[],
  from: number,
  { chart, servers }: { readonly chart: number; readonly servers: readonly number[] },
  band: Band | undefined,
): number {
  let most = 0;
  for (let i = Math.max(0, from); i < rows.length; i++) {
    const row = rows[i];
    if (!row) continue;
    for (const server of servers) {
      const value = valueAt(row, chart, server);
      if (value > most) most = value;
    }
  }
  const marks = [band?.high, band?.limit].filter((mark) => mark !== undefined);
  const near = marks.filter((mark) => most === 0 || mark <= NEAR * most);
  return 1.1 * Math.max(most, ...near) || 1;
}

/** Points of a line in pixels, by index. */
export interface Points {
  readonly xOf: (index: number) => number;
  readonly yOf: (index: number) => number;
}

/**
 * A line with no more points than one can see: the first, the last, and of each `step` pixels the
 * lowest and the highest in their order. An hour has several samples for each pixel.
 */
export function thinned(
  [first, last]: readonly [first: number, last: number],
  { xOf, yOf }: Points,
  step: number,
  emit: (x: number, y: number) => void,
): void {
  emit(xOf(first), yOf(first));
  let [least, most] = [first, first];
  let end = xOf(first) + step;
  const flush = (): void => {
    const [a, b] = least < most ? [least, most] : [most, least];
    emit(xOf(a), yOf(a));
    if (b !== a) emit(xOf(b), yOf(b));
  };
  for (let i = first + 1; i <= last; i++) {
    if (xOf(i) >= end) {
      flush();
      [least, most] = [i, i];
      end = xOf(i) + step;
    } else if (yOf(i) < yOf(least)) least = i;
    else if (yOf(i) > yOf(most)) most = i;
  }
  flush();
  emit(xOf(last), yOf(last));
}
