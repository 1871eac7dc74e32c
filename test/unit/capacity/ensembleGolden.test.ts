import { describe, expect, test } from 'vitest';
import {
  hierarchicalUnavailability,
  unavailability,
  MINUTES_A_YEAR,
  withCommonCause,
  zonesUnavailability,
} from '../../../src/domain/capacity/ensemble/availability';
import { elections } from '../../../src/domain/capacity/ensemble/elections';
import { logRecordBytes, snapshotEntryBytes } from '../../../src/domain/capacity/ensemble/files';
import { groupCommit } from '../../../src/domain/capacity/ensemble/groupCommit';
import { znodeHeap } from '../../../src/domain/capacity/ensemble/heap';
import { DEFAULT_MAX_BUFFER, maxChildren } from '../../../src/domain/capacity/ensemble/limits';
import { kthFastest, mean, quantile } from '../../../src/domain/capacity/ensemble/orderStatistic';
import { majority } from '../../../src/domain/capacity/ensemble/quorum';
import { birthDeath } from '../../../src/domain/capacity/ensemble/repair';
import { slowQuorum } from '../../../src/domain/capacity/ensemble/snapshotInterference';
import golden from '../../fixtures/capacity-golden.json';
import oracle from '../../fixtures/capacity-oracle.json';
import { solved } from './ensembleSupport';

/** Relative error of a closed form against a value known to all its digits. */
const CLOSED_FORM = 1e-9;

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

/** A printed value is right when the result rounds to it: half a unit of its last digit. */
function expectPrinted(actual: number, printed: string): void {
  const [digits = '', exponent = '0'] = printed.split('e');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const half = 0.5 * 10 ** (Number(exponent) - decimals);
  expect(Math.abs(actual - Number(printed))).toBeLessThanOrEqual(half * 1.000001);
}

const SCV: Record<string, number> = { det: 0, exp: 1 };

describe('golden values', () => {
  test.each(golden.group_commit)('group commit of $lam/s, $F s $dist', (row) => {
    const fsyncScv = SCV[row.dist] ?? NaN;
    const result = solved(groupCommit({ rate: row.lam, append: row.a, fsync: row.F, fsyncScv }));
    expectClose(result.response, row.R, CLOSED_FORM);
    expectClose(result.batch, row.batch, CLOSED_FORM);
    expectClose(result.flushRate, row.flush_rate, CLOSED_FORM);
  });

  test.each(golden.quorum_unavail)('$n voters, each down with $q', ({ n, k, q, U, ...row }) => {
    expect(majority(n)).toBe(k);
    expectClose(unavailability(n, q), U, CLOSED_FORM);
    expectClose(unavailability(n, q) * MINUTES_A_YEAR, row.min_per_year, CLOSED_FORM);
  });

  test.each(golden.zone_unavail)('zones of $layout', ({ layout, q, z, U }) => {
    expectClose(zonesUnavailability(layout, q, z), U, CLOSED_FORM);
  });

  test.each(golden.heap_per_znode)('heap of a znode: $bytes bytes', (row) => {
    const bytes = znodeHeap({
      pathBytes: row.path_len,
      nameBytes: row.name_len,
      dataBytes: row.data,
      hasChildren: row.children,
    });
    expect(bytes).toBe(row.bytes);
  });

  test('bytes on disk and on the wire', () => {
    const create = { type: 'create', pathBytes: 12, dataBytes: 100 } as const;
    expect(snapshotEntryBytes(12, 100)).toBe(golden.wire.snapshot_12_100);
    expect(logRecordBytes(create)).toBe(golden.wire.txn_create_12_100);
    for (const [name, children] of [
      [9, golden.wire.max_children_9],
      [10, golden.wire.max_children_10],
      [36, golden.wire.max_children_36],
    ] as const) {
      expect(maxChildren(name, DEFAULT_MAX_BUFFER, false)).toBe(children);
    }
  });

  test.each(oracle.availability_ctmc)('chain of $n servers (octave)', (row) => {
    const input = { voters: row.n, mtbf: row.mtbf_h, mttr: row.mttr_h };
    const parallel = birthDeath({ ...input, crew: 'parallel' });
    const single = birthDeath({ ...input, crew: 'single' });
    expectClose(parallel.unavailability, row.U_parallel, CLOSED_FORM);
    expectClose(single.unavailability, row.U_single_repair, CLOSED_FORM);
  });

  // Octave solves a nearly singular system; its own error shows in the eleventh digit.
  test.each(oracle.mean_time_to_quorum_loss)('quorum of $n lost (octave)', ({ n, mtta_h }) => {
    const chain = birthDeath({ voters: n, mtbf: 1000, mttr: 4, crew: 'parallel' });
    expectClose(chain.meanTimeToLoss, mtta_h, CLOSED_FORM);
  });
});

