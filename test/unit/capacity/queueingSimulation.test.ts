/** Simulations on fixed seeds beside exact models, at their own 99 % intervals. */
import { describe, expect, it } from 'vitest';
import { constantService } from '../../../src/domain/capacity/queueing/constantService';
import { finiteRoom } from '../../../src/domain/capacity/queueing/finiteRoom';
import { lruHitRatio } from '../../../src/domain/capacity/queueing/lruCache';
import {
  generalManyServers,
  poissonManyServers,
} from '../../../src/domain/capacity/queueing/manyServers';
import { multiServer } from '../../../src/domain/capacity/queueing/multiServer';
import { singleServer } from '../../../src/domain/capacity/queueing/singleServer';
import { supermarketResponse } from '../../../src/domain/capacity/queueing/supermarket';
import { harmonic } from '../../../src/domain/capacity/queueing/zipf';
import {
  type BalancingPolicy,
  simulateBalancing,
} from '../../../src/domain/capacity/simulation/balancing';
import { durations } from '../../../src/domain/capacity/simulation/durations';
import type { Estimate } from '../../../src/domain/capacity/simulation/estimate';
import { simulateQueue } from '../../../src/domain/capacity/simulation/queue';
import { seededRandom } from '../../../src/domain/capacity/simulation/random';
import { studentT } from '../../../src/domain/math/studentT';
import { failed, solved } from './queueingSupport';

const holds = ({ low, high }: Estimate, exact: number): boolean => low <= exact && exact <= high;
function expectInside(estimate: Estimate, exact: number): void {
  expect(estimate.low).toBeLessThanOrEqual(exact);
  expect(estimate.high).toBeGreaterThanOrEqual(exact);
  // An interval as wide as the value would hold anything.
  expect(estimate.high - estimate.low).toBeLessThan(0.5 * exact);
}

describe('a simulated queue', () => {
  it.each([
    { lambda: 0.5, mu: 1, servers: 1 },
    { lambda: 0.8, mu: 1, servers: 1 },
    { lambda: 8, mu: 1, servers: 10 },
    { lambda: 450, mu: 10, servers: 50 },
  ])('agrees with M/M/c: λ = $lambda, μ = $mu, c = $servers', (load) => {
    const exact = solved(multiServer(load));
    const run = solved(simulateQueue(load, { customers: 300_000 }));
    expectInside(run.wait, exact.wait);
    expectInside(run.response, exact.response);
    expectInside(run.waitProbability, exact.waitProbability);
    for (const p of [0.5, 0.9, 0.99]) {
      expectInside(run.responseQuantile(p), exact.responseQuantile(p));
    }
  });

  it('agrees with M/G/1 and M/D/1', () => {
    for (const serviceScv of [0, 0.25, 0.7, 2, 4]) {
      const exact = solved(singleServer({ lambda: 0.7, service: 1, serviceScv }));
      const run = solved(simulateQueue({ lambda: 0.7, mu: 1, servers: 1, serviceScv }));
      expectInside(run.wait, exact.wait);
    }
    const constant = solved(constantService({ lambda: 0.7, service: 1 }));
    const run = solved(simulateQueue({ lambda: 0.7, mu: 1, servers: 1, serviceScv: 0 }));
    for (const p of [0.5, 0.9, 0.99]) {
      expectInside(run.waitQuantile(p), constant.waitQuantile(p));
    }
  });

  it('agrees with M/M/c/K, overloaded too', () => {
    for (const [lambda, servers, room] of [
      [8, 10, 12],
      [12, 10, 30],
      [3, 1, 5],
    ] as const) {
      const exact = solved(finiteRoom({ lambda, mu: 1, servers, room }));
      const run = solved(simulateQueue({ lambda, mu: 1, servers, room }));
      expectInside(run.response, exact.response);
      expectInside(run.lossProbability, exact.lossProbability);
      expectInside(run.responseQuantile(0.95), exact.responseQuantile(0.95));
    }
  });

  it('has intervals that hold the truth about as often as they claim', () => {
    const load = { lambda: 8, mu: 1, servers: 10 };
    const exact = solved(multiServer(load)).wait;
    const runs = Array.from({ length: 100 }, (_, i) =>
      solved(simulateQueue(load, { seed: i + 1, customers: 20_000, confidence: 0.9 })),
    );
    const held = runs.filter((run) => holds(run.wait, exact)).length;
    expect(held).toBeGreaterThanOrEqual(82);
    expect(held).toBeLessThanOrEqual(97);
  });

  it('repeats a seed and differs for another', () => {
    const load = { lambda: 0.8, mu: 1, servers: 1, serviceScv: 2 };
    const mean = (seed: number): number => solved(simulateQueue(load, { seed })).wait.value;
    expect(mean(7)).toBe(mean(7));
    expect(mean(7)).not.toBe(mean(8));
  });

  it('says what is wrong', () => {
    const at = (outcome: unknown): string[] =>
      failed(outcome).map(({ code, where }) => `${code} ${where}`);
    expect(at(simulateQueue({ lambda: 2, mu: 1, servers: 2 }))).toEqual(['unstable lambda']);
    expect(at(simulateQueue({ lambda: 1, mu: 1, servers: 2 }, { customers: 1e12 }))).toEqual([
      'outOfRange customers',
    ]);
    expect(at(simulateQueue({ lambda: NaN, mu: 0, servers: 1.5 }))).toEqual([
      'outOfRange lambda',
      'outOfRange mu',
      'outOfRange servers',
    ]);
  });
});

