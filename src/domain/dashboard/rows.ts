import { type EnsembleSample, roleOf, sampleOf, type ShownRole } from '../metrics/ensembleSample';
import type { EnsembleWindow } from '../metrics/ensembleWindow';
import { CHARTS, chartTotal, chartValue, isPartial } from './charts';

/** A sample of an ensemble, and what happened since the one before. */
export interface Reading {
  readonly sample: EnsembleSample;
  readonly window: EnsembleWindow | undefined;
}

/**
 * All values of one moment. `values` has a run of all charts for the whole ensemble and then one for
 * each server, NaN where nothing is known; servers that come later make later rows longer.
 */
export interface Row {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly values: Float64Array;
  /** Whether the sum of reads lacks a server. */
  readonly isPartial: boolean;
}

/** More servers than this are not drawn. */
export const MOST_SERVERS = 24;
export const HOUR_MS = 3_600_000;
/** An hour at the shortest interval. */
export const MOST_ROWS = 1_800;

/** The value of a chart; `server` -1 is the whole ensemble. */
export function valueAt({ values }: Row, chart: number, server: number): number {
  return values[(server + 1) * CHARTS.length + chart] ?? NaN;
}

/** Rows of the last hour, and the servers that they are about in the order of their first sight. */
export class Rows {
  readonly servers: string[] = [];
  private kept: Row[] = [];
  private readonly roles = new WeakMap<Row, readonly (ShownRole | undefined)[]>();

  get all(): readonly Row[] {
    return this.kept;
  }

  get last(): Row | undefined {
    return this.kept.at(-1);
  }

  /** What a server was then; undefined where it was no member. */
  roleAt(row: Row, server: number): ShownRole | undefined {
    return this.roles.get(row)?.[server];
  }

  /** Adds what a reading says; one that is not newer than the last is passed by. */
  add({ sample, window }: Reading): Row | undefined {
    if (sample.at <= (this.last?.at ?? -Infinity)) return undefined;
    for (const { address } of sample.members) {
      const isNew = !this.servers.includes(address);
      if (isNew && this.servers.length < MOST_SERVERS) this.servers.push(address);
    }
    const values = new Float64Array((this.servers.length + 1) * CHARTS.length).fill(NaN);
    CHARTS.forEach((id, chart) => (values[chart] = chartTotal(id, window)));
    for (const member of sample.members) {
      const server = this.servers.indexOf(member.address);
      const answered = sampleOf(member);
      if (server < 0 || answered === undefined) continue;
      const since = window?.servers.get(member.address);
      CHARTS.forEach((id, chart) => {
        values[(server + 1) * CHARTS.length + chart] = chartValue(id, answered, since);
      });
    }
    const row = { at: sample.at, values, isPartial: isPartial(sample, window) };
    const roles = new Map(sample.members.map((member) => [member.address, roleOf(member)]));
    this.roles.set(
      row,
      this.servers.map((address) => roles.get(address)),
    );
    this.kept = trimmed([...this.kept, row]);
    return row;
  }
}

/** Rows on their way to a page: one buffer instead of many. */
export interface PackedRows {
  readonly times: Float64Array;
  /** Rows one after another, each `width` long; NaN fills up the shorter ones. */
  readonly values: Float64Array;
  readonly width: number;
  /** Indexes of the rows that are partial. */
  readonly partial: readonly number[];
}

export function packed(rows: readonly Row[]): PackedRows {
  const width = Math.max(0, ...rows.map(({ values }) => values.length));
  const values = new Float64Array(rows.length * width).fill(NaN);
  rows.forEach((row, i) => values.set(row.values, i * width));
  const partial = rows.flatMap(({ isPartial }, i) => (isPartial ? i : []));
  return { times: Float64Array.from(rows, ({ at }) => at), values, width, partial };
}

export function unpacked({ times, values, width, partial }: PackedRows): Row[] {
  const isPartial = new Set(partial);
  return Array.from(times, (at, i) => ({
    at,
    values: values.slice(i * width, (i + 1) * width),
    isPartial: isPartial.has(i),
  }));
}

/** The rows of the last hour before the newest. */
export function trimmed(rows: readonly Row[]): Row[] {
  const oldest = (rows.at(-1)?.at ?? 0) - HOUR_MS;
  const first = rows.findIndex(({ at }) => at >= oldest);
  return rows.slice(Math.max(first, rows.length - MOST_ROWS));
}
