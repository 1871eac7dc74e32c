import type { Problem } from '../../placement/types';
import { Checks, digits } from '../queueing/checks';

/** The log of one server. Rates per second, times in seconds. */
export interface GroupCommitInput {
  /** Transactions per second that reach the log. */
  readonly rate: number;
  /** CPU time to append one transaction. */
  readonly append: number;
  /** Mean duration of an fsync. */
  readonly fsync: number;
  /** Squared coefficient of variation of the fsync: 0 equal times, 1 exponential. */
  readonly fsyncScv: number;
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
  const { rate, append, fsync, fsyncScv, appendScv = 0 } = input;
  const { problems } = checked(input);
  if (problems.length > 0) return problems;
  const load = rate * append;
  const nobodyCame = noArrival(rate * fsync, fsyncScv);
  const square = fsync * fsync * (1 + fsyncScv);
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

function checked({ rate, append, fsync, fsyncScv, appendScv = 0 }: GroupCommitInput): Checks {
  const checks = new Checks()
    .notNegative('rate', rate)
    .notNegative('append', append)
    .notNegative('fsync', fsync)
    .notNegative('fsyncScv', fsyncScv)
    .notNegative('appendScv', appendScv);
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

/**
 * E[e^(−λF)], the probability that nothing arrives during an fsync, for λE[F] = `arrivals`. Times
 * are equal for scv 0, gamma up to 1 (Erlang, exponential), and above it the mix of two
 * exponentials with balanced means (Tijms, A First Course in Stochastic Models, app. B).
 */
function noArrival(arrivals: number, scv: number): number {
  if (scv < 1e-12) return Math.exp(-arrivals);
  if (scv <= 1) return Math.exp(-Math.log1p(scv * arrivals) / scv);
  const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const seldom = 1 - often;
  return often / (1 + arrivals / (2 * often)) + seldom / (1 + arrivals / (2 * seldom));
}
