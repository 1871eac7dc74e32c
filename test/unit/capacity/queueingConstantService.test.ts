import { describe, expect, it } from 'vitest';
import { constantService } from '../../../src/domain/capacity/queueing/constantService';
import { solved } from './queueingSupport';

const DIGITS = 400n;
const ONE = 10n ** DIGITS;

/** e^x for x = numerator/1000, in fixed point; the series of the smaller half squared. */
function exp(numerator: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let k = 1n; term !== 0n; k++) sum += term = (term * numerator) / (1000n * k);
  return sum;
}

/**
 * Erlang's alternating sum of 1909 with 400 digits, for λ and t in thousandths and D = 1:
 * (1−λ)·Σ e^{λ(t−k)}·(−λ(t−k))^k/k!. Doubles lose all digits from about t = 20 on.
 */
function erlangSum(lambda: number, t: number): number {
  let sum = 0n;
  for (let k = 0; k * 1000 <= t; k++) {
    const millionths = BigInt(lambda) * BigInt(t - k * 1000);
    let term = exp(millionths / 1000n);
    for (let j = 1n; j <= BigInt(k); j++) term = (term * -millionths) / (1_000_000n * j);
    sum += term;
  }
  return Number((sum * BigInt(1000 - lambda)) / 1000n / (ONE / 10n ** 18n)) / 1e18;
}

describe('M/D/1', () => {
  // λ and t are such that λ·(t−k) has three decimals at most, which `exp` needs.
  it.each([100, 500, 800, 900, 950, 990])(
    'agrees with Erlang’s sum in 400 digits, λ = %d/1000',
    (lambda) => {
      const queue = solved(constantService({ lambda: lambda / 1000, service: 1 }));
      for (const t of [0, 1, 2, 5, 10, 20, 30, 45, 63, 64, 65, 80, 100]) {
        const expected = erlangSum(lambda, t * 1000);
        expect(Math.abs(1 - queue.waitTail(t) - expected), `t = ${t}`).toBeLessThan(1e-12);
      }
    },
  );

  it('agrees between whole service times', () => {
    const queue = solved(constantService({ lambda: 0.8, service: 1 }));
    for (const t of [0.5, 2.5, 17.5, 40.5, 63.5]) {
      const expected = erlangSum(800, t * 1000);
      expect(Math.abs(1 - queue.waitTail(t) - expected), `t = ${t}`).toBeLessThan(1e-12);
    }
  });

  it('scales with the service time and inverts its own tail', () => {
    const queue = solved(constantService({ lambda: 90, service: 0.01 }));
    const unit = solved(constantService({ lambda: 0.9, service: 1 }));
    expect(queue.waitQuantile(0.99)).toBeCloseTo(unit.waitQuantile(0.99) / 100, 10);
    expect(queue.waitTail(queue.waitQuantile(0.9999))).toBeCloseTo(0.0001, 12);
  });

  it('has the mean that its tail integrates to', () => {
    const queue = solved(constantService({ lambda: 0.9, service: 1 }));
    let area = 0;
    for (let i = 0; i < 400_000; i++) area += queue.waitTail((i + 0.5) / 1000) / 1000;
    expect(area).toBeCloseTo(queue.wait, 6);
  });
});
