import type { Problem } from '../../placement/types';
import { Checks } from './checks';

/** A resource that every request visits: FCFS with exponential service, or processor sharing. */
export interface Resource {
  /** D, seconds of service a request needs here over all its visits. */
  readonly demand: number;
  /** Parallel servers, 1 unless given. */
  readonly servers?: number;
}

/** Customers that think, send one request, wait for it and think again. */
export interface ClosedNetwork {
  readonly customers: number;
  /** Z, mean seconds between an answer and the next request. */
  readonly think: number;
  readonly resources: readonly Resource[];
}

export interface ClosedSolution {
  /** X, requests per second. */
  readonly throughput: number;
  /** R, mean seconds of a request at all resources, without thinking. */
  readonly response: number;
  /** Mean number of customers at each resource. */
  readonly queues: readonly number[];
  /** Busy share of the servers of each resource. */
  readonly utilisations: readonly number[];
}

export const MAX_CUSTOMERS = 1_000_000;
const MAX_RESOURCES = 1000;
const MAX_WORK = 1e8;

/** What is wrong with a network. */
export function checkClosed({ customers, think, resources }: ClosedNetwork): Problem[] {
  const checks = new Checks()
    .whole('customers', customers, 1, MAX_CUSTOMERS)
    .notNegative('think', think)
    .whole('resources', resources.length, 1, MAX_RESOURCES);
  resources.forEach(({ demand, servers = 1 }, k) =>
    checks
      .notNegative(`resources[${k}].demand`, demand)
      .whole(`resources[${k}].servers`, servers, 1, MAX_CUSTOMERS),
  );
  if (checks.problems.length === 0 && !resources.some(({ demand }) => demand > 0)) {
    checks.fail('outOfRange', 'resources', 'All demands are 0; give at least one above 0.');
  }
  return checks.problems;
}

/** The same for exact solutions, whose work grows with customers × servers and is bounded. */
export function checkExact(network: ClosedNetwork): Problem[] {
  const checks = new Checks();
  const problems = checkClosed(network);
  if (problems.length > 0) return problems;
  const work = network.customers * workOf(network);
  if (work > MAX_WORK) {
    checks.fail(
      'tooLarge',
      'customers',
      `Solving this takes ${work.toPrecision(2)} steps; lower customers, resources or servers, ` +
        'or use the approximation of Schweitzer.',
    );
  }
  return checks.problems;
}

function workOf({ resources, customers }: ClosedNetwork): number {
  const perPass = resources.reduce((sum, { servers = 1 }) => sum + Math.min(servers, customers), 0);
  return resources.some(({ servers = 1 }) => servers > 1)
    ? 4 * resources.length * perPass
    : perPass;
}
