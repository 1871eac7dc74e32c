/** A source of numbers uniform in (0, 1); seeded by whoever passes it. */
export type Random = () => number;

/** A log to simulate; times in seconds. */
export interface SimulatedLog {
  readonly append: number;
  readonly fsync: () => number;
  readonly maxBatch: number;
}

/**
 * When each transaction is on disk, for arrivals in ascending order: the loop of
 * SyncRequestProcessor with flushDelay 0. Whatever waits is appended; when nothing waits any more,
 * or `maxBatch` is full, one fsync acknowledges the batch.
 */
export function onDisk(arrivals: Float64Array, log: SimulatedLog): Float64Array {
  const done = new Float64Array(arrivals.length);
  let now = 0;
  let next = 0;
  while (next < arrivals.length) {
    const first = next;
    now = Math.max(now, arrivals[first] ?? 0);
    while (next < arrivals.length && next - first < log.maxBatch && (arrivals[next] ?? 0) <= now) {
      now += log.append;
      next++;
    }
    now += log.fsync();
    done.fill(now, first, next);
  }
  return done;
}

/** `count` arrivals of a Poisson process. */
export function poissonArrivals(count: number, rate: number, random: Random): Float64Array {
  const arrivals = new Float64Array(count);
  let now = 0;
  for (let i = 0; i < count; i++) arrivals[i] = now -= Math.log(random()) / rate;
  return arrivals;
}

/** Durations of one mean with a squared coefficient of variation. */
export function durations(mean: number, scv: number, kind: DurationKind, random: Random) {
  const sigma = Math.sqrt(Math.log(1 + scv));
  return (): number => {
    switch (kind) {
      case 'deterministic':
        return mean;
      case 'exponential':
        return -mean * Math.log(random());
      case 'lognormal':
        return mean * Math.exp(sigma * normal(random) - (sigma * sigma) / 2);
    }
  };
}

export type DurationKind = 'deterministic' | 'exponential' | 'lognormal';

/** One standard normal number (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