describe('printed tables', () => {
  test.each([
    [100, 20, 1, 'det', '1.069919', '1.00685'],
    [1000, 20, 1, 'det', '1.393605', '1.39580'],
    [5000, 20, 1, 'det', '1.578265', '5.5630'],
    [20000, 20, 1, 'det', '1.877778', '33.333'],
    [40000, 20, 1, 'det', '3.800000', '200.0'],
    [1000, 20, 5, 'det', '7.568204', '5.1089'],
    [1000, 20, 5, 'exp', '9.958075', '5.2721'],
    [10000, 20, 5, 'exp', '11.275675', '62.525'],
    [200, 50, 8, 'det', '11.638450', '1.8201'],
    [10000, 0, 1, 'det', '1.499998', '10.000'],
  ])('log of %s/s, append %s µs, fsync %s ms %s', (rate, appendUs, fsyncMs, dist, ms, batch) => {
    const fsyncScv = SCV[dist] ?? NaN;
    const log = { rate, append: appendUs / 1e6, fsync: fsyncMs / 1e3, fsyncScv };
    expectPrinted(solved(groupCommit(log)).response * 1000, ms);
    expectPrinted(solved(groupCommit(log)).batch, batch);
  });

  test.each([
    [1, '1', '4.605'],
    [3, '.83333', '2.83186'],
    [5, '.78333', '2.24772'],
    [7, '.75952', '1.95003'],
    [9, '.74563', '1.76630'],
  ])('majority of %s exponential acks', (voters, average, p99) => {
    const ack = (t: number): number => 1 - Math.exp(-t);
    const commit = kthFastest(new Array(voters).fill(ack), majority(voters));
    expectPrinted(mean(commit), average);
    expectPrinted(quantile(commit, 0.99), p99);
  });

  test.each([
    [[1], '1.4995e-3'],
    [[3], '5.03e-4'],
    [[5], '5.00e-4'],
    [[2, 1], '5.04e-4'],
    [[3, 2], '5.015e-4'],
    [[1, 1, 1], '6.7388e-6'],
    [[2, 1, 1], '5.09e-4'],
    [[2, 2, 1], '3.7567e-6'],
    [[3, 1, 1], '5.0002e-4'],
    [[3, 2, 2], '2.7548e-6'],
    [[3, 3, 1], '4.7398e-6'],
    [[2, 2, 2], '6.7547e-6'],
    [[1, 1, 1, 1, 1], '3.364e-8'],
  ])('voters in zones of %j', (layout, printed) => {
    expectPrinted(zonesUnavailability(layout, 0.001, 0.0005), printed);
  });

  test.each([
    [0, ['3.0e-6', '1.0e-8', '3.5e-11']],
    [0.01, ['1.294e-5', '1.001e-5', '1.000e-5']],
    [0.1, ['1.0e-4', '1.0e-4', '1.0e-4']],
  ] as const)('%s common cause', (share, printed) => {
    const results = [3, 5, 7].map((n) =>
      withCommonCause(0.001, share, (down) => unavailability(n, down)),
    );
    results.forEach((result, i) => expectPrinted(result, printed[i] ?? ''));
  });

  test.each([
    [0.0005, 0.001, '7.59e-7', '7.72e-7'],
    [0.0005, 0.01, '1.91e-6', '2.95e-6'],
    [0, 0.01, '2.66e-7', '1.22e-8'],
  ])('nine voters in three groups: zone %s, server %s', (zone, server, groups, flat) => {
    const group = { weights: [1, 1, 1] };
    expectPrinted(hierarchicalUnavailability([group, group, group], server, zone), groups);
    expectPrinted(zonesUnavailability([3, 3, 3], server, zone), flat);
  });

  test.each([
    [1, 'parallel', '1000'],
    [3, 'parallel', '42500'],
    [5, 'parallel', '2138283'],
    [7, 'parallel', '115388260'],
  ] as const)('mean time to quorum loss of %s', (voters, crew, hours) => {
    expectPrinted(birthDeath({ voters, mtbf: 1000, mttr: 4, crew }).meanTimeToLoss, hours);
  });

  test.each([
    ['parallel', '9.47314346e-5', '8.73402569e-9'],
    ['single', undefined, '2.11572121e-7'],
  ] as const)('even and seven servers, %s crew', (crew, four, seven) => {
    const of = (voters: number): number =>
      birthDeath({ voters, mtbf: 1000, mttr: 4, crew }).unavailability;
    if (four) expectPrinted(of(4), four);
    expectPrinted(of(7), seven);
  });

  test('elections at one failure of the leader in 1000 hours', () => {
    const clean = { mtbfHours: 1000, tickMs: 2000, syncLimit: 5, electionMs: 200, syncMs: 0 };
    expectPrinted(elections({ ...clean, silentShare: 0 }).perYear, '8.77');
    expectPrinted(elections({ ...clean, silentShare: 0 }).secondsAYear, '1.8');
    expectPrinted(elections({ ...clean, silentShare: 1, electionMs: 0 }).secondsAYear, '88');
  });

  test.each([
    [5, 100_000, '1.3e-2'],
    [20, 100_000, '1.75e-1'],
    [20, 1_000_000, '2e-3'],
  ])('snapshots of %s s every %s transactions', (snapshotSeconds, snapCount, printed) => {
    expectPrinted(slowQuorum({ voters: 3, rate: 1000, snapCount, snapshotSeconds }), printed);
  });
});
