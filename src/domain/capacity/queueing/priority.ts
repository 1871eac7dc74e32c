import type { Problem } from '../../placement/types';
import { Checks } from './checks';
import { erlangC } from './erlang';

/** One class of customers; the first of a list is served first. */
export interface PriorityClass {
  readonly lambda: number;
  /** Mean service, seconds. */
  readonly service: number;
  /** Cs² of the service; 1 is exponential. */
  readonly serviceScv: number;
}

/**
 * Mean waits of classes at one server that finishes what it has begun (Cobham 1954; Kleinrock II,
 * §3.6): Wq_k = W₀/((1 − σ_{k−1})(1 − σ_k)). Exact. Fails when the classes together reach ρ = 1.
 */
export function priorityWaits(classes: readonly PriorityClass[]): number[] | Problem[] {
  const checks = new Checks().whole('classes', classes.length, 1, 1000);
  classes.forEach(({ lambda, service, serviceScv }, k) =>
    checks
      .notNegative(`classes[${k}].lambda`, lambda)
      .positive(`classes[${k}].service`, service)
      .notNegative(`classes[${k}].serviceScv`, serviceScv),
  );
  const rho = classes.reduce((sum, { lambda, service }) => sum + lambda * service, 0);
  checks.stable({ lambda: rho, mu: 1, servers: 1 }, 'classes');
  if (checks.problems.length > 0) return checks.problems;
  const residual = classes.reduce(
    (sum, { lambda, service, serviceScv }) => sum + (lambda * service ** 2 * (1 + serviceScv)) / 2,
    0,
  );
  return cobham(
    residual,
    classes.map(({ lambda, service }) => lambda * service),
  );
}

/** The same for M/M/c, all classes with the service rate `mu`; rates in order of priority. Exact. */
export function sharedPriorityWaits(
  rates: readonly number[],
  { mu, servers }: { readonly mu: number; readonly servers: number },
): number[] | Problem[] {
  const checks = new Checks().whole('rates', rates.length, 1, 1000).positive('mu', mu);
  rates.forEach((rate, k) => checks.notNegative(`rates[${k}]`, rate));
  const lambda = rates.reduce((sum, rate) => sum + rate, 0);
  checks.servers(servers).stable({ lambda, mu, servers }, 'rates');
  if (checks.problems.length > 0) return checks.problems;
  const capacity = servers * mu;
  return cobham(
    erlangC(servers, lambda / mu) / capacity,
    rates.map((rate) => rate / capacity),
  );
}

function cobham(residual: number, loads: readonly number[]): number[] {
  let before = 0;
  return loads.map((load) => {
    const wait = residual / ((1 - before) * (1 - before - load));
    before += load;
    return wait;
  });
}
