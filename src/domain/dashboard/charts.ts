import type { Unit } from '../capacity/result';
import type { EnsembleSample } from '../metrics/ensembleSample';
import type { EnsembleWindow } from '../metrics/ensembleWindow';
import type { ServerSample } from '../metrics/sample';
import type { ServerWindow } from '../metrics/serverWindow';

/** The charts of the dashboard, in their order on the page and in a row of values. */
export const CHARTS = [
  'writes',
  'reads',
  'writeTime',
  'readTime',
  'fsyncTime',
  'batch',
  'outstanding',
  'connections',
  'znodes',
  'dataBytes',
  'elections',
] as const;

export type ChartId = (typeof CHARTS)[number];

/** Times are in seconds; `1` is a count. */
export const CHART_UNITS: Readonly<Record<ChartId, Unit>> = {
  writes: '1/s',
  reads: '1/s',
  writeTime: 's',
  readTime: 's',
  fsyncTime: 's',
  batch: '1',
  outstanding: '1',
  connections: '1',
  znodes: '1',
  dataBytes: 'B',
  elections: '1',
};

type Pick = (sample: ServerSample, window: ServerWindow | undefined) => number | undefined;

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : ms / 1000;

/** What a chart shows of one server: means and rates over the window, or what is so at its end. */
const VALUES: Readonly<Record<ChartId, Pick>> = {
  writes: (_, window) => window?.writes,
  reads: (_, window) => window?.reads,
  writeTime: (_, window) => seconds(window?.writeMs),
  readTime: (_, window) => seconds(window?.readMs),
  fsyncTime: (_, window) => seconds(window?.fsyncMs),
  batch: (_, window) => window?.batch,
  outstanding: ({ gauges }) => gauges.outstanding,
  connections: ({ gauges }) => gauges.connections,
  znodes: ({ gauges }) => gauges.znodes,
  dataBytes: ({ gauges }) => gauges.dataBytes,
  elections: (_, window) => window?.elections,
};

/** NaN is what is not known. */
export function chartValue(
  id: ChartId,
  sample: ServerSample,
  window: ServerWindow | undefined,
): number {
  return VALUES[id](sample, window) ?? NaN;
}

/** What all servers together did, for the charts that add up; NaN for the others. */
export function chartTotal(id: ChartId, window: EnsembleWindow | undefined): number {
  if (id === 'writes') return window?.writes ?? NaN;
  return id === 'reads' ? (window?.reads ?? NaN) : NaN;
}

/**
 * Whether the sum of reads lacks a member that does not answer or does not tell. Writes are counted
 * by the zxid, which any server knows.
 */
export function isPartial(
  { members }: EnsembleSample,
  window: EnsembleWindow | undefined,
): boolean {
  return members.some(({ address }) => window?.servers.get(address)?.reads === undefined);
}
