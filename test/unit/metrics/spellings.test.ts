import { describe, expect, it } from 'vitest';
import { readTotals } from '../../../src/domain/metrics/sample';
import { percentilesOf, totalOf, type Lookup } from '../../../src/domain/metrics/spellings';
import { parseMntr, readMonitor, type ServerMetrics } from '../../../src/zk/metrics';
import { numberOf } from '../../../src/zk/serverText';

/** The same summary as 3.8's own provider, Prometheus in `mntr` of 3.8, and 3.10 write it. */
const DEFAULT = `zk_avg_updatelatency	1.25
zk_min_updatelatency	0
zk_max_updatelatency	41
zk_cnt_updatelatency	2000
zk_sum_updatelatency	2500
zk_p50_updatelatency	1
zk_p95_updatelatency	3
zk_p99_updatelatency	7
zk_p999_updatelatency	30
zk_proposal_count	17
`;
const PROMETHEUS = `zk_updatelatency{quantile="0.5",}	1.0
zk_updatelatency{quantile="0.9",}	2.0
zk_updatelatency{quantile="0.99",}	7.0
zk_updatelatency_count	2000.0
zk_updatelatency_sum	2500.0
zk_proposal_count_total	17.0
`;
const NEWER = `zk_updatelatency_avg	1.25
zk_updatelatency_count	2000
zk_updatelatency_sum	2500
zk_updatelatency{quantile="0.5"}	1
zk_updatelatency{quantile="0.95"}	3
zk_updatelatency{quantile="0.99"}	7
zk_proposal_count	17
`;

const lookupOf =
  (metrics: ServerMetrics | undefined): Lookup =>
  (key) =>
    numberOf(metrics?.values.get(key));

describe.each([
  ['the default provider of 3.6 to 3.9', DEFAULT, 30],
  ['the Prometheus provider', PROMETHEUS, undefined],
  ['3.10', NEWER, undefined],
])('a summary of %s', (_, text, p999) => {
  const lookup = lookupOf(parseMntr(text));

  it('has its count and sum', () => {
    expect(totalOf(lookup, 'updatelatency')).toEqual({ count: 2000, sum: 2500 });
  });

  it('has its percentiles', () => {
    expect(percentilesOf(lookup, 'updatelatency')).toEqual({ p50: 1, p99: 7, p999 });
  });

  it('is read with the counters beside it', () => {
    expect(readTotals(lookup)).toMatchObject({ writes: { count: 2000, sum: 2500 }, proposals: 17 });
  });
});

it('reads the AdminServer, which leaves out the prefix', () => {
  const lookup = lookupOf(
    readMonitor({ command: 'monitor', error: null, cnt_fsynctime: 5, sum_fsynctime: 12 }),
  );
  expect(totalOf(lookup, 'fsynctime')).toEqual({ count: 5, sum: 12 });
});

it('is undefined where a server keeps percentiles only, or nothing', () => {
  const lookup = lookupOf(parseMntr('zk_p99_propagation_latency\t4\nzk_cnt_half\t3\n'));
  expect(totalOf(lookup, 'propagation_latency')).toBeUndefined();
  expect(percentilesOf(lookup, 'propagation_latency')).toEqual({ p99: 4 });
  expect(totalOf(lookup, 'half')).toBeUndefined();
  expect(percentilesOf(lookup, 'nothing')).toBeUndefined();
});
