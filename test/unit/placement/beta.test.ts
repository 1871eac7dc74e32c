import { describe, expect, it } from 'vitest';
import { betaQuantile, incompleteBeta, logGamma } from '../../../src/domain/math/beta';
import { imbalanceQuantile } from '../../../src/domain/placement/balance';

const close = (actual: number, expected: number, relative: number): void => {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);
};

/** Expected values: SciPy 1.17 `gammaln`, `betainc`, `betaincinv`. */
describe('beta function', () => {
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [160, 650.4096828956552],
    [10000.0, 82099.71749644238],
    [1000000.0, 12815504.569147611],
  ])('ln Γ(%d)', (x, expected) => {
    close(logGamma(x), expected, 1e-12);
  });

  it.each([
    [0.1, 0.5, 0.5, 0.20483276469913345],
    [0.3, 2, 5, 0.5798250000000003],
    [0.01, 160, 1440, 1.3385600086748637e-102],
    [0.12, 160, 1440, 0.9945699661955847],
    [0.09, 160, 1440, 0.08805478297728427],
    [0.5, 10000.0, 10000.0, 0.4999999999999989],
    [0.999, 3, 0.2, 0.6685414839010846],
    [1e-6, 0.3, 4, 0.026063550506024224],
  ])('I_%d(%d, %d)', (x, a, b, expected) => {
    close(incompleteBeta(x, a, b), expected, 1e-9);
  });

  it.each([
    [0.995, 160, 1440, 0.12023907166260335],
    [0.05, 2, 3, 0.09761146288641434],
    [0.999, 40, 360, 0.15182717697372716],
    [0.9999, 1000, 49000, 0.022410838289237622],
    [0.5, 0.5, 0.5, 0.4999999999999999],
  ])('quantile %d of Beta(%d, %d)', (p, a, b, expected) => {
    close(betaQuantile(p, a, b), expected, 1e-9);
  });

  it('is clamped outside and undefined for bad parameters', () => {
    expect([incompleteBeta(-1, 2, 3), incompleteBeta(2, 2, 3)]).toEqual([0, 1]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([incompleteBeta(0.5, 0, 1), betaQuantile(NaN, 1, 1)]).toEqual([NaN, NaN]);
  });
});

describe('planning quantile of imbalance', () => {
  it.each([
    [3, 1.282, 1.177, 1.14, 1.11, 1.055],
    [5, 1.349, 1.216, 1.17, 1.133, 1.067],
    [10, 1.422, 1.259, 1.202, 1.159, 1.079],
    [20, 1.483, 1.294, 1.229, 1.179, 1.089],
    [50, 1.552, 1.333, 1.259, 1.202, 1.099],
  ])('of %d servers with 40, 100, 160, 256 and 1000 points', (servers, ...expected) => {
    const found = [40, 100, 160, 256, 1000].map((points) => imbalanceQuantile(servers, points));
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? 0, 2);
    });
  });

  it('is 1 for one server', () => {
    expect(imbalanceQuantile(1, 160)).toBe(1);
  });
});
