import type { Random } from '../simulation/random';

/** A log to simulate; times in seconds. */
export interface SimulatedLog {
  readonly append: number;
  /** Draws the duration of an fsync. */
  readonly fsync: () => number;
  /** `maxBatchSize`, 1000 in ZooKeeper. */
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
  for (let i = 0; i < count; i++) {
    now -= Math.log(random()) / rate;
    arrivals[i] = now;
  }
  return arrivals;
}
