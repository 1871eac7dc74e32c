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

/** The smallest `snapCount`, in steps of 10,000, that keeps slow quorums rarer than `limit`. */
export function snapCountFor(load: SnapshotLoad, limit: number): number {
  const step = 10_000;
  const slow = (steps: number): number => slowQuorum({ ...load, snapCount: steps * step });
  let high = 1;
  while (slow(high) > limit) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (slow(middle) > limit) low = middle;
    else high = middle;
  }
  return high * step;
}
