import type { Problem } from '../../placement/types';
import { Checks } from '../queueing/checks';
import { durations } from './durations';
import { type Estimate, Estimator } from './estimate';
import { type Random, seededRandom } from './random';
import { checkSetup, type SimulationSetup, withoutWarmUp } from './setup';

export const BALANCING_POLICIES = ['random', 'roundRobin', 'twoChoices', 'shortest'] as const;
export type BalancingPolicy = (typeof BALANCING_POLICIES)[number];

/** Poisson requests spread over servers that each have a queue of their own. */
export interface BalancedPool {
  /** Of all servers together, per second. */
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
  readonly policy: BalancingPolicy;
  readonly serviceScv?: number;
}

export interface SimulatedPool {
  readonly response: Estimate;
  readonly responseQuantile: (p: number) => Estimate;
}

const MAX_POOL = 2000;

/** Simulates how a policy of a load balancer shapes the response time (FCFS at each server). */
export function simulateBalancing(
  pool: BalancedPool,
  setup: SimulationSetup = {},
): SimulatedPool | Problem[] {
  const { lambda, mu, servers, serviceScv = 1 } = pool;
  const checks = new Checks()
    .positive('lambda', lambda)
    .positive('mu', mu)
    .whole('servers', servers, 1, MAX_POOL)
    .between('serviceScv', serviceScv, 0, 1000)
    .stable(pool);
  const { customers, seed, confidence } = checkSetup(checks, setup);
  if (checks.problems.length > 0) return checks.problems;
  const responses = run({ ...pool, serviceScv }, customers, seededRandom(seed));
  const estimator = new Estimator(withoutWarmUp(responses), confidence);
  return { response: estimator.mean(), responseQuantile: (p) => estimator.quantile(p) };
}

function run(pool: Required<BalancedPool>, customers: number, random: Random): Float64Array {
  const gap = durations(1 / pool.lambda, 1, random);
  const service = durations(1 / pool.mu, pool.serviceScv, random);
  const queues = new Queues(pool.servers, customers);
  const choose = chooser(pool.policy, pool.servers, random);
  const responses = new Float64Array(customers);
  let now = 0;
  for (let i = 0; i < customers; i++) {
    now += gap();
    const arrival = now;
    const server = choose((candidate) => queues.lengthAt(candidate, arrival));
    responses[i] = queues.join(server, arrival, service()) - arrival;
  }
  return responses;
}

function chooser(policy: BalancingPolicy, servers: number, random: Random) {
  const any = (): number => Math.floor(random() * servers);
  let turn = 0;
  return (lengthOf: (server: number) => number): number => {
    switch (policy) {
      case 'random':
        return any();
      case 'roundRobin':
        return turn++ % servers;
      case 'twoChoices': {
        const [a, b] = [any(), any()];
        return lengthOf(a) <= lengthOf(b) ? a : b;
      }
      case 'shortest': {
        let best = any(); // ties must not favour the first server
        let least = lengthOf(best);
        for (let i = 0; i < servers && least > 0; i++) {
          const length = lengthOf(i);
          if (length < least) [best, least] = [i, length];
        }
        return best;
      }
    }
  };
}

/** Departure times in a linked list for each server, all in three arrays. */
class Queues {
  readonly #departures: Float64Array;
  readonly #next: Int32Array;
  readonly #heads: Int32Array;
  readonly #tails: Int32Array;
  readonly #lengths: Int32Array;
  #customers = 0;

  constructor(servers: number, customers: number) {
    this.#departures = new Float64Array(customers);
    this.#next = new Int32Array(customers).fill(-1);
    this.#heads = new Int32Array(servers).fill(-1);
    this.#tails = new Int32Array(servers).fill(-1);
    this.#lengths = new Int32Array(servers);
  }

  /** How many have not left a server by a time; times may not go back. */
  lengthAt(server: number, now: number): number {
    let head = this.#heads[server] ?? -1;
    let length = this.#lengths[server] ?? 0;
    for (; head >= 0 && (this.#departures[head] ?? 0) <= now; length--)
      head = this.#next[head] ?? -1;
    this.#heads[server] = head;
    this.#lengths[server] = length;
    return length;
  }

  /** Puts a customer at the end of a queue and says when it will leave. */
  join(server: number, now: number, service: number): number {
    const isBusy = this.lengthAt(server, now) > 0;
    const tail = this.#tails[server] ?? -1;
    const customer = this.#customers++;
    const end = (isBusy ? (this.#departures[tail] ?? 0) : now) + service;
    this.#departures[customer] = end;
    if (isBusy) this.#next[tail] = customer;
    else this.#heads[server] = customer;
    this.#tails[server] = customer;
    this.#lengths[server] = (this.#lengths[server] ?? 0) + 1;
    return end;
  }
}
