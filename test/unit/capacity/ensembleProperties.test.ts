import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hierarchicalUnavailability,
  unavailability,
  withCommonCause,
  zonesUnavailability,
} from '../../../src/domain/capacity/ensemble/availability';
import { closedLoop } from '../../../src/domain/capacity/ensemble/closedLoop';
import {
  groupCommit,
  type GroupCommitInput,
  groupCommitLimit,
} from '../../../src/domain/capacity/ensemble/groupCommit';
import { DEFAULT_MAX_BUFFER, maxChildren } from '../../../src/domain/capacity/ensemble/limits';
import {
  delayed,
  kthFastest,
  quantile,
} from '../../../src/domain/capacity/ensemble/orderStatistic';
import { HARDWARE } from '../../../src/domain/capacity/ensemble/presets';
import { majority } from '../../../src/domain/capacity/ensemble/quorum';
import { birthDeath } from '../../../src/domain/capacity/ensemble/repair';
import {
  slowQuorum,
  snapCountFor,
} from '../../../src/domain/capacity/ensemble/snapshotInterference';
import {
  mixedThroughput,
  readThroughput,
  writeThroughput,
} from '../../../src/domain/capacity/ensemble/throughput';
import { neededRoundTrip } from '../../../src/domain/capacity/ensemble/writeLatency';
import { solved } from './ensembleSupport';

const close = (a: number, b: number, relative = 1e-9): void =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(relative * Math.max(Math.abs(a), Math.abs(b)));

const probability = fc.double({ min: 1e-6, max: 0.3, noNaN: true });
const voters = fc.integer({ min: 1, max: 15 });
const log: fc.Arbitrary<GroupCommitInput> = fc
  .record({
    load: fc.double({ min: 1e-4, max: 0.98, noNaN: true }),
    append: fc.double({ min: 1e-6, max: 1e-3, noNaN: true }),
    fsync: fc.double({ min: 1e-5, max: 0.05, noNaN: true }),
    fsyncScv: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 50, noNaN: true })),
  })
  .map(({ load, ...rest }) => ({ ...rest, rate: load / rest.append }));

describe('log queue', () => {
  test('every transaction is in one flush, and no answer comes before its own flush', () => {
    fc.assert(
      fc.property(log, (input) => {
        const result = solved(groupCommit(input));
        close(result.batch * result.flushRate, input.rate);
        expect(result.batch).toBeGreaterThanOrEqual(1);
        expect(result.response).toBeGreaterThan(input.append + input.fsync);
        expect(result.busy).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('a higher rate never answers sooner', () => {
    fc.assert(
      fc.property(log, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (input, share) => {
        const slower = solved(groupCommit({ ...input, rate: input.rate * share }));
        expect(slower.response).toBeLessThanOrEqual(
          solved(groupCommit(input)).response * (1 + 1e-9),
        );
      }),
    );
  });

  test('an idle log takes one append and one flush; a busy one without CPU cost, half a flush more', () => {
    const disk = { fsync: 1e-3, fsyncScv: 0 };
    close(solved(groupCommit({ ...disk, rate: 1e-6, append: 2e-5 })).response, 1.02e-3, 1e-6);
    close(solved(groupCommit({ ...disk, rate: 1e6, append: 0 })).response, 1.5e-3, 1e-6);
  });

  test('the response grows without jumps with the variation of the fsync', () => {
    const at = (fsyncScv: number): number =>
      solved(groupCommit({ rate: 3000, append: 2e-5, fsync: 2e-3, fsyncScv })).response;
    close(at(0), at(1e-7), 1e-6);
    close(at(1 - 1e-9), at(1 + 1e-9), 1e-6);
    const responses = [0, 0.2, 0.5, 1, 2, 4, 20].map(at);
    expect(responses).toEqual([...responses].sort((a, b) => a - b));
  });

  test('full batches bound the rate below what the CPU alone could append', () => {
    expect(groupCommitLimit(2e-5, 8e-3, 1000)).toBeLessThan(1 / 2e-5);
    close(groupCommitLimit(2e-5, 8e-3, 1000), 1000 / 0.028);
  });
});

describe('quorum', () => {
  test('an even ensemble is less available than the odd one below it, about by half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), probability, (half, down) => {
        expect(unavailability(2 * half, down)).toBeGreaterThan(unavailability(2 * half - 1, down));
      }),
    );
    for (const half of [1, 2, 3]) {
      const ratio = unavailability(2 * half, 1e-5) / unavailability(2 * half - 1, 1e-5);
      close(ratio, 2, 1e-4);
    }
  });

  test('commit times grow with their probability and with what is needed', () => {
    fc.assert(
      fc.property(voters, fc.double({ min: 0.01, max: 5, noNaN: true }), (n, mean) => {
        const acks = Array.from({ length: n }, (_, i) => (t: number) => {
          return 1 - Math.exp(-t / (mean * (1 + i)));
        });
        const commit = kthFastest(acks, majority(n));
        const times = [0.01, 0.3, 0.5, 0.9, 0.999].map((p) => quantile(commit, p));
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const [i, p] of [0.01, 0.3, 0.5, 0.9, 0.999].entries())
          close(commit(times[i] ?? 0), p);
        expect(quantile(kthFastest(acks, n), 0.5)).toBeGreaterThanOrEqual(times[2] ?? 0);
      }),
    );
  });

  test('a follower far away answers its round trip later', () => {
    const disk = (t: number): number => 1 - Math.exp(-t / 0.001);
    const far = delayed(disk, 0.08);
    close(quantile(far, 0.5) - quantile(disk, 0.5), 0.08);
    const commit = kthFastest([disk, disk, far], 2);
    close(quantile(commit, 0.5), quantile(kthFastest([disk, disk], 2), 0.5), 1e-6);
  });

  test('a minority of distant voters costs nothing', () => {
    expect(neededRoundTrip([])).toBe(0);
    expect(neededRoundTrip([0.001, 0.09])).toBe(0.001);
    expect(neededRoundTrip([0.09, 0.08])).toBe(0.08);
    expect(neededRoundTrip([0.09, 0.001, 0.08, 0.002])).toBe(0.002);
  });
});

