import { describe, expect, test } from 'vitest';
import { delayedLog } from '../../../src/domain/capacity/ensemble/flushDelay';
import { groupCommit } from '../../../src/domain/capacity/ensemble/groupCommit';
import { onDisk, poissonArrivals } from '../../../src/domain/capacity/ensemble/logSimulation';
import {
  commitLatency,
  type CommitLoad,
  simulateCommits,
} from '../../../src/domain/capacity/ensemble/quorumSimulation';
import { neededRoundTrip, writeLatency } from '../../../src/domain/capacity/ensemble/writeLatency';
import { seededRandom } from '../../../src/domain/capacity/simulation/random';
import { lognormal, quantileOf, solved } from './ensembleSupport';

const LOGS = [
  [100, 20e-6, 1e-3, 0],
  [1000, 20e-6, 1e-3, 0],
  [5000, 20e-6, 1e-3, 0],
  [20000, 20e-6, 1e-3, 0],
  [1000, 20e-6, 5e-3, 0],
  [1000, 20e-6, 5e-3, 1],
  [200, 50e-6, 8e-3, 0],
  [10000, 0, 1e-3, 0],
  [2000, 20e-6, 1e-3, 0.3],
  [2000, 20e-6, 1e-3, 4],
] as const;

describe('log queue', () => {
  test.each(LOGS)(
    'simulated at %s/s, append %s, fsync %s s ± %s',
    (rate, append, fsync, fsyncScv) => {
      const load = { rate, append, fsync, fsyncScv, roundTrips: [] };
      const { mean } = solved(
        commitLatency(load, { customers: fsyncScv > 1 ? 1_000_000 : 200_000, confidence: 0.999 }),
      );
      const { response } = solved(groupCommit({ rate, append, fsync, fsyncScv }));
      expect(mean.low).toBeLessThanOrEqual(response);
      expect(mean.high).toBeGreaterThanOrEqual(response);
      // The interval must be narrow enough to tell a wrong formula.
      expect(mean.high - mean.low).toBeLessThan(0.1 * response);
    },
  );

  test('tails of the published table', () => {
    const load = { rate: 5000, append: 20e-6, fsync: 1e-3, fsyncScv: 0, roundTrips: [] };
    const { median, p99, p999 } = solved(commitLatency(load));
    expect(median.value).toBeCloseTo(1.58e-3, 4);
    expect(p99.value).toBeCloseTo(2.16e-3, 4);
    expect(p999.value).toBeCloseTo(2.24e-3, 4);
  });

  test('a batch ends when it is full', () => {
    const log = { append: 0, maxBatch: 2, fsync: () => 1 };
    expect([...onDisk(Float64Array.of(0, 0, 0, 0, 10), log)]).toEqual([1, 1, 2, 2, 11]);
  });

  // The delay is 9: the first goes at once, as the last fsync was long ago, and takes until 1.
  test.each<[string, number[], number[]]>([
    ['waits a third of the delay for company', [0, 2], [1, 6]],
    ['goes when the delay since the last fsync is over', [0, 2, 4, 6, 8], [1, 11, 11, 11, 11]],
    ['goes at once when the last fsync was long ago', [0, 10], [1, 11]],
    ['goes when it is full', [0, 1, 1, 1, 1, 1, 1], [1, 2, 2, 2, 2, 2, 6]],
  ])('a batch with a flushDelay %s', (_, arrivals, done) => {
    const log = { append: 0, maxBatch: 5, fsync: () => 1, flushDelay: 9 };
    expect([...onDisk(Float64Array.from(arrivals), log)]).toEqual(done);
  });

  test('a flushDelay of 0 is the log queue, a long one answers later with fewer fsyncs', () => {
    const load = { rate: 2000, append: 20e-6, fsync: 1e-3, fsyncScv: 0 };
    const now = solved(delayedLog({ ...load, flushDelay: 0 }));
    const exact = solved(groupCommit(load));
    expect(now.batch / exact.batch).toBeCloseTo(1, 1);
    expect(now.mean.low).toBeLessThan(exact.response);
    expect(now.mean.high).toBeGreaterThan(exact.response);
    const late = solved(delayedLog({ ...load, flushDelay: 10e-3 }));
    expect(late.batch).toBeGreaterThan(8 * now.batch);
    expect(late.mean.value).toBeGreaterThan(5e-3);
    expect(late.p99.value).toBeLessThan(13e-3);
  });
});

