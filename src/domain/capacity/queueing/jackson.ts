import { type Matrix, solveLinear } from '../../math/linear';
import type { Problem } from '../../placement/types';
import { Checks, digits } from './checks';
import { multiServer } from './multiServer';
import type { Station } from './station';

/** A station of an open network. */
export interface JacksonStation {
  /** γ, requests per second that come from outside to this station. */
  readonly arrivals: number;
  readonly mu: number;
  readonly servers: number;
}

export interface JacksonNetwork {
  readonly stations: readonly JacksonStation[];
  /** `routing[i][j]`: the probability to go to j after i; what a row lacks to 1 leaves. */
  readonly routing: Matrix;
}

export interface JacksonSolution {
  readonly stations: readonly Station[];
  /** Mean visits of a request to each station. */
  readonly visits: readonly number[];
  /** Mean seconds of a request in the network. */
  readonly response: number;
  readonly population: number;
}

const MAX_STATIONS = 200;

/**
 * An open Jackson network (1957): the traffic equations λ_j = γ_j + Σ λ_i·P_ij, then each station is
 * an M/M/c of its own. Exact. Fails when a station is overloaded or requests can't leave.
 */
export function jackson({ stations, routing }: JacksonNetwork): JacksonSolution | Problem[] {
  const problems = check(stations, routing);
  if (problems.length > 0) return problems;
  const outside = stations.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const balance = stations.map((_, j) =>
    stations.map((__, i) => (i === j ? 1 : 0) - (routing[i]?.[j] ?? 0)),
  );
  const rates = solveLinear(
    balance,
    stations.map(({ arrivals }) => arrivals),
  );
  if (rates === undefined) return [trapped(0)];
  const solved: Station[] = [];
  for (const [k, { mu, servers }] of stations.entries()) {
    const station = multiServer({ lambda: Math.max(0, rates[k] ?? 0), mu, servers });
    if (Array.isArray(station)) {
      return station.map((p) => ({
        ...p,
        where: `stations[${k}]`,
        message: `Station ${k}: ${p.message}`,
      }));
    }
    solved.push(station);
  }
  const population = solved.reduce((sum, station) => sum + station.population, 0);
  return {
    stations: solved,
    visits: rates.map((rate) => rate / outside),
    response: population / outside,
    population,
  };
}

function check(stations: readonly JacksonStation[], routing: Matrix): Problem[] {
  const checks = new Checks().whole('stations', stations.length, 1, MAX_STATIONS);
  if (checks.problems.length > 0) return checks.problems;
  checks.whole('routing', routing.length, stations.length, stations.length);
  stations.forEach(({ arrivals, mu, servers }, k) => {
    checks.notNegative(`stations[${k}].arrivals`, arrivals).positive(`stations[${k}].mu`, mu);
    checks.whole(`stations[${k}].servers`, servers, 1, 1_000_000);
  });
  routing.forEach((row, i) => {
    checks.whole(`routing[${i}]`, row.length, stations.length, stations.length);
    row.forEach((p, j) => checks.between(`routing[${i}][${j}]`, p, 0, 1));
    const sum = row.reduce((total, p) => total + p, 0);
    if (sum > 1 + 1e-12) {
      checks.fail(
        'outOfRange',
        `routing[${i}]`,
        `The probabilities of row ${i} add up to ${digits(sum)}; they may be 1 at most.`,
      );
    }
  });
  if (checks.problems.length > 0) return checks.problems;
  if (!stations.some(({ arrivals }) => arrivals > 0)) {
    checks.fail('outOfRange', 'arrivals', 'Nothing arrives from outside; give one rate above 0.');
  }
  const stuck = stations.findIndex((_, k) => !canLeave(routing, k));
  return stuck < 0 ? checks.problems : [...checks.problems, trapped(stuck)];
}

/** From every station some way must lead out: then the routing's spectral radius is below 1. */
function canLeave(routing: Matrix, start: number): boolean {
  const seen = new Set([start]);
  for (const i of seen) {
    const row = routing[i] ?? [];
    if (row.reduce((total, p) => total + p, 0) < 1 - 1e-12) return true;
    row.forEach((p, j) => p > 0 && seen.add(j));
  }
  return false;
}

const trapped = (k: number): Problem => ({
  code: 'noExit',
  where: `routing[${k}]`,
  message: `Requests at station ${k} can never leave; let some row on their way add up to less than 1.`,
});
