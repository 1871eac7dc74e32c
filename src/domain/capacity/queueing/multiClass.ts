import type { Problem } from '../../placement/types';
import { Checks } from './checks';

/** One class of customers of a closed network with single servers. */
export interface CustomerClass {
  readonly customers: number;
  readonly think: number;
  /** Seconds of service at each resource, in the same order for all classes. */
  readonly demands: readonly number[];
}

export interface MultiClassSolution {
  /** Requests per second, of each class. */
  readonly throughputs: readonly number[];
  /** Seconds at all resources, of each class. */
  readonly responses: readonly number[];
  /** `queues[class][resource]`: mean number of customers. */
  readonly queues: readonly (readonly number[])[];
}

const MAX_STATES = 1_000_000;

/** Exact multi-class mean value analysis (Lazowska et al. §7.3.2); steps: Π (customers + 1). */
export function multiClassClosed(
  classes: readonly CustomerClass[],
): MultiClassSolution | Problem[] {
  const problems = check(classes);
  if (problems.length > 0) return problems;
  const resources = classes[0]?.demands.length ?? 0;
  const limits = classes.map(({ customers }) => customers);
  const strides = limits.map((_, c) => limits.slice(0, c).reduce((a, n) => a * (n + 1), 1));
  const states = limits.reduce((product, n) => product * (n + 1), 1);
  const totals = new Float64Array(states * resources); // all classes together, by population
  let waits: number[][] = [];
  let throughputs: number[] = [];
  for (let state = 1; state < states; state++) {
    const counts = limits.map((n, c) => Math.floor(state / (strides[c] ?? 1)) % (n + 1));
    waits = classes.map(({ demands }, c) => {
      const without = (state - (strides[c] ?? 0)) * resources;
      const hasAny = (counts[c] ?? 0) > 0;
      return demands.map((demand, k) => (hasAny ? demand * (1 + (totals[without + k] ?? 0)) : 0));
    });
    throughputs = classes.map(({ think }, c) => {
      const cycle = think + sum(waits[c] ?? []);
      return cycle > 0 ? (counts[c] ?? 0) / cycle : 0;
    });
    for (let k = 0; k < resources; k++) {
      totals[state * resources + k] = sum(throughputs.map((x, c) => x * (waits[c]?.[k] ?? 0)));
    }
  }
  return {
    throughputs,
    responses: waits.map(sum),
    queues: waits.map((row, c) => row.map((wait) => wait * (throughputs[c] ?? 0))),
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function check(classes: readonly CustomerClass[]): Problem[] {
  const checks = new Checks().whole('classes', classes.length, 1, 10);
  const resources = classes[0]?.demands.length ?? 0;
  checks.whole('resources', resources, 1, 100);
  classes.forEach(({ customers, think, demands }, c) => {
    const where = `classes[${c}]`;
    checks.whole(`${where}.customers`, customers, 1, MAX_STATES);
    checks.notNegative(`${where}.think`, think);
    checks.whole(`${where}.demands`, demands.length, resources, resources);
    demands.forEach((demand, k) => checks.notNegative(`${where}.demands[${k}]`, demand));
    if (sum(demands) === 0) {
      checks.fail('outOfRange', `${where}.demands`, 'All demands are 0; give one above 0.');
    }
  });
  if (checks.problems.length > 0) return checks.problems;
  const states = classes.reduce((product, { customers }) => product * (customers + 1), resources);
  if (states > MAX_STATES) {
    checks.fail('tooLarge', 'classes', 'Too many combinations of customers; give fewer of them.');
  }
  return checks.problems;
}
