import { tailQuantile } from '../../math/roots';
import type { Distribution } from '../ensemble/orderStatistic';
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

/** Tails between which the distribution is taken as exponential, 16 for each power of ten. */
const TAILS = Array.from({ length: 16 * 9 + 1 }, (_, i) => 10 ** (-i / 16));

/**
 * The distribution of which `responseQuantile` gives the quantiles: exact where those are,
 * otherwise between quantiles that are near to each other.
 */
export function responseDistribution(
  server: PoolServer,
  lambda: number,
  queues: Spread['queues'],
): Distribution {
  const { mu, slots, serviceScv } = server;
  const station = multiServer({ lambda, mu, servers: slots });
  if (serviceScv === 1 && queues === 'own' && !Array.isArray(station)) {
    return (t) => 1 - station.responseTail(t);
  }
  const points = TAILS.map((tail): [number, number] => [
    responseQuantile(server, lambda, Math.max(1e-9, 1 - tail), queues),
    Math.log(tail),
  ]);
  return (t) => {
    const at = points.findIndex(([time]) => time > t);
    const [next, before] = [points[at], points[at - 1]];
    if (at === 0) return 0;
    if (next === undefined || before === undefined) return 1;
    const part = (t - before[0]) / (next[0] - before[0]);
    return -Math.expm1(before[1] + part * (next[1] - before[1]));
  };
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
