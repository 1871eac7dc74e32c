import type { Problem } from '../../placement/types';
import { percent, short } from '../plan/report';
import { Checks, digits } from '../queueing/checks';
import { problem } from '../result';
import { fewest } from './fewest';
import { type PoolServer, responseQuantile } from './response';
import type { Spread } from './spread';

/** What a pool has to carry and to survive. Rates per second, times in seconds. */
export interface PoolLoad {
  readonly lambda: number;
  readonly server: PoolServer;
  readonly spread: Spread;
  /** Share of all requests that are for the hottest key, 0–1, and the servers that it lies on. */
  readonly hotShare: number;
  readonly hotCopies: number;
  /** The fullest server may be busy up to this share of its time. */
  readonly utilisation: number;
  /** A share `percentile` of the responses takes at most `response`. */
  readonly percentile: number;
  readonly response: number;
  /** Servers that may be down, and zones of which one may, all servers spread evenly. */
  readonly failures: number;
  readonly zones: number;
  readonly survivesZone: boolean;
  /** What else the servers that are left must satisfy; monotone in their number. */
  readonly others: readonly Constraint[];
}

export interface Constraint {
  readonly id: string;
  readonly fits: (servers: number) => boolean;
  /** Why so many servers are needed. */
  readonly because: (servers: number) => string;
  /** What to change when no number of servers is enough. */
  readonly remedy: string;
}

/** What a constraint is about, in a sentence: most ids are words. */
export const constraintName = (id: string): string =>
  id === 'backingStore' ? 'the store behind' : id;

/** Servers that a constraint alone asks for, failures aside. */
export interface Need {
  readonly id: string;
  readonly servers: number;
  readonly because: string;
}

export interface PoolSize {
  readonly servers: number;
  /** Those left after the failures planned for. */
  readonly survivors: number;
  /** The constraint that asks for the most. */
  readonly binding: Need;
  readonly needs: readonly Need[];
}

/** How the fullest of `servers` servers fares. */
export interface PoolState {
  readonly servers: number;
  readonly imbalance: number;
  /** Requests per second at the fullest server, and how busy it is. */
  readonly hottest: number;
  readonly utilisation: number;
  quantile(p: number): number;
}

export const MOST_SERVERS = 10_000;

/**
 * The fullest server's share of all requests: the hottest key and its part of the rest. With Zipf
 * popularity this gives what was measured (10 servers, 10⁵ keys, s = 0.99: 1.70 times the mean).
 */
export function hottestShare(servers: number, imbalance: number, hotShare: number): number {
  return hotShare + (1 - hotShare) * Math.min(1, imbalance / servers);
}

/** The part of all requests that one of so many servers gets for the hottest key. */
export const hotShareOfServer = (
  { hotShare, hotCopies }: Pick<PoolLoad, 'hotShare' | 'hotCopies'>,
  servers: number,
): number => hotShare / Math.min(hotCopies, servers);

export function poolState(load: PoolLoad, servers: number): PoolState {
  const { lambda, server, spread } = load;
  const imbalance = spread.imbalanceAt(servers);
  const hottest = lambda * hottestShare(servers, imbalance, hotShareOfServer(load, servers));
  return {
    servers,
    imbalance,
    hottest,
    utilisation: hottest / (server.slots * server.mu),
    quantile: (p) => responseQuantile(server, hottest, p, spread.queues),
  };
}

/** Servers that are left of `servers` after what the plan is to survive. */
export function survivorsOf(
  servers: number,
  { failures, zones, survivesZone }: Pick<PoolLoad, 'failures' | 'zones' | 'survivesZone'>,
): number {
  return servers - Math.max(failures, survivesZone ? Math.ceil(servers / zones) : 0);
}

/**
 * The fewest servers that keep the goals with the failures planned for, and what binds; or the
 * constraint that no number of servers meets and the nearest change that does.
 */