describe('approximations beside simulations', () => {
  it.each([
    [2, 0.8, 0],
    [5, 0.5, 0],
    [5, 0.8, 0.25],
    [10, 0.8, 0],
    [10, 0.8, 0.25],
  ])(
    'M/G/c is within 5 % of the interval: c = %d, ρ = %d, Cs² = %d',
    (servers, rho, serviceScv) => {
      const load = { lambda: rho * servers, mu: 1, servers, serviceScv };
      const { wait } = solved(poissonManyServers(load));
      const run = solved(simulateQueue(load, { customers: 300_000 })).wait;
      expect(wait).toBeGreaterThan(run.low * 0.95);
      expect(wait).toBeLessThan(run.high * 1.05);
      expect(run.high - run.low).toBeLessThan(0.25 * run.value);
    },
  );

  it.each([
    [1, 0.8, 0, 1],
    [2, 0.8, 0.25, 0.25],
    [5, 0.8, 0, 1],
    [10, 0.8, 0.25, 0.25],
  ])(
    'G/G/c is an upper bound: c = %d, ρ = %d, Ca² = %d, Cs² = %d',
    (servers, rho, arrivalScv, serviceScv) => {
      const load = { lambda: rho * servers, mu: 1, servers, arrivalScv, serviceScv };
      const bound = solved(generalManyServers(load));
      const run = solved(simulateQueue(load, { customers: 300_000 })).wait;
      expect(bound.wait).toBeGreaterThan(run.low);
      expect(bound.correctedWait).toBeLessThan(bound.wait);
      expect(bound.correctedWait).toBeGreaterThan(run.low);
      expect(bound.wait).toBeLessThan(run.high * 1.9);
    },
  );

  it('the tail of M/G/c is within 20 %', () => {
    for (const serviceScv of [0.25, 4]) {
      const load = { lambda: 9, mu: 1, servers: 10, serviceScv };
      const estimate = solved(simulateQueue(load, { customers: 300_000 })).waitQuantile(0.99);
      const approximate = solved(poissonManyServers(load)).waitQuantile(0.99);
      expect(approximate).toBeGreaterThan(estimate.low * 0.8);
      expect(approximate).toBeLessThan(estimate.high * 1.2);
    }
  });

  it.each<[BalancingPolicy, number, number]>([
    ['random', 3.24, 14.9],
    ['roundRobin', 1.89, 8.8],
    ['twoChoices', 1.63, 6.7],
    ['shortest', 1.02, 4.7],
  ])('29 servers behind %s answer in %d on average, p99 %d', (policy, mean, p99) => {
    const pool = { lambda: 0.69 * 29, mu: 1, servers: 29, policy };
    const run = solved(simulateBalancing(pool, { customers: 300_000 }));
    expect(Math.abs(run.response.value / mean - 1)).toBeLessThan(0.02);
    expect(Math.abs(run.responseQuantile(0.99).value / p99 - 1)).toBeLessThan(0.04);
    if (policy === 'random') expectInside(run.response, 1 / (1 - 0.69));
    if (policy === 'twoChoices') {
      const limit = solved(supermarketResponse({ rho: 0.69, mu: 1, choices: 2 }));
      expect(run.response.value / limit).toBeGreaterThan(1.01);
      expect(run.response.value / limit).toBeLessThan(1.08);
    }
  });

  it('Che’s hit ratio is that of a simulated LRU cache', () => {
    const [items, capacity, exponent] = [2000, 200, 0.8];
    const random = seededRandom(5);
    const shares = Array.from({ length: items }, (_, i) => harmonic(i + 1, exponent));
    const cache = new Map<number, true>(); // in order of use
    let hits = 0;
    const requests = 400_000;
    for (let i = -50_000; i < requests; i++) {
      const target = random() * (shares.at(-1) ?? NaN);
      let [low, high] = [0, items - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((shares[middle] ?? NaN) < target) low = middle + 1;
        else high = middle;
      }
      if (cache.delete(low) && i >= 0) hits++;
      cache.set(low, true);
      if (cache.size > capacity) cache.delete(cache.keys().next().value ?? -1);
    }
    const ratio = solved(lruHitRatio({ items, capacity, exponent }));
    expect(Math.abs(hits / requests - ratio)).toBeLessThan(0.003);
  });
});

describe('samples', () => {
  it.each([0, 0.02, 0.25, 0.6, 1, 1.5, 4, 20])(
    'have the mean and the variation asked for: %d',
    (scv) => {
      const draw = durations(3, scv, seededRandom(11));
      const samples = Array.from({ length: 400_000 }, draw);
      const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
      const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length;
      expect(Math.abs(mean / 3 - 1)).toBeLessThan(0.03);
      expect(Math.abs(variance / 9 - scv)).toBeLessThan(0.05 * scv + 1e-12);
    },
  );

  it('Student’s t has its tabled quantiles', () => {
    expect(studentT(0.95, 1)).toBeCloseTo(12.706205, 5);
    expect(studentT(0.99, 9)).toBeCloseTo(3.249836, 6);
    expect(studentT(0.95, 1000)).toBeCloseTo(1.962339, 6);
  });
});
