import type { Problem } from '../../placement/types';
import { Checks } from './checks';

/** Work arrives at `lambda` while nothing is served for `outage` seconds. */
export interface Outage {
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
  readonly outage: number;
}

export interface Drain {
  /** What waits when service resumes. */
  readonly backlog: number;
  /** Seconds until it has gone, λτ/(cμ − λ). */
  readonly time: number;
  /** Seconds that what arrived first has waited in the end: the longest wait, τ. */
  readonly longestWait: number;
}

/** The fluid limit: exact on average, fluctuations aside. Fails when ρ ≥ 1, as it never drains. */
export function backlogDrain(input: Outage): Drain | Problem[] {
  const { lambda, mu, servers, outage } = input;
  const { problems } = new Checks()
    .notNegative('lambda', lambda)
    .positive('mu', mu)
    .servers(servers)
    .notNegative('outage', outage)
    .stable(input);
  if (problems.length > 0) return problems;
  const backlog = lambda * outage;
  return { backlog, time: backlog / (servers * mu - lambda), longestWait: outage };
}