export function sizePool(load: PoolLoad): PoolSize | Problem[] {
  const { problems } = checked(load);
  if (problems.length > 0) return problems;
  const constraints = [utilisationOf(load), latencyOf(load), ...load.others];
  const counts = constraints.map(({ fits }) => fewest(fits, MOST_SERVERS));
  const stuck = constraints.filter((_, i) => counts[i] === Infinity);
  if (stuck.length > 0) {
    const hot = hotKey(load);
    return hot === undefined ? stuck.map((one) => infeasible(one, load)) : [hot];
  }
  const needs = constraints.map(({ id, because }, i) => {
    const servers = counts[i] ?? 1;
    return { id, servers, because: because(servers) };
  });
  const binding = needs.reduce((most, need) => (need.servers > most.servers ? need : most));
  const servers = fewest((count) => survivorsOf(count, load) >= binding.servers, 4 * MOST_SERVERS);
  return { servers, survivors: survivorsOf(servers, load), binding, needs };
}

function utilisationOf(load: PoolLoad): Constraint {
  return {
    id: 'utilisation',
    fits: (servers) => poolState(load, servers).utilisation <= load.utilisation,
    because: (servers) => {
      const { hottest, imbalance, utilisation } = poolState(load, servers);
      return (
        `${short(load.lambda)} requests/s over ${servers} servers with an imbalance of ` +
        `${short(imbalance)} put ${short(hottest)}/s on the fullest: ` +
        `${percent(utilisation)} busy, at most ${percent(load.utilisation)} allowed`
      );
    },
    remedy: 'Use servers with more requests a second, or allow a higher utilisation.',
  };
}

function latencyOf(load: PoolLoad): Constraint {
  const { percentile, response } = load;
  const name = `p${digits(100 * percentile)}`;
  return {
    id: 'latency',
    fits: (servers) => poolState(load, servers).quantile(percentile) <= response,
    because: (servers) =>
      `${name} is ${short(1000 * poolState(load, servers).quantile(percentile))} ms with ` +
      `${servers} servers, at most ${short(1000 * response)} ms allowed`,
    remedy: 'Use faster servers, or allow a longer response.',
  };
}

function infeasible(constraint: Constraint, load: PoolLoad): Problem {
  if (constraint.id === 'latency') {
    const alone = responseQuantile(load.server, 0, load.percentile, load.spread.queues);
    if (alone > load.response) {
      return problem(
        'latency',
        'pool.responseGoalMs',
        `Even an idle server takes ${short(1000 * alone)} ms at this percentile. ` +
          `Allow at least ${short(1050 * alone)} ms, or use faster servers.`,
      );
    }
  }
  const message = `More than ${MOST_SERVERS} servers would be needed (${constraintName(constraint.id)}). ${constraint.remedy}`;
  return problem(constraint.id, 'pool', message);
}

/** A hot key loads its server however many others there are; says how many copies are enough. */
function hotKey(load: PoolLoad): Problem | undefined {
  const { lambda, hotShare, server } = load;
  const fits = (copies: number): boolean => {
    const split = { ...load, hotCopies: copies };
    return [utilisationOf(split), latencyOf(split)].every((one) => one.fits(MOST_SERVERS));
  };
  if (hotShare === 0 || fits(load.hotCopies) || !fits(MOST_SERVERS)) return undefined;
  return problem(
    'hotKey',
    'pool.hottestKeyShare',
    `The hottest key alone brings ${short((lambda * hotShare) / load.hotCopies)}/s to a server, which may take ` +
      `${short(load.utilisation * server.slots * server.mu)}/s: no number of servers is enough. ` +
      `Split or replicate it over at least ${fewest(fits, MOST_SERVERS)} servers.`,
  );
}

function checked(load: PoolLoad): Checks {
  const checks = new Checks()
    .positive('lambda', load.lambda)
    .positive('mu', load.server.mu)
    .whole('slots', load.server.slots, 1, 1024)
    .between('serviceScv', load.server.serviceScv, 0, 1000)
    .between('hotShare', load.hotShare, 0, 1)
    .whole('hotCopies', load.hotCopies, 1, MOST_SERVERS)
    .between('utilisation', load.utilisation, 0.01, 0.99)
    .between('percentile', load.percentile, 0.01, 0.99999)
    .positive('response', load.response)
    .whole('failures', load.failures, 0, MOST_SERVERS)
    .whole('zones', load.zones, 1, MOST_SERVERS);
  if (load.survivesZone && load.zones < 2) {
    checks.fail(
      'tooFewZones',
      'pool.zones',
      'One zone cannot be lost and survived. Use at least two zones for the pool.',
    );
  }
  return checks;
}
