import { tailQuantile } from '../../math/roots';
import { poissonManyServers } from '../queueing/manyServers';
import { multiServer } from '../queueing/multiServer';
import { supermarketResponse } from '../queueing/supermarket';
import type { Spread } from './spread';

/** One server of a pool: `slots` requests at once, each served at `mu` per second. */
export interface PoolServer {
  readonly mu: number;
  readonly slots: number;
  /** Variance over squared mean of the service time. */
  readonly serviceScv: number;
}

/**
 * The time (s) that a share `p` of the requests at a server with `lambda` arrivals a second stays
 * below; Infinity when they are too many. Exact for exponential service and a queue of its own.
 * Otherwise cautious: the quantiles of wait and service are added, and two choices are taken to have
 * an exponential tail (simulated p99: 8 to 27 % lower). With several slots two choices count as
 * random, which is worse.
 */
export function responseQuantile(
  { mu, slots, serviceScv }: PoolServer,
  lambda: number,
  p: number,
  queues: Spread['queues'],
): number {
  const rho = lambda / (slots * mu);
  if (!(rho < 1)) return Infinity;
  if (serviceScv === 1) {
    if (queues === 'twoChoices' && slots === 1) {
      const mean = supermarketResponse({ rho, mu, choices: 2 });
      return typeof mean === 'number' ? -mean * Math.log1p(-p) : Infinity;
    }
    const station = multiServer({ lambda, mu, servers: slots });
    return Array.isArray(station) ? Infinity : station.responseQuantile(p);
  }
  if (lambda === 0) return serviceQuantile(mu, serviceScv, p);
  const station = poissonManyServers({ lambda, mu, servers: slots, serviceScv });
  if (Array.isArray(station)) return Infinity;
  return station.waitQuantile(p) + serviceQuantile(mu, serviceScv, p);
}

/**
 * The p-quantile of a service time: equal times for scv 0, exponential for 1, in between no lower
 * than the gamma distribution's above the median; two exponentials with balanced means above 1
 * (Tijms).
 */
function serviceQuantile(mu: number, scv: number, p: number): number {
  const exponential = -Math.log1p(-p);
  if (scv <= 1) return (1 + Math.max(0, exponential - 1) * Math.sqrt(scv)) / mu;
  const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const tail = (t: number): number =>
    often * Math.exp(-2 * often * mu * t) + (1 - often) * Math.exp(-2 * (1 - often) * mu * t);
  return tailQuantile(tail, p, 1 / mu);
}
