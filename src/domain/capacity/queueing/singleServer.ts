import type { Problem } from '../../placement/types';
import { Checks } from './checks';
import { type Station, stationOf } from './station';

/** Poisson arrivals, any service time with the mean `service` and squared variation `serviceScv`. */
export interface SingleServerLoad {
  readonly lambda: number;
  readonly service: number;
  /** Cs², variance over squared mean: 0 constant, 1 exponential. */
  readonly serviceScv: number;
  /** E[S³], when it is known: gives the variance of the wait. */
  readonly serviceThirdMoment?: number;
}

export interface SingleServer extends Station {
  /** E[Wq²], with a third moment only. */
  readonly waitSecondMoment?: number;
}

/** M/G/1 by Pollaczek and Khinchine (Kleinrock I, §5.7). Exact. Fails when ρ ≥ 1. */
export function singleServer(load: SingleServerLoad): SingleServer | Problem[] {
  const { lambda, service, serviceScv, serviceThirdMoment } = load;
  const checks = new Checks()
    .notNegative('lambda', lambda)
    .positive('service', service)
    .notNegative('serviceScv', serviceScv);
  if (serviceThirdMoment !== undefined) {
    checks.positive('serviceThirdMoment', serviceThirdMoment);
  }
  checks.stable({ lambda, mu: 1 / service, servers: 1 });
  if (checks.problems.length > 0) return checks.problems;
  const idle = 1 - lambda * service;
  const wait = (lambda * service * service * (1 + serviceScv)) / (2 * idle);
  return {
    ...stationOf(wait, { lambda, service, servers: 1 }),
    ...(serviceThirdMoment === undefined
      ? {}
      : { waitSecondMoment: 2 * wait ** 2 + (lambda * serviceThirdMoment) / (3 * idle) }),
  };
}