describe('commits', () => {
  const equal = (voters: number, change: Partial<CommitLoad> = {}): CommitLoad => ({
    rate: 200,
    append: 20e-6,
    fsync: 1e-3,
    fsyncScv: 0,
    roundTrips: new Array<number>(voters - 1).fill(0.5e-3),
    ...change,
  });

  test('equal disks flush in phase: the tail is that of one disk and a round trip', () => {
    const one = solved(commitLatency(equal(1))).p99.value;
    for (const voters of [3, 9]) {
      const { p99 } = solved(commitLatency(equal(voters)));
      expect(p99.value).toBeCloseTo(2.47e-3, 5);
      expect(p99.value).toBeCloseTo(one + 0.5e-3, 5);
    }
  });

  test('the formula is exact for equal fsyncs and an upper bound for varying ones', () => {
    for (const fsyncScv of [0, 1]) {
      const load = equal(5, { rate: 2000, fsyncScv });
      const { mean } = solved(commitLatency(load, { confidence: 0.999 }));
      const { commit } = solved(
        writeLatency({
          log: load,
          roundTrips: load.roundTrips,
          clientRoundTrip: 0,
          viaLearner: 0,
          learnerRoundTrip: 0,
          pipeline: { cost: 0, utilisation: 0 },
        }),
      );
      expect(commit).toBeGreaterThanOrEqual(mean.low);
      expect(commit > mean.high).toBe(fsyncScv > 0);
    }
  });

  test('a quorum hides the tail of variable disks', () => {
    const tails = [1, 3, 5, 9].map((voters) => {
      const random = seededRandom(5);
      const log = { append: 20e-6, maxBatch: 1000, fsync: lognormal(1e-3, 4, random) };
      const arrivals = poissonArrivals(100_000, 2000, random);
      const { roundTrips } = equal(voters);
      return quantileOf(simulateCommits(arrivals, log, roundTrips), 0.99);
    });
    const published = [24.8e-3, 10.6e-3, 7.1e-3, 5.2e-3];
    tails.forEach((tail, i) => {
      expect(Math.abs(tail / (published[i] ?? 0) - 1)).toBeLessThan(0.12);
    });
    expect(tails).toEqual([...tails].sort((a, b) => b - a));
  });

  test('a variation of nearly nothing is none', () => {
    const none = commitLatency(equal(3), { customers: 1000 });
    expect(commitLatency(equal(3, { fsyncScv: 5e-324 }), { customers: 1000 })).toEqual(none);
  });

  test('a distant minority is free, a distant majority is not', () => {
    const near = [0.5e-3, 0.5e-3, 80e-3, 80e-3];
    const far = [0.5e-3, 80e-3, 80e-3, 80e-3];
    expect(neededRoundTrip(near)).toBe(0.5e-3);
    const medians = [near, far].map(
      (roundTrips) => solved(commitLatency(equal(5, { roundTrips }))).median.value,
    );
    expect(medians[0]).toBeLessThan(3e-3);
    expect(medians[1]).toBeGreaterThan(80e-3);
  });

  test.each([
    [{ rate: 60_000 }, 'unstable', 'rate'],
    [{ rate: 0 }, 'outOfRange', 'rate'],
    [{ roundTrips: new Array<number>(50).fill(1) }, 'outOfRange', 'voters'],
    [{ roundTrips: [NaN] }, 'outOfRange', 'roundTrips[0]'],
  ])('refuses %j', (change, code, where) => {
    expect(commitLatency(equal(3, change))).toMatchObject([{ code, where }]);
  });
});
