import { onDisk, poissonArrivals, type Random, type SimulatedLog } from './logSimulation';
import { majority } from './quorum';

/** Voters that log the same proposals; times in seconds. */
export interface QuorumSimulationInput {
  readonly rate: number;
  readonly transactions: number;
  /** Round trip from the leader to each other voter; their number is voters − 1. */
  readonly roundTrips: readonly number[];
  /** One log for each voter, the leader's first: each draws its own fsyncs. */
  readonly logs: readonly SimulatedLog[];
}

/**
 * Commit latencies at the leader, from the arrival of the proposal to the ack that makes a
 * majority (the leader's own disk counts). All voters see the same arrivals, so that fast disks
 * batch in phase, which formulas that assume independence miss.
 */
export function simulateCommits(input: QuorumSimulationInput, random: Random): Float64Array {
  const arrivals = poissonArrivals(input.transactions, input.rate, random);
  const acks = input.logs.map((log, voter) => {
    const trip = voter === 0 ? 0 : (input.roundTrips[voter - 1] ?? 0);
    const there = arrivals.map((arrival) => arrival + trip / 2);
    return onDisk(there, log).map((done) => done + trip / 2);
  });
  const needed = majority(input.logs.length);
  const sorted = new Float64Array(acks.length);
  return arrivals.map((arrival, i) => {
    acks.forEach((times, voter) => (sorted[voter] = times[i] ?? Infinity));
    sorted.sort();
    return (sorted[needed - 1] ?? Infinity) - arrival;
  });
}
