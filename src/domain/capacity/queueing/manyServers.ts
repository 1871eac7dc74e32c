import type { Problem } from '../../placement/types';
import { Checks } from './checks';
import { multiServer } from './multiServer';
import { type Station, stationOf } from './station';

/** Arrivals and services known by mean and squared coefficient of variation only. */
export interface GeneralLoad {
  readonly lambda: number;
  readonly mu: number;
  readonly servers: number;
  /** Ca²: 0 regular, 1 Poisson. */
  readonly arrivalScv: number;
  /** Cs²: 0 constant, 1 exponential. */
  readonly serviceScv: number;
}

/** An approximation; see the functions for how good it is. */
export interface General extends Station {
  /** P(wait > t), about ±15 % in its quantiles at ρ ≥ 0.8 and Cs² ≤ 1, 20 % low at Cs² = 4. */
  readonly waitTail: (t: number) => number;
  readonly waitQuantile: (p: number) => number;
}

/** G/G/c: the mean wait of Allen and Cunneen, and with the correction for regular arrivals. */
export interface GeneralBounds extends General {
  /** The wait times the Krämer–Langenbach-Belz factor; the same for Ca² ≥ 1. */
  readonly correctedWait: number;
}

/**
 * M/G/c: Kimura's interpolation between M/M/c and M/D/c (Mgmt Sci 32(6), 1986), the latter after
 * Cosmetatos (1976); for Cs² > 1 Allen–Cunneen. Exact for c = 1 and for Cs² = 1. Measured error of
 * the mean wait: below 5 % for Cs² ≤ 1, up to 30 % (at light load) for Cs² = 4.
 */
export function poissonManyServers(load: Omit<GeneralLoad, 'arrivalScv'>): General | Problem[] {
  const base = exponentialWait({ ...load, arrivalScv: 1 });
  if (Array.isArray(base)) return base;
  const { lambda, mu, servers, serviceScv: scv } = load;
  if (scv > 1) return general(load, base.probability, ((1 + scv) / 2) * base.wait, 1 + scv);
  const rho = lambda / (servers * mu);
  const xi = ((1 - rho) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * rho * servers);
  const constant = 0.5 * (1 + Math.min(0.25, xi)); // of M/D/c, as a share of M/M/c's wait
  const wait = (base.wait * (1 + scv)) / (2 * scv + (1 - scv) / constant);
  return general(load, base.probability, wait, 1 + scv);
}

/**
 * G/G/c by Allen and Cunneen (Allen 1990, §5.3): ½(Ca² + Cs²) times the wait of M/M/c. With Ca² < 1
 * it lies above the true mean, far above at light load with many servers; the factor of Krämer and
 * Langenbach-Belz (1976) takes part of that away. Simulate where the number matters.
 */
export function generalManyServers(load: GeneralLoad): GeneralBounds | Problem[] {
  const base = exponentialWait(load);
  if (Array.isArray(base)) return base;
  const { lambda, mu, servers, arrivalScv, serviceScv } = load;
  const spread = arrivalScv + serviceScv;
  const wait = (spread / 2) * base.wait;
  const rho = lambda / (servers * mu);
  const exponent = (-2 * (1 - rho) * (1 - arrivalScv) ** 2) / (3 * rho * spread);
  const factor = arrivalScv < 1 && spread > 0 ? Math.exp(exponent) : 1;
  return { ...general(load, base.probability, wait, spread), correctedWait: wait * factor };
}

function exponentialWait(load: GeneralLoad): { wait: number; probability: number } | Problem[] {
  const { problems } = new Checks()
    .positive('lambda', load.lambda)
    .notNegative('arrivalScv', load.arrivalScv)
    .notNegative('serviceScv', load.serviceScv);
  const base = multiServer(load);
  if (Array.isArray(base)) return [...problems, ...base];
  if (problems.length > 0) return problems;
  return { wait: base.wait, probability: base.waitProbability };
}

/** The wait is taken to be exponential for those who wait (Whitt 1993; Abate, Choudhury & Whitt). */
function general(
  { lambda, mu, servers }: Pick<GeneralLoad, 'lambda' | 'mu' | 'servers'>,
  waits: number,
  wait: number,
  spread: number,
): General {
  const drain = (2 * (servers * mu - lambda)) / spread;
  return {
    ...stationOf(wait, { lambda, service: 1 / mu, servers }),
    waitTail: (t) => (spread > 0 ? waits * Math.exp(-drain * t) : 0),
    waitQuantile: (p) => (1 - p >= waits ? 0 : Math.log(waits / (1 - p)) / drain),
  };
}
