import { describe, expect, test } from 'vitest';
import { groupCommit } from '../../../src/domain/capacity/ensemble/groupCommit';
import {
  type DurationKind,
  durations,
  onDisk,
  poissonArrivals,
} from '../../../src/domain/capacity/ensemble/logSimulation';
import { simulateCommits } from '../../../src/domain/capacity/ensemble/quorumSimulation';
import { meanOf, quantileOf, seeded, solved } from './ensembleSupport';

const RUNS = 10;
/** Student's t for 10 runs at 99.9 %: one case in a thousand fails on a new seed. */
const T_OF_10 = 4.78;

/** Mean over independent runs, and how far the true mean may be from it. */
function interval(run: (seed: number) => number): { mean: number; half: number } {
  const values = Float64Array.from({ length: RUNS }, (_, i) => run(i + 1));
  const mean = meanOf(values);
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (RUNS - 1);
  return { mean, half: T_OF_10 * Math.sqrt(variance / RUNS) };
}

const sampleOf = (
  rate: number,
  append: number,
  fsync: number,
  kind: DurationKind,
  seed: number,
) => {
  const random = seeded(seed);
  const arrivals = poissonArrivals(40_000, rate, random);
  const done = onDisk(arrivals, {
    append,
    maxBatch: 100_000,
    fsync: durations(fsync, 1, kind, random),
  });
  return done.map((time, i) => time - (arrivals[i] ?? 0));
};

describe('log queue', () => {
  test.each([
    [100, 20e-6, 1e-3, 'deterministic'],
    [1000, 20e-6, 1e-3, 'deterministic'],
    [5000, 20e-6, 1e-3, 'deterministic'],
    [20000, 20e-6, 1e-3, 'deterministic'],
    [1000, 20e-6, 5e-3, 'deterministic'],
    [1000, 20e-6, 5e-3, 'exponential'],
    [200, 50e-6, 8e-3, 'deterministic'],
    [10000, 0, 1e-3, 'deterministic'],
  ] as const)('simulated at %s/s, append %s, fsync %s s %s', (rate, append, fsync, kind) => {
    const { mean, half } = interval((seed) => meanOf(sampleOf(rate, append, fsync, kind, seed)));
    const { response } = solved(groupCommit({ rate, append, fsync, spread: { kind } }));
    expect(Math.abs(mean - response)).toBeLessThanOrEqual(half);
    // The interval must be narrow enough to tell a wrong formula.
    expect(half).toBeLessThan(0.03 * response);
  });

  test('tails of the published table', () => {
    const sample = sampleOf(5000, 20e-6, 1e-3, 'deterministic', 3);
    expect(quantileOf(sample, 0.5)).toBeCloseTo(1.58e-3, 4);
    expect(quantileOf(sample, 0.99)).toBeCloseTo(2.16e-3, 4);
  });

  test('a batch ends when it is full', () => {
    const log = { append: 0, maxBatch: 2, fsync: () => 1 };
    expect([...onDisk(Float64Array.of(0, 0, 0, 0, 10), log)]).toEqual([1, 1, 2, 2, 11]);
  });
});

describe('commits', () => {
  const commits = (rate: number, voters: number, kind: DurationKind, scv: number) => {
    const random = seeded(5);
    const fsync = durations(1e-3, scv, kind, random);
    const logs = Array.from({ length: voters }, () => ({ append: 20e-6, maxBatch: 1000, fsync }));
    const roundTrips = new Array<number>(voters - 1).fill(0.5e-3);
    return simulateCommits({ rate, transactions: 100_000, roundTrips, logs }, random);
  };

  test('equal disks batch in phase: the tail is that of one disk and a round trip', () => {
    const single = quantileOf(commits(200, 1, 'deterministic', 0), 0.99);
    for (const voters of [3, 9]) {
      const tail = quantileOf(commits(200, voters, 'deterministic', 0), 0.99);
      expect(tail).toBeCloseTo(2.47e-3, 5);
      expect(tail).toBeCloseTo(single + 0.5e-3, 5);
    }
  });

  test('a quorum hides the tail of variable disks', () => {
    const tails = [1, 3, 5, 9].map((n) => quantileOf(commits(2000, n, 'lognormal', 4), 0.99));
    const published = [24.8e-3, 10.6e-3, 7.1e-3, 5.2e-3];
    tails.forEach((tail, i) => {
      expect(Math.abs(tail / (published[i] ?? 0) - 1)).toBeLessThan(0.1);
    });
    expect(tails).toEqual([...tails].sort((a, b) => b - a));
  });
});
