import { atLeast, binomial } from './binomial';
import { tolerated } from './quorum';

export interface SnapshotLoad {
  readonly voters: number;
  /** Transactions per second. */
  readonly rate: number;
  /** `snapCount`; a snapshot starts after snapCount/2 to snapCount transactions, 0.75 on average. */
  readonly snapCount: number;
  /** How long writing one snapshot takes: its bytes over the bandwidth of its disk. */
  readonly snapshotSeconds: number;
}

/** Share of its time that a server spends writing a snapshot, at most 1. */
export function snapshotDuty({ rate, snapCount, snapshotSeconds }: SnapshotLoad): number {
  return Math.min(1, (rate * snapshotSeconds) / (0.75 * snapCount));
}

/**
 * The probability that so many voters write a snapshot that every quorum has a slow member. It
 * matters where snapshots and log share a disk; servers choose their moment independently.
 */
export function slowQuorum(load: SnapshotLoad): number {
  return atLeast(binomial(load.voters, snapshotDuty(load)), tolerated(load.voters) + 1);
}

const STEP = 10_000;
/** `snapCount` is a Java int. */
const MOST_STEPS = Math.floor((2 ** 31 - 1) / STEP);

/**
 * The smallest `snapCount`, in steps of 10,000, that keeps slow quorums rarer than `limit`, or
 * Infinity when none does: then the log needs a disk of its own.
 */
export function snapCountFor(load: Omit<SnapshotLoad, 'snapCount'>, limit: number): number {
  const isTooSlow = (steps: number): boolean =>
    slowQuorum({ ...load, snapCount: steps * STEP }) > limit;
  if (isTooSlow(MOST_STEPS)) return Infinity;
  let low = 0;
  let high = MOST_STEPS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTooSlow(middle)) low = middle;
    else high = middle;
  }
  return high * STEP;
}
