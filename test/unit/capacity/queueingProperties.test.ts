import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedBounds } from '../../../src/domain/capacity/queueing/bounds';
import { constantService } from '../../../src/domain/capacity/queueing/constantService';
import { erlangB, erlangC } from '../../../src/domain/capacity/queueing/erlang';
import { finiteRoom } from '../../../src/domain/capacity/queueing/finiteRoom';
import { cheHitRatio, lruHitRatio } from '../../../src/domain/capacity/queueing/lruCache';
import {
  generalManyServers,
  poissonManyServers,
} from '../../../src/domain/capacity/queueing/manyServers';
import { multiClassClosed } from '../../../src/domain/capacity/queueing/multiClass';
import { multiServer } from '../../../src/domain/capacity/queueing/multiServer';
import { exactClosed, schweitzerClosed } from '../../../src/domain/capacity/queueing/mva';
import { singleServer } from '../../../src/domain/capacity/queueing/singleServer';
import { supermarketResponse } from '../../../src/domain/capacity/queueing/supermarket';
import { fitUsl, uslThroughput } from '../../../src/domain/capacity/queueing/usl';
import { harmonic, zipfPopularity } from '../../../src/domain/capacity/queueing/zipf';
import { solved } from './queueingSupport';

const load = fc
  .record({
    rho: fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
    mu: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    servers: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ rho, mu, servers }) => ({ lambda: rho * servers * mu, mu, servers }));
