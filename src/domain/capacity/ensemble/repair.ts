import { majority } from './quorum';

/** Servers that fail and are repaired. Hours, or any one unit. */
export interface RepairInput {
  readonly voters: number;
  /** Mean time between failures of one server. */
  readonly mtbf: number;
  /** Mean time to repair one server. */
  readonly mttr: number;
  /** `parallel`: every failed server is worked on; `single`: one after the other. */
  readonly crew: 'parallel' | 'single';
}

/** The long run of such an ensemble, times in the unit of the input. */
export interface RepairOutcome {
  readonly unavailability: number;
  /** Losses of the quorum per unit of time. */
  readonly lossRate: number;
  readonly meanOutage: number;
  /** From all servers up until the quorum is lost for the first time. */
  readonly meanTimeToLoss: number;
}

/**
 * The birth–death chain over the number of failed servers (Gross & Harris): failures at
 * (n−i)/MTBF, repairs at i/MTTR or 1/MTTR. The mean time to loss is that of the chain stopped at
 * the loss; all sums have positive terms only.
 */
export function birthDeath({ voters, mtbf, mttr, crew }: RepairInput): RepairOutcome {
  const needed = majority(voters);
  const failure = (failed: number): number => (voters - failed) / mtbf;
  const repair = (failed: number): number => (crew === 'parallel' ? failed : 1) / mttr;
  const weights = [1];
  for (let failed = 1; failed <= voters; failed++) {
    weights.push(((weights[failed - 1] ?? 0) * failure(failed - 1)) / repair(failed));
  }
  const total = sum(weights);
  const last = voters - needed; // the state from which one more failure loses the quorum
  const unavailability = sum(weights.slice(last + 1)) / total;
  const lossRate = ((weights[last] ?? 0) / total) * failure(last);
  let meanTimeToLoss = 0;
  for (let failed = 0; failed <= last; failed++) {
    const reached = sum(weights.slice(0, failed + 1));
    meanTimeToLoss += reached / ((weights[failed] ?? 0) * failure(failed));
  }
  return { unavailability, lossRate, meanOutage: unavailability / lossRate, meanTimeToLoss };
}

const sum = (values: readonly number[]): number => values.reduceRight((a, b) => a + b, 0);
