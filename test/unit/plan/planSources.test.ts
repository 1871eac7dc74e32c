import { describe, expect, it } from 'vitest';
import { cfgInputs } from '../../../src/domain/capacity/plan/cfgInputs';
import { type FoundInput, measuredInputs } from '../../../src/domain/capacity/plan/measuredInputs';
import { fieldAt, pathText } from '../../../src/domain/capacity/plan/paths';
import { parseZooCfg } from '../../../src/domain/config/zooCfgParse';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';
import { answered, ensembleAt, unreachable } from '../metrics/samples';

const asObject = (found: readonly FoundInput[]): Record<string, unknown> =>
  Object.fromEntries(found.map(({ path, value }) => [pathText(path), value]));

describe('inputs from a running ensemble', () => {
  const at = (seconds: number) => {
    const sample = { at: seconds * 1000, zxidAt: seconds * 1000 };
    const values = {
      ...{ znode_count: 5000, approximate_data_size: 700_000, watch_count: 300 },
      ...{ global_sessions: 120, num_alive_connections: 40, max_file_descriptor_count: 4096 },
    };
    const leader = {
      ...values,
      ...{ cnt_readlatency: 100 * seconds, sum_readlatency: 0 },
      ...{ cnt_fsynctime: 10 * seconds, sum_fsynctime: 25 * seconds, p999_fsynctime: 40 },
    };
    return ensembleAt(
      seconds * 1000,
      answered('s1', 'leader', {
        values: leader,
        sample: { ...sample, zxid: (1n << 32n) + BigInt(33 * seconds) },
      }),
      answered('s2', 'follower', {
        values: { ...values, max_file_descriptor_count: 1024 },
        sample,
      }),
      unreachable('s3'),
    );
  };

  it('are counts of the sample and rates of the window', () => {
    const found = measuredInputs(at(15), ensembleWindow(at(10), at(15)));
    expect(asObject(found)).toEqual({
      'otherLoad.sessions': 120,
      'otherLoad.readsPerSecond': 100,
      'otherLoad.writesPerSecond': 33,
      'otherLoad.znodes': 5000,
      'otherLoad.dataBytes': 100,
      'otherLoad.watches': 600,
      'ensemble.voters': 3,
      'ensemble.fsyncMs': 2.5,
      'ensemble.worstFsyncMs': 40,
      'ensemble.openFiles': 1024,
    });
    for (const { path } of found) expect(fieldAt(path, undefined)?.kind).toBe('number');
  });

  it('are left out where nothing is known', () => {
    const silent = ensembleAt(0, unreachable('s1'), unreachable('s2'));
    expect(measuredInputs(silent, undefined)).toEqual([]);
    const old = ensembleAt(
      0,
      answered('s1', 'standalone', { values: { num_alive_connections: 7 } }),
    );
    expect(asObject(measuredInputs(old, undefined))).toEqual({ 'otherLoad.sessions': 7 });
  });
});

describe('inputs from zoo.cfg', () => {
  it('are its limits, its voters and whether the log has a device of its own', () => {
    const cfg = parseZooCfg(`
      dataDir=/data
      dataLogDir=/log
      snapCount=50000
      preAllocSize=131072
      maxClientCnxns=0
      autopurge.snapRetainCount=5
      server.1=a:2888:3888
      server.2=b:2888:3888:participant;2181
      server.3=c:2888:3888
      server.4=d:2888:3888:observer
      tickTime=soon`);
    expect(asObject(cfgInputs(cfg))).toEqual({
      'ensemble.maxClientCnxns': 0,
      'ensemble.snapCount': 50_000,
      'ensemble.preAllocBytes': 134_217_728,
      'ensemble.snapshotsKept': 5,
      'ensemble.voters': 3,
      'ensemble.dedicatedLogDevice': true,
    });
  });

  it('are none where it says nothing of a plan', () => {
    expect(cfgInputs(parseZooCfg('tickTime=2000'))).toEqual([]);
    expect(cfgInputs(parseZooCfg(''))).toEqual([]);
  });
});
