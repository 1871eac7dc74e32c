import type { EnsembleSample } from '../../metrics/ensembleSample';
import type { EnsembleWindow } from '../../metrics/ensembleWindow';
import type { Evaluation } from '../plan/evaluate';
import { mixedThroughput } from '../ensemble/throughput';
import { short } from '../plan/report';
import { type Observation, silentServers, whole } from './observation';
import { silenceText } from './silence';

/** Operations per second, reads with pings and writes, at one time (milliseconds). */
export interface LoadPoint {
  readonly at: number;
  readonly perSecond: number;
}

/** What is left; or why nobody knows. */
export type Headroom = KnownHeadroom | { readonly kind: 'unknown'; readonly why: string };

export interface KnownHeadroom {
  readonly kind: 'known';
  /** Operations per second now, and what the planned ensemble can do of this mix. */
  readonly load: number;
  readonly capacity: number;
  /** 1 − ρ. */
  readonly left: number;
  /** Operations per second more with each second; undefined where it is not known. */
  readonly growth: number | undefined;
  /** Hours until the capacity is reached if that goes on, by a line and by a power. */
  readonly linearHours: number | undefined;
  readonly exponentialHours: number | undefined;
  readonly why: string;
}

/** Shorter than this, growth is noise. */
const LEAST_MINUTES = 10;
const LEAST_POINTS = 20;

/** The load at the end of a window; undefined where a server keeps its part to itself. */
export function loadPoint(
  sample: EnsembleSample,
  window: EnsembleWindow | undefined,
): LoadPoint | undefined {
  if (window?.writes === undefined || window.reads === undefined) return undefined;
  if (silentServers(sample, window) > 0) return undefined;
  const pings = [...window.servers.values()].reduce((sum, one) => sum + one.pings, 0);
  return { at: sample.at, perSecond: window.writes + window.reads + pings };
}

/** What is left of the throughput of the ensemble that is there, and for how long. */
export function headroom(
  { shape }: Evaluation,
  seen: Observation,
  history: readonly LoadPoint[],
): Headroom {
  const told = whole(seen, seen.reads);
  if (told === undefined) return { kind: 'unknown', why: silenceText(seen, 'its reads') };
  const reads = told + seen.pings;
  const load = reads + seen.writes;
  const there = {
    voters: Math.max(1, seen.voters),
    observers: seen.observers,
    leaderServes: shape.shape.leaderServes,
  };
  const capacity = mixedThroughput(shape.costs, there, load > 0 ? reads / load : 1);
  const trend = trendOf(history);
  const left = 1 - load / capacity;
  const base = { kind: 'known', load, capacity, left } as const;
  if (typeof trend === 'string') {
    return {
      ...base,
      growth: undefined,
      linearHours: undefined,
      exponentialHours: undefined,
      why: trend,
    };
  }
  if (trend <= 0) {
    const why = 'the load does not grow';
    return { ...base, growth: trend, linearHours: undefined, exponentialHours: undefined, why };
  }
  const relative = load > 0 ? trend / load : 0;
  return {
    ...base,
    growth: trend,
    linearHours: left <= 0 ? 0 : (capacity - load) / trend / 3600,
    exponentialHours:
      left <= 0
        ? 0
        : relative > 0
          ? Math.log(capacity / load) / Math.log1p(relative) / 3600
          : undefined,
    why: `the load grows by ${short(trend * 3600)}/s each hour`,
  };
}

/** Slope per second by least squares; or why there is none that means anything. */
function trendOf(history: readonly LoadPoint[]): number | string {
  const [first, last] = [history[0], history.at(-1)];
  const minutes = first && last ? (last.at - first.at) / 60_000 : 0;
  if (minutes < LEAST_MINUTES || history.length < LEAST_POINTS) {
    return `growth is not known: ${short(minutes)} minutes of samples, ${LEAST_MINUTES} are needed`;
  }
  const n = history.length;
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / n;
  const times = history.map(({ at }) => (at - (first?.at ?? 0)) / 1000);
  const rates = history.map(({ perSecond }) => perSecond);
  const [time, rate] = [mean(times), mean(rates)];
  const spread = times.reduce((sum, t) => sum + (t - time) ** 2, 0);
  const slope =
    times.reduce((sum, t, i) => sum + (t - time) * ((rates[i] ?? 0) - rate), 0) / spread;
  const noise = times.reduce(
    (sum, t, i) => sum + ((rates[i] ?? 0) - rate - slope * (t - time)) ** 2,
    0,
  );
  const error = Math.sqrt(noise / (n - 2) / spread);
  return Math.abs(slope) > 2 * error
    ? slope
    : 'growth is not known: the load varies more than it grows';
}
