import { tailQuantile } from '../../math/roots';
import type { Problem } from '../../placement/types';
import { Checks, MAX_ROOM } from './checks';
import { phaseTail } from './phaseTail';
import type { Station } from './station';

/** Poisson arrivals; who finds `room` customers in the system (servers included) is turned away. */
export interface FiniteLoad {
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
  readonly room: number;
}

/** Exact. Throughput, waits and quantiles are those of customers that get in. */
export interface FiniteRoom extends Station {
  /** The probability of being turned away. */
  readonly lossProbability: number;
  readonly emptyProbability: number;
  /** The distribution of the number in the system, 0–room. */
  readonly probabilities: Float64Array;
  readonly responseTail: (t: number) => number;
  readonly responseQuantile: (p: number) => number;
}

/** M/M/c/K (Kleinrock I, §3.5–3.6). Any ρ; fails for room < servers. */
export function finiteRoom({ lambda, mu, servers, room }: FiniteLoad): FiniteRoom | Problem[] {
  const checks = new Checks()
    .positive('lambda', lambda)
    .positive('mu', mu)
    .whole('servers', servers, 1, MAX_ROOM)
    .whole('room', room, Math.max(1, servers || 1), MAX_ROOM);
  if (checks.problems.length > 0) return checks.problems;
  const probabilities = occupancy(lambda / mu, servers, room);
  let queue = 0;
  let busy = 0;
  probabilities.forEach((p, n) => {
    queue += Math.max(0, n - servers) * p;
    busy += Math.min(n, servers) * p;
  });
  const throughput = mu * busy;
  const tail = phaseTail(probabilities, servers);
  const responseTail = (t: number): number => tail(servers * mu * t);
  return {
    utilisation: busy / servers,
    throughput,
    wait: queue / throughput,
    response: (queue + busy) / throughput,
    queue,
    population: queue + busy,
    lossProbability: probabilities[room] ?? 0,
    emptyProbability: probabilities[0] ?? 0,
    probabilities,
    responseTail,
    responseQuantile: (p) => tailQuantile(responseTail, p, 1 / mu),
  };
}

/**
 * The product form p_n ∝ Π A/min(i,c), from its largest term outward: the rest only shrinks, so
 * nothing overflows and every probability keeps its digits.
 */
function occupancy(offered: number, servers: number, room: number): Float64Array {
  const p = new Float64Array(room + 1);
  const mode = offered >= servers ? room : Math.floor(offered);
  p[mode] = 1;
  for (let n = mode; n < room; n++) p[n + 1] = ((p[n] ?? 0) * offered) / Math.min(n + 1, servers);
  for (let n = mode; n > 0; n--) p[n - 1] = ((p[n] ?? 0) * Math.min(n, servers)) / offered;
  const sum = p.reduce((total, value) => total + value, 0);
  return p.map((value) => value / sum);
}
