import type { Problem } from '../../placement/types';
import { Checks, digits } from '../queueing/checks';

/** How the durations of one fsync vary around their mean. `erlang` needs its number of `stages`. */
export type FsyncSpread =
  | { readonly kind: 'deterministic' }
  | { readonly kind: 'exponential' }
  | { readonly kind: 'erlang'; readonly stages: number };

/** The log of one server. Rates per second, times in seconds. */
export interface GroupCommitInput {
  /** Transactions per second that reach the log. */
  readonly rate: number;
  /** CPU time to append one transaction. */
  readonly append: number;
  /** Mean duration of an fsync. */
  readonly fsync: number;
  readonly spread: FsyncSpread;
  /** Squared coefficient of variation of the append time, 0 by default. */
  readonly appendScv?: number;
}

export interface GroupCommit {
  /** From arrival to the start of the append. */
  readonly wait: number;
  /** From arrival to the acknowledgement after the fsync. */
  readonly response: number;
  /** Transactions per fsync, as `sync_processor_batch_size` reports it. */
  readonly batch: number;
  readonly flushRate: number;
  /** Share of the time in which the log thread appends or flushes. */
  readonly busy: number;
}

/**
 * ZooKeeper's transaction log as a queue: SyncRequestProcessor appends what waits and flushes when
 * nothing does. That is M/G/1 with exhaustive service and a single vacation, the fsync (Takagi
 * 1991), exact for Poisson arrivals, `maxBatchSize` never reached and `flushDelay` 0.
 * Fails when appending alone takes all the time: rate · append ≥ 1.
 */
export function groupCommit(input: GroupCommitInput): GroupCommit | Problem[] {
  const { rate, append, fsync, spread, appendScv = 0 } = input;
  const { problems } = checked(input);
  if (problems.length > 0) return problems;
  const load = rate * append;
  const nobodyCame = noArrival(rate, fsync, spread);
  const square = fsync * fsync * (1 + scv(spread));
  const ownQueue = (rate * append * append * (1 + appendScv)) / (2 * (1 - load));
  const perCycle = nobodyCame + rate * fsync;
  const wait = ownQueue + (rate * square) / (2 * perCycle);
  const batch = perCycle / (1 - load);
  const flushRate = rate / batch;
  return {
    wait,
    response: (wait + append) / (1 - load) + fsync,
    batch,
    flushRate,
    busy: load + flushRate * fsync,
  };
}

function checked({ rate, append, fsync, spread, appendScv = 0 }: GroupCommitInput): Checks {
  const checks = new Checks()
    .notNegative('rate', rate)
    .notNegative('append', append)
    .notNegative('fsync', fsync)
    .notNegative('appendScv', appendScv);
  if (spread.kind === 'erlang') checks.whole('stages', spread.stages, 1, 1e9);
  if (checks.problems.length === 0 && rate * append >= 1) {
    checks.fail(
      'unstable',
      'rate',
      `The log cannot append ${digits(rate)} transactions a second of ${digits(append)} s each. ` +
        `Stay below ${digits(1 / append)}/s, or split the data over several ensembles.`,
    );
  }
  return checks;
}

/** The most that the log can take: full batches of `maxBatchSize` back to back. */
export function groupCommitLimit(append: number, fsync: number, maxBatchSize: number): number {
  return maxBatchSize / (fsync + maxBatchSize * append);
}

/** Squared coefficient of variation of the fsync. */
export function scv(spread: FsyncSpread): number {
  switch (spread.kind) {
    case 'deterministic':
      return 0;
    case 'exponential':
      return 1;
    case 'erlang':
      return 1 / spread.stages;
  }
}

/** E[e^(−λF)]: the probability that nothing arrives during an fsync. */
function noArrival(rate: number, fsync: number, spread: FsyncSpread): number {
  const mean = rate * fsync;
  switch (spread.kind) {
    case 'deterministic':
      return Math.exp(-mean);
    case 'exponential':
      return 1 / (1 + mean);
    case 'erlang':
      return Math.pow(1 + mean / spread.stages, -spread.stages);
  }
}
