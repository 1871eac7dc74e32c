import type { Random } from '../simulation/random';

/** A log to simulate; times in seconds. */
export interface SimulatedLog {
  readonly append: number;
  /** Draws the duration of an fsync. */
  readonly fsync: () => number;
  /** `maxBatchSize`, 1000 in ZooKeeper. */
  readonly maxBatch: number;
  /** `flushDelay`, 0 in ZooKeeper: how long a batch may wait for company since the last fsync. */
  readonly flushDelay?: number;
}

/**
 * When each transaction is on disk, for arrivals in ascending order: the loop of
 * SyncRequestProcessor. Whatever waits is appended; one fsync acknowledges the batch when it is
 * full, when nothing more came, or, with a `flushDelay`, when that has passed since the last fsync.
 * With one, nothing more came means for a third of it (`maxWriteQueuePollTime`).
 */
export function onDisk(arrivals: Float64Array, log: SimulatedLog): Float64Array {
  const { append, fsync, maxBatch, flushDelay = 0 } = log;
  const done = new Float64Array(arrivals.length);
  let now = 0;
  let next = 0;
  let flushed = -Infinity;
  while (next < arrivals.length) {
    const first = next;
    now = Math.max(now, arrivals[first] ?? 0);
    for (;;) {
      now += append;
      next++;
      if (next - first >= maxBatch) break;
      const left = flushDelay - (now - flushed);
      if (flushDelay > 0 && left <= 0) break;
      const patience = flushDelay > 0 ? Math.min(flushDelay / 3, left) : 0;
      const arrival = arrivals[next] ?? Infinity;
      if (arrival > now + patience) {
        now += patience;
        break;
      }
      now = Math.max(now, arrival);
    }
    now += fsync();
    flushed = now;
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
