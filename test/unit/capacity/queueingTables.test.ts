/** Published tables and textbook examples; digits as printed there decide the tolerance. */
import { describe, expect, it } from 'vitest';
import { constantService } from '../../../src/domain/capacity/queueing/constantService';
import { erlangB, erlangC } from '../../../src/domain/capacity/queueing/erlang';
import { finiteRoom } from '../../../src/domain/capacity/queueing/finiteRoom';
import { lruHitRatio } from '../../../src/domain/capacity/queueing/lruCache';
import { multiServer } from '../../../src/domain/capacity/queueing/multiServer';
import { exactClosed, schweitzerClosed } from '../../../src/domain/capacity/queueing/mva';
import { priorityWaits, sharedPriorityWaits } from '../../../src/domain/capacity/queueing/priority';
import { singleServer } from '../../../src/domain/capacity/queueing/singleServer';
import { supermarketResponse } from '../../../src/domain/capacity/queueing/supermarket';
import { fitUsl, uslPeak, uslThroughput } from '../../../src/domain/capacity/queueing/usl';
import { CISCO } from './queueingCisco';
import { expectClose, QUANTILE, solved } from './queueingSupport';

describe('one queue', () => {
  it.each([
    [
      45,
      10,
      5,
      0.762493220733,
      0.252498644147,
      [0.195244921, 0.540238207, 0.681246911, 1.004978117, 1.465902996],
    ],
    [
      12,
      4,
      4,
      0.509433962264,
      0.377358490566,
      [0.289070907, 0.82154959, 1.032024951, 1.501577044, 2.147419055],
    ],
  ])('M/M/c %d, %d, %d', (lambda, mu, servers, waits, response, quantiles) => {
    const queue = solved(multiServer({ lambda, mu, servers }));
    expectClose(queue.waitProbability, waits);
    expectClose(queue.response, response);
    [0.5, 0.9, 0.95, 0.99, 0.999].forEach((p, i) =>
      expectClose(queue.responseQuantile(p), quantiles[i] ?? NaN, QUANTILE),
    );
  });

  it('Erlang B is 1 % where traffic tables say so', () => {
    expectClose(erlangB(10, 4.461), 0.0099978, 1e-5);
    expectClose(erlangB(20, 12.03), 0.0099959, 1e-5);
    expectClose(erlangB(30, 20.34), 0.0100132, 1e-5);
    expectClose(erlangB(100, 84.06), 0.0099917, 1e-5);
  });

  it('Erlang C of a hundred thousand servers', () => {
    expectClose(erlangC(100_000, 99_990), 0.9609654283);
    expectClose(erlangB(1050, 1000), 0.00381313598454);
  });

  it('M/M/c/K', () => {
    const queue = solved(finiteRoom({ lambda: 8, mu: 1, servers: 10, room: 20 }));
    expectClose(queue.lossProbability, 0.00910717874659);
    expectClose(queue.population, 9.07705607678);
    expectClose(queue.response, 1.14506027823);
    const other = solved(finiteRoom({ lambda: 45, mu: 10, servers: 5, room: 8 }));
    expectClose(other.lossProbability, 0.111231977758);
    expectClose(other.response, 0.117957480153);
  });

  it.each([
    [0, 0.2],
    [0.25, 0.25],
    [1, 0.4],
    [4, 1],
  ])('M/G/1 with Cs² = %d waits %d', (serviceScv, wait) => {
    expectClose(solved(singleServer({ lambda: 8, service: 0.1, serviceScv })).wait, wait);
  });

  it.each([
    [0.8, 0.5, 0.298364939528],
    [0.8, 2, 0.63451993632],
    [0.8, 10, 0.988342891735],
    [0.9, 10, 0.88240302],
  ])('M/D/1 λ = %d, P(wait ≤ %d) = %d', (lambda, t, expected) => {
    expectClose(1 - solved(constantService({ lambda, service: 1 })).waitTail(t), expected, 1e-8);
  });

  it('classes with priority', () => {
    const waits = solved(
      priorityWaits([2, 4].map((lambda) => ({ lambda, service: 0.1, serviceScv: 1 }))),
    );
    expectClose(waits[0] ?? NaN, 0.075);
    expectClose(waits[1] ?? NaN, 0.1875);
    // Conservation: priorities move waits between classes, their load-weighted sum stays.
    const shared = solved(sharedPriorityWaits([2, 4, 1], { mu: 2, servers: 5 }));
    const fcfs = solved(multiServer({ lambda: 7, mu: 2, servers: 5 }));
    const weighted = [2, 4, 1].reduce((sum, rate, k) => sum + rate * (shared[k] ?? NaN), 0);
    expectClose(weighted, 7 * fcfs.wait);
  });
});

describe('networks', () => {
  const resources = [0.605, 2.1, 1.35].map((demand) => ({ demand }));

  it.each([
    [1, 15, 0.05247966413],
    [3, 15, 0.15151649235],
    [10, 0, 0.473519522005],
    [30, 15, 0.476170149],
  ])('three centres of Lazowska, %d customers, Z = %d', (customers, think, throughput) => {
    expectClose(solved(exactClosed({ customers, think, resources })).throughput, throughput, 1e-8);
  });

  it('multi-server resources up to saturation', () => {
    const many = [0.01, 0.03, 0.08].map((demand, k) => ({ demand, servers: 2 ** k }));
    const rate = (customers: number): number =>
      solved(exactClosed({ customers, think: 1, resources: many })).throughput;
    expectClose(rate(10), 8.91815270889);
    expectClose(rate(100), 49.9997947, 1e-8);
  });

  it('Schweitzer', () => {
    const rate = solved(schweitzerClosed({ customers: 10, think: 0, resources })).throughput;
    expectClose(rate, 0.465784014096, 1e-5);
  });
});

describe('scaling, popularity and choices', () => {
  it('fits the published coefficients of the Cisco measurements', () => {
    const fit = solved(fitUsl(CISCO));
    expectClose(fit.lambda, 995.6486, 2e-4);
    expectClose(fit.sigma, 0.02671591, 2e-4);
    expectClose(fit.kappa, 7.690945e-4, 2e-4);
    expect(Math.floor(uslPeak(fit))).toBe(35);
    expectClose(uslThroughput(fit, 35), 12341, 2e-4);
    expectClose(uslThroughput(fit, 20), 11063.6331257, 2e-4);
    expectClose(35 / uslThroughput(fit, 35), 0.00283591355, 2e-4);
    expect(fit.clamped).toEqual([]);
    expect(fit.r2).toBeGreaterThan(0.997);
  });

  it.each([
    [2, 0.5, 1.265686],
    [2, 0.8, 1.9473634],
    [2, 0.95, 3.383046],
    [3, 0.9, 2.027856],
    [3, 0.99, 3.8578465],
  ])('%d choices at ρ = %d', (choices, rho, response) => {
    expectClose(solved(supermarketResponse({ rho, mu: 1, choices })), response, 1e-7);
  });

  it.each([
    [0.8, 100, 0.15662],
    [0.8, 1000, 0.43666],
    [0.8, 5000, 0.79163],
    [0.99, 100, 0.3769],
    [0.99, 1000, 0.66414],
    [0.99, 5000, 0.89412],
  ])('LRU hit ratio for s = %d, C = %d', (exponent, capacity, expected) => {
    expectClose(solved(lruHitRatio({ items: 10_000, capacity, exponent })), expected, 5e-5);
  });
});