describe('availability', () => {
  test('zones that never fail leave independent servers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        probability,
        (z, q) => {
          const layout = z.slice(0, 5);
          const total = layout.reduce((a, b) => a + b, 0);
          close(zonesUnavailability(layout, q, 0), unavailability(total, q), 1e-9);
        },
      ),
    );
  });

  test('repairs in parallel give each server its own long-run share of time down', () => {
    fc.assert(
      fc.property(voters, fc.integer({ min: 100, max: 10_000 }), (n, mtbf) => {
        const { unavailability: chain } = birthDeath({
          voters: n,
          mtbf,
          mttr: 4,
          crew: 'parallel',
        });
        close(chain, unavailability(n, 4 / (mtbf + 4)), 1e-9);
      }),
    );
  });

  test('one crew is never better than a crew for each server', () => {
    fc.assert(
      fc.property(voters, (n) => {
        const of = (crew: 'single' | 'parallel') =>
          birthDeath({ voters: n, mtbf: 500, mttr: 8, crew });
        expect(of('single').unavailability).toBeGreaterThanOrEqual(
          of('parallel').unavailability * (1 - 1e-12),
        );
      }),
    );
  });

  test('one group, or groups of one server, are plain majorities; weight 0 does not vote', () => {
    fc.assert(
      fc.property(voters, probability, (n, q) => {
        const plain = unavailability(n, q);
        close(hierarchicalUnavailability([{ weights: new Array(n).fill(1) }], q, 0), plain);
        const single = Array.from({ length: n }, () => ({ weights: [1, 0] }));
        close(hierarchicalUnavailability(single, q, 0), plain);
      }),
    );
  });

  test('common cause takes away what more voters bring', () => {
    const at = (n: number): number => withCommonCause(0.001, 0.01, (q) => unavailability(n, q));
    expect(at(7) / at(5)).toBeGreaterThan(0.99);
    expect(unavailability(7, 0.001) / unavailability(5, 0.001)).toBeLessThan(0.01);
  });
});

describe('throughput', () => {
  const { costs } = HARDWARE[0] ?? { costs: undefined };
  if (!costs) throw new Error('no presets');

  test('a mix lies between its extremes, and more reads are faster', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 15 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, f) => {
          const shape = { voters: n, observers: 1, leaderServes: true };
          const mixed = mixedThroughput(costs, shape, f);
          expect(mixed).toBeGreaterThanOrEqual(writeThroughput(costs, shape) * (1 - 1e-12));
          expect(mixed).toBeLessThanOrEqual(readThroughput(costs, shape) * (1 + 1e-12));
        },
      ),
    );
  });

  test('voters cost writes, observers cost less and add reads', () => {
    for (let n = 1; n < 12; n++) {
      const base = { voters: n, observers: 0, leaderServes: true };
      const voter = { ...base, voters: n + 1 };
      const observer = { ...base, observers: 1 };
      expect(writeThroughput(costs, voter)).toBeLessThan(writeThroughput(costs, base));
      expect(writeThroughput(costs, observer)).toBeGreaterThan(writeThroughput(costs, voter));
      expect(readThroughput(costs, observer)).toBe(readThroughput(costs, voter));
    }
  });
});

describe('sizes', () => {
  test('waiting clients meet Little’s law and stay below the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (clients) => {
        const response = (rate: number): number => 1 / (1000 - rate);
        const result = closedLoop({ clients, think: 0.5, response, limit: 1000 });
        expect(result.rate).toBeLessThan(1000);
        close(result.rate * (0.5 + response(result.rate)), clients, 1e-6);
      }),
    );
  });

  test('the most children just fit into a packet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.boolean(), (name, stat) => {
        const bytes = (children: number): number => 20 + (stat ? 68 : 0) + children * (4 + name);
        const most = maxChildren(name, DEFAULT_MAX_BUFFER, stat);
        expect(bytes(most)).toBeLessThanOrEqual(DEFAULT_MAX_BUFFER);
        expect(bytes(most + 1)).toBeGreaterThan(DEFAULT_MAX_BUFFER);
      }),
    );
  });

  test('the advised snapCount is the smallest that keeps the limit', () => {
    fc.assert(
      fc.property(
        voters,
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 1, max: 60 }),
        (n, rate, snapshotSeconds) => {
          const load = { voters: n, rate, snapshotSeconds };
          const snapCount = snapCountFor(load, 0.01);
          fc.pre(snapCount < Infinity);
          expect(slowQuorum({ ...load, snapCount })).toBeLessThanOrEqual(0.01);
          const smaller = { ...load, snapCount: snapCount - 10_000 };
          if (smaller.snapCount > 0) expect(slowQuorum(smaller)).toBeGreaterThan(0.01);
        },
      ),
    );
  });

  test('no snapCount helps a disk that never rests', () => {
    const load = { voters: 1, rate: 1e7, snapshotSeconds: 1e6 };
    expect(snapCountFor(load, 1e-9)).toBe(Infinity);
  });
});
