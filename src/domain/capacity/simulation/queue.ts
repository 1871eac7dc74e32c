import type { Problem } from '../../placement/types';
import { Checks, MAX_SERVERS } from '../queueing/checks';
import { durations } from './durations';
import { type Estimate, Estimator } from './estimate';
import { TimeHeap } from './heap';
import { seededRandom } from './random';
import { checkSetup, type SimulationSetup, withoutWarmUp } from './setup';

/** A queue with first come, first served, and times known by mean and variation. */
export interface SimulatedLoad {
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
  /** Ca² and Cs², 1 (Poisson, exponential) unless given. */
  readonly arrivalScv?: number;
  readonly serviceScv?: number;
  /** Customers in the system at most, those in service included; without end unless given. */
  readonly room?: number;
}

/** Of customers that get in. Times in seconds. */
export interface SimulatedQueue {
  readonly wait: Estimate;
  readonly response: Estimate;
  /** The share that waits at all. */
  readonly waitProbability: Estimate;
  /** The share of arrivals turned away. */
  readonly lossProbability: Estimate;
  readonly waitQuantile: (p: number) => Estimate;
  readonly responseQuantile: (p: number) => Estimate;
}

/**
 * Simulates G/G/c or G/G/c/K customer by customer, one run from empty with a warm-up that is not
 * counted. For whatever has no closed form; near saturation use more customers.
 */
export function simulateQueue(
  load: SimulatedLoad,
  setup: SimulationSetup = {},
): SimulatedQueue | Problem[] {
  const checks = new Checks();
  checkLoad(checks, load);
  const { customers, seed, confidence } = checkSetup(checks, setup);
  if (checks.problems.length > 0) return checks.problems;
  const { waits, responses, lost } = run(load, customers, seed);
  const estimator = (samples: Float64Array): Estimator =>
    new Estimator(withoutWarmUp(samples), confidence);
  const waiting = estimator(waits);
  const responding = estimator(responses);
  return {
    wait: waiting.mean(),
    response: responding.mean(),
    waitProbability: waiting.mean((wait) => (wait > 0 ? 1 : 0)),
    lossProbability: estimator(lost).mean(),
    waitQuantile: (p) => waiting.quantile(p),
    responseQuantile: (p) => responding.quantile(p),
  };
}

function checkLoad(checks: Checks, load: SimulatedLoad): void {
  const { lambda, mu, servers, room, arrivalScv = 1, serviceScv = 1 } = load;
  checks.positive('lambda', lambda).positive('mu', mu).servers(servers);
  checks.between('arrivalScv', arrivalScv, 0, 1000).between('serviceScv', serviceScv, 0, 1000);
  if (room === undefined) checks.stable(load);
  else checks.whole('room', room, servers, MAX_SERVERS);
}

interface Run {
  readonly waits: Float64Array;
  readonly responses: Float64Array;
  /** 1 for each arrival that was turned away, else 0. */
  readonly lost: Float64Array;
}

function run(load: SimulatedLoad, customers: number, seed: number): Run {
  const { lambda, mu, servers, arrivalScv = 1, serviceScv = 1, room } = load;
  const random = seededRandom(seed);
  const gap = durations(1 / lambda, arrivalScv, random);
  const service = durations(1 / mu, serviceScv, random);
  const waits = new Float64Array(customers);
  const responses = new Float64Array(customers);
  const lost = new Float64Array(customers);
  const free = new TimeHeap(servers); // when each server has done what it has
  for (let i = 0; i < servers; i++) free.push(0);
  const leaving = room === undefined ? undefined : new TimeHeap(room);
  let now = 0;
  let accepted = 0;
  for (let i = 0; i < customers; i++) {
    now += gap();
    if (leaving !== undefined) {
      while (leaving.first <= now) leaving.pop();
      if (leaving.size === room) {
        lost[i] = 1;
        continue;
      }
    }
    const start = Math.max(now, free.first);
    const end = start + service();
    free.replaceFirst(end);
    leaving?.push(end);
    waits[accepted] = start - now;
    responses[accepted++] = end - now;
  }
  return { waits: waits.subarray(0, accepted), responses: responses.subarray(0, accepted), lost };
}
