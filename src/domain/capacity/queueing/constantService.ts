import { bisect, tailQuantile } from '../../math/roots';
import type { Problem } from '../../placement/types';
import { Checks } from './checks';
import { singleServer } from './singleServer';
import type { Station } from './station';

/** Beyond this many service times the exponential asymptote is exact to working precision. */
const EXACT_SERVICES = 64;

/** The queue M/D/1. Quantiles take 0 ≤ p < 1; the absolute error of the tails is below 1e-12. */
export interface ConstantService extends Station {
  /** P(wait > t). */
  readonly waitTail: (t: number) => number;
  readonly waitQuantile: (p: number) => number;
  readonly responseQuantile: (p: number) => number;
}

/** M/D/1: Poisson arrivals, one server, every service takes `service` seconds. Fails when ρ ≥ 1. */
export function constantService(load: {
  readonly lambda: number;
  readonly service: number;
}): ConstantService | Problem[] {
  const { lambda, service } = load;
  const problems = new Checks().positive('lambda', lambda).problems;
  if (problems.length > 0) return problems;
  const means = singleServer({ lambda, service, serviceScv: 0 });
  if (Array.isArray(means)) return means;
  const rho = lambda * service;
  const counts = cumulativeCounts(rho, EXACT_SERVICES);
  const asymptote = tailAsymptote(rho);
  const waitTail = (t: number): number => {
    const services = t / service;
    if (services < 0) return 1;
    return services >= EXACT_SERVICES ? asymptote(services) : 1 - waitCdf(services, rho, counts);
  };
  const waitQuantile = (p: number): number => tailQuantile(waitTail, p, service);
  return { ...means, waitTail, waitQuantile, responseQuantile: (p) => waitQuantile(p) + service };
}

/**
 * P(wait ≤ x) with the service time as the unit: Σ Q_{k−1−j}·e^{−ρ(k−x)}(ρ(k−x))^j/j! for
 * k − 1 ≤ x < k, with Q_n the probability of at most n waiting (Franx, OR Letters 29, 2001). Equals
 * Erlang's alternating sum of 1909, whose terms cancel from about x = 20 on; these are all positive.
 */
function waitCdf(x: number, rho: number, counts: readonly number[]): number {
  const k = Math.floor(x) + 1;
  const mean = rho * (k - x);
  let sum = 0;
  for (let j = 0, weight = Math.exp(-mean); j < k; j++, weight *= mean / j) {
    sum += weight * (counts[k - 1 - j] ?? 0);
  }
  return Math.min(1, sum);
}

/**
 * The probability of at most n customers waiting, n = 0 … size − 1. The number in the system at
 * departures follows from flow balance across each level: p_{j+1}·a_0 = Σ_{i≤j} p_i·P(more than
 * j − max(i−1, 0) arrivals in a service), again without a difference.
 */
function cumulativeCounts(rho: number, size: number): number[] {
  const more = poissonTails(rho, size + 1);
  const p = [1 - rho];
  for (let j = 0; j < size; j++) {
    let flow = 0;
    for (let i = 0; i <= j; i++) flow += (p[i] ?? 0) * (more[j - Math.max(i - 1, 0)] ?? 0);
    p.push(flow * Math.exp(rho));
  }
  let sum = p[0] ?? 0;
  return p.slice(1).map((value) => (sum += value));
}

/** The probability of more than n events when `mean` (< 1) are expected, n = 0 … size − 1. */
function poissonTails(mean: number, size: number): number[] {
  const tails = new Array<number>(size).fill(0);
  let weight = Math.exp(-mean);
  const weights = [weight];
  for (let n = 1; n <= size + 60; n++) weights.push((weight *= mean / n));
  let tail = 0;
  for (let n = size + 60; n > 0; n--) {
    tail += weights[n] ?? 0;
    if (n <= size) tails[n - 1] = tail;
  }
  return tails;
}

/**
 * P(wait > x) → (1 − ρ)/(ρe^θ − 1)·e^{−θx}, θ > 0 the root of ρ(e^θ − 1) = θ (Cramér and Lundberg;
 * Tijms, A First Course in Stochastic Models, ch. 9). Time in services.
 */
function tailAsymptote(rho: number): (x: number) => number {
  const excess = (theta: number): number => (rho * Math.expm1(theta)) / theta;
  let high = 1;
  while (excess(high) < 1) high *= 2;
  const theta = bisect(excess, 1, [0, high]);
  const factor = (1 - rho) / (rho * Math.exp(theta) - 1);
  return (x) => factor * Math.exp(-theta * x);
}