const percentile = fc.double({ min: 0, max: 0.99999, noNaN: true });
const network = fc.record({
  customers: fc.integer({ min: 1, max: 60 }),
  think: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 10, noNaN: true })),
  resources: fc.array(
    fc.record({
      demand: fc.double({ min: 0.001, max: 2, noNaN: true }),
      servers: fc.integer({ min: 1, max: 8 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
const close = (actual: number, expected: number, tolerance = 1e-9): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected) + 1e-12);

describe('open queues', () => {
  it('keep Little’s law', () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 0, max: 100 }), (l, extra) => {
        const finite = solved(finiteRoom({ ...l, room: l.servers + extra }));
        for (const queue of [solved(multiServer(l)), finite]) {
          close(queue.population, queue.throughput * queue.response);
          close(queue.queue, queue.throughput * queue.wait);
        }
      }),
    );
  });

  it('have tails that fall, and quantiles that invert them', () => {
    fc.assert(
      fc.property(load, percentile, (l, p) => {
        const queue = solved(multiServer(l));
        const t = queue.responseQuantile(p);
        close(queue.responseTail(t), 1 - p, 1e-6);
        // Beside 1 a tail is only as exact as the numbers are.
        expect(queue.responseTail(t * 1.01)).toBeLessThanOrEqual(
          queue.responseTail(t) * (1 + 1e-12),
        );
        expect(queue.waitTail(queue.waitQuantile(p))).toBeLessThanOrEqual(1 - p + 1e-9);
      }),
    );
  });

  it('wait longer with more load and shorter with more servers', () => {
    fc.assert(
      fc.property(load, fc.double({ min: 0.1, max: 0.99, noNaN: true }), (l, less) => {
        const queue = solved(multiServer(l));
        const lighter = solved(multiServer({ ...l, lambda: l.lambda * less }));
        const larger = solved(multiServer({ ...l, servers: l.servers + 1 }));
        expect(lighter.wait).toBeLessThanOrEqual(queue.wait);
        expect(larger.wait).toBeLessThanOrEqual(queue.wait);
        expect(larger.responseQuantile(0.99)).toBeLessThanOrEqual(
          queue.responseQuantile(0.99) * (1 + 1e-12),
        );
      }),
    );
  });

  it('meet at their common points', () => {
    fc.assert(
      fc.property(load, ({ lambda, mu, servers }) => {
        const rate = lambda / servers; // stable with one server
        const one = solved(multiServer({ lambda: rate, mu, servers: 1 }));
        close(one.response, 1 / (mu - rate));
        close(one.waitProbability, rate / mu);
        close(one.responseTail(1 / mu), Math.exp(-(mu - rate) / mu));
        const general = { lambda: rate, mu, servers: 1, serviceScv: 1 };
        close(
          solved(singleServer({ lambda: rate, service: 1 / mu, serviceScv: 1 })).wait,
          one.wait,
        );
        close(solved(poissonManyServers(general)).wait, one.wait);
        const constant = solved(constantService({ lambda: rate, service: 1 / mu }));
        close(constant.wait, one.wait / 2);
        const many = solved(multiServer({ lambda, mu, servers }));
        close(solved(poissonManyServers({ lambda, mu, servers, serviceScv: 1 })).wait, many.wait);
        const ggc = { lambda, mu, servers, arrivalScv: 1, serviceScv: 1 };
        close(solved(generalManyServers(ggc)).wait, many.wait);
        close(erlangC(1, rate / mu), rate / mu);
        const full = solved(finiteRoom({ lambda, mu, servers, room: servers }));
        close(full.lossProbability, erlangB(servers, lambda / mu), 1e-8);
        close(full.responseQuantile(0.9), Math.LN10 / mu);
      }),
    );
  });

  it('limited room tends to unlimited room, quantiles too', () => {
    fc.assert(
      fc.property(load, ({ mu, servers }) => {
        const lambda = 0.8 * servers * mu;
        const finite = solved(finiteRoom({ lambda, mu, servers, room: servers + 400 }));
        const open = solved(multiServer({ lambda, mu, servers }));
        close(finite.response, open.response);
        for (const p of [0.5, 0.95, 0.999]) {
          close(finite.responseQuantile(p), open.responseQuantile(p));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stay finite and exact for ten thousand servers near saturation', () => {
    for (const rho of [0.5, 0.99, 0.9999, 0.999999]) {
      const queue = solved(multiServer({ lambda: rho * 10_000, mu: 1, servers: 10_000 }));
      expect(queue.waitProbability).toBeGreaterThanOrEqual(0);
      expect(queue.waitProbability).toBeLessThan(1);
      close(queue.responseTail(queue.responseQuantile(0.99)), 0.01, 1e-9);
    }
    // Halfin and Whitt (1981): C → 1/(1 + β·Φ(β)/φ(β)) with β = (1−ρ)·√c; here β = 1.
    const halfinWhitt = 1 / (1 + 0.841344746068543 / 0.241970724519143);
    const many = solved(multiServer({ lambda: 1e6 - 1e3, mu: 1, servers: 1e6 }));
    close(many.waitProbability, halfinWhitt, 2e-3);
  });
});

describe('closed networks', () => {
  it('stay within the bounds, count every customer, and speed up with customers', () => {
    fc.assert(
      fc.property(network, (net) => {
        const solution = solved(exactClosed(net));
        const bounds = solved(closedBounds(net));
        expect(solution.throughput).toBeLessThanOrEqual(bounds.throughput * (1 + 1e-9));
        expect(solution.response).toBeGreaterThanOrEqual(bounds.response * (1 - 1e-9));
        const queued = solution.queues.reduce((sum, q) => sum + q, 0);
        close(queued + solution.throughput * net.think, net.customers, 1e-8);
        const more = solved(exactClosed({ ...net, customers: net.customers + 1 }));
        expect(more.throughput).toBeGreaterThanOrEqual(solution.throughput * (1 - 1e-9));
        for (const u of solution.utilisations) expect(u).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('give the same by convolution as by the recursion, and one class as several', () => {
    fc.assert(
      fc.property(network, ({ customers, think, resources }) => {
        const single = resources.map(({ demand }) => ({ demand }));
        const byRecursion = solved(exactClosed({ customers, think, resources: single }));
        // A resource without demand changes nothing but makes the solver take the other way.
        const byConvolution = solved(
          exactClosed({ customers, think, resources: [...single, { demand: 0, servers: 2 }] }),
        );
        close(byConvolution.throughput, byRecursion.throughput, 1e-9);
        byRecursion.queues.forEach((q, k) => close(byConvolution.queues[k] ?? NaN, q, 1e-8));
        const demands = single.map(({ demand }) => demand);
        const half = Math.ceil(customers / 2);
        const classes = [half, customers - half]
          .filter((n) => n > 0)
          .map((n) => ({ customers: n, think, demands }));
        const together = solved(multiClassClosed(classes));
        close(
          together.throughputs.reduce((sum, x) => sum + x, 0),
          byRecursion.throughput,
        );
        const approximate = solved(schweitzerClosed({ customers, think, resources: single }));
        expect(approximate.throughput / byRecursion.throughput).toBeGreaterThan(0.85);
        expect(approximate.throughput / byRecursion.throughput).toBeLessThan(1.01);
      }),
    );
  });

  it('with one resource of many servers are the repairman’s problem', () => {
    // M/M/c//N: N machines break at 1/Z, c repairers; p_n in closed form.
    const [customers, servers, think, demand] = [9, 3, 4, 1];
    const weights = [1];
    for (let n = 1; n <= customers; n++) {
      const before = weights[n - 1] ?? NaN;
      weights.push((before * (customers - n + 1) * demand) / (think * Math.min(n, servers)));
    }
    const total = weights.reduce((sum, w) => sum + w, 0);
    const busy = weights.reduce((sum, w, n) => sum + (Math.min(n, servers) * w) / total, 0);
    const net = solved(exactClosed({ customers, think, resources: [{ demand, servers }] }));
    close(net.throughput, busy / demand, 1e-12);
  });
});

describe('laws', () => {
  it('a fit finds the curve that made the data', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e6, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.01, noNaN: true }),
        (lambda, sigma, kappa) => {
          const truth = { lambda, sigma, kappa };
          const points = [1, 2, 4, 8, 16, 32, 64].map((x) => ({ x, y: uslThroughput(truth, x) }));
          const fit = solved(fitUsl(points));
          close(fit.lambda, lambda, 1e-6);
          close(fit.sigma, sigma, 1e-5);
          close(fit.kappa, kappa, 1e-5);
        },
      ),
    );
  });

  it('a fit of data without crosstalk says that it set κ to 0', () => {
    const points = [1, 2, 4, 8, 16].map((x) => ({
      x,
      y: uslThroughput({ lambda: 10, sigma: 0.1, kappa: -1e-3 }, x),
    }));
    const fit = solved(fitUsl(points));
    expect(fit.kappa).toBe(0);
    expect(fit.clamped).toEqual(['kappa']);
    const linear = solved(fitUsl([1, 2, 3, 4].map((x) => ({ x, y: 7 * x * (1 + x / 1000) }))));
    expect(linear.sigma).toBe(0);
    expect(linear.clamped).toContain('sigma');
  });

  it('harmonic numbers in closed form are the sums', () => {
    for (const s of [0, 0.5, 0.99, 1, 1.01, 2, 3.5]) {
      let sum = 0;
      for (let i = 50_000; i >= 1; i--) sum += i ** -s;
      close(harmonic(50_000, s), sum, 1e-12);
    }
  });

  it('groups of ranks keep the total and the hit ratio of single items', () => {
    for (const s of [0.6, 1, 1.3]) {
      const groups = zipfPopularity(100_000, s);
      close(
        groups.reduce((sum, { items, probability }) => sum + items * probability, 0),
        1,
        1e-12,
      );
      const total = harmonic(100_000, s);
      const single = Array.from({ length: 100_000 }, (_, i) => ({
        items: 1,
        probability: (i + 1) ** -s / total,
      }));
      for (const capacity of [10, 5000, 60_000]) {
        close(cheHitRatio(groups, capacity), cheHitRatio(single, capacity), 1e-6);
      }
    }
  });

  it('hit ratios grow with the cache up to 1; uniform requests hit the cached share', () => {
    const ratio = (capacity: number, exponent = 0.9): number =>
      solved(lruHitRatio({ items: 5000, capacity, exponent }));
    const ratios = [0, 1, 10, 100, 1000, 4999, 5000, 1e9].map((c) => ratio(c));
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios.at(0)).toBe(0);
    expect(ratios.at(-1)).toBe(1);
    close(ratio(1000, 0), 0.2, 1e-9);
  });

  it('more choices answer sooner', () => {
    for (const rho of [0, 0.3, 0.9, 0.999, 1 - 2 ** -52]) {
      const times = [1, 2, 3, 5].map((choices) =>
        solved(supermarketResponse({ rho, mu: 1, choices })),
      );
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      close(times[0] ?? NaN, 1 / (1 - rho), 1e-9);
    }
  });
});
