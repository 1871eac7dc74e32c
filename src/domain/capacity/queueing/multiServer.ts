import { tailQuantile } from '../../math/roots';
import type { Problem } from '../../placement/types';
import { Checks } from './checks';
import { erlangC } from './erlang';
import { type Station, stationOf } from './station';

/** Poisson arrivals at `lambda`, exponential service at `mu` per server and second, FCFS. */
export interface MultiServerLoad {
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
}

/** Exact. Quantiles take 0 ≤ p < 1. */
export interface MultiServer extends Station {
  /** Erlang C: the probability of waiting at all. */
  readonly waitProbability: number;
  /** The probability of an empty system; underflows to 0 with some hundred busy servers. */
  readonly emptyProbability: number;
  /** P(wait > t). */
  readonly waitTail: (t: number) => number;
  readonly waitQuantile: (p: number) => number;
  /** P(response > t). */
  readonly responseTail: (t: number) => number;
  readonly responseQuantile: (p: number) => number;
}

/** M/M/c, with c = 1 M/M/1 (Kleinrock I, ch. 3; Gross & Harris). Fails when ρ ≥ 1. */
export function multiServer(load: MultiServerLoad): MultiServer | Problem[] {
  const { lambda, mu, servers } = load;
  const checks = new Checks()
    .notNegative('lambda', lambda)
    .positive('mu', mu)
    .servers(servers)
    .stable(load);
  if (checks.problems.length > 0) return checks.problems;
  const offered = lambda / mu;
  const waits = erlangC(servers, offered);
  const drain = servers * mu - lambda;
  const waitTail = (t: number): number => waits * Math.exp(-drain * t);
  const responseTail = (t: number): number =>
    Math.exp(-mu * t) + waits * mu * waitThenService(t, mu, drain);
  return {
    ...stationOf(waits / drain, { lambda, service: 1 / mu, servers }),
    waitProbability: waits,
    emptyProbability: emptyProbability(servers, offered),
    waitTail,
    waitQuantile: (p) => (1 - p >= waits ? 0 : Math.log(waits / (1 - p)) / drain),
    responseTail,
    responseQuantile: (p) =>
      servers === 1 ? -Math.log1p(-p) / drain : tailQuantile(responseTail, p, 1 / mu),
  };
}

/**
 * (e^{−θt} − e^{−μt})/(μ − θ), which is t·e^{−μt} at θ = μ: what waiting adds to the tail of the
 * response. Written around the slower rate, so that neither cancels nor overflows.
 */
function waitThenService(t: number, mu: number, theta: number): number {
  const gap = Math.abs(mu - theta);
  const growth = gap * t === 0 ? t : -Math.expm1(-gap * t) / gap;
  return Math.exp(-Math.min(mu, theta) * t) * growth;
}

/** p₀ = 1/(Σ_{k<c} A^k/k! + A^c/c!·c/(c−A)), summed until Infinity. */
function emptyProbability(servers: number, offered: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < servers && sum < Infinity; k++) {
    sum += term;
    term *= offered / (k + 1);
  }
  return 1 / (sum + (term * servers) / (servers - offered));
}
