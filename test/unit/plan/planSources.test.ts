import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/domain/capacity/live/observation';
import { cfgInputs } from '../../../src/domain/capacity/plan/cfgInputs';
import { type FoundInput, measuredInputs } from '../../../src/domain/capacity/plan/measuredInputs';
import { readPlan } from '../../../src/domain/capacity/plan/document';
import { fieldAt, pathText } from '../../../src/domain/capacity/plan/paths';
import { isProblems } from '../../../src/domain/capacity/result';
import { parseZooCfg } from '../../../src/domain/config/zooCfgParse';
import { wholeZooCfg } from '../../../src/ui/plan/wizard/wholeZooCfg';
import type { Problem } from '../../../src/domain/placement/types';
import { answered, ensembleAt, unreachable } from '../metrics/samples';

const asObject = (found: readonly FoundInput[]): Record<string, unknown> =>
  Object.fromEntries(found.map(({ path, value }) => [pathText(path), value]));

function known<T extends object>(outcome: T | Problem[]): T {
  if (isProblems(outcome)) throw new Error(outcome[0]?.message);
  return outcome;
}

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

  const { input: initial } = known(readPlan({ version: 1 }));
  const none = { shortestTimeoutMs: undefined, mostPerAddress: undefined };

  it('are what calibrates a plan, and what only a new one can take', () => {
    const seen = known(observe(at(10), at(15)));
    const measurement = { seen, sample: at(15), sessions: { ...none, shortestTimeoutMs: 6000 } };
    const found = measuredInputs(initial, measurement, 'on Local');
    expect(asObject(found)).toEqual({
      'otherLoad.sessions': 120, // sums of all servers are not known while one is away
      'otherLoad.writesPerSecond': 33,
      'otherLoad.znodes': 5000,
      'ensemble.voters': 3,
      'ensemble.sessionTimeoutMs': 6000,
      'ensemble.fsyncMs': 3, // of which servers count 2.5
      'ensemble.worstFsyncMs': 40,
      'ensemble.openFiles': 1024,
    });
    for (const { path, from } of found) {
      expect(fieldAt(path, undefined)?.kind).toBe('number');
      expect(from).toMatch(/, measured on Local$/);
    }
  });

  it('are few where a server tells little', () => {
    const old = (seconds: number) => {
      const sample = { at: seconds * 1000, zxidAt: seconds * 1000, zxid: BigInt(10 * seconds) };
      const member = answered('s1', 'standalone', {
        values: { num_alive_connections: 7 },
        sample,
      });
      return ensembleAt(seconds * 1000, member);
    };
    const seen = known(observe(old(10), old(15)));
    const found = measuredInputs(initial, { seen, sample: old(15), sessions: none }, 'on Local');
    expect(asObject(found)).toEqual({
      'otherLoad.sessions': 7,
      'otherLoad.writesPerSecond': 10,
    });
  });
});

describe('inputs from zoo.cfg', () => {
  it('are its limits and its voters; two folders say nothing of devices', () => {
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
    });
  });

  it.each([
    ['dataDir=/data', false],
    ['dataDir=/data\ndataLogDir=/data/', false],
    ['dataDir=/data\ndataLogDir=//data/.', false],
    ['dataDir=/var/lib/zookeeper/data\ndataLogDir=/var/lib/zookeeper/log', undefined],
    ['dataDir=/data\ndataLogDir=data', undefined],
    ['dataLogDir=/log', undefined],
  ])('know of %j whether the log has a device of its own: %s', (text, expected) => {
    expect(asObject(cfgInputs(parseZooCfg(text)))['ensemble.dedicatedLogDevice']).toBe(expected);
  });

  it('say nothing of voters where a server can’t be read', () => {
    const text = 'server.1=a:2888:3888\nserver.2=b;2181\nserver.1003=c:2888:3888\n';
    expect(cfgInputs(parseZooCfg(text))).toEqual([]);
    const readable = text.replace('b;2181', 'b:2888:3888:PARTICIPANT');
    expect(asObject(cfgInputs(parseZooCfg(readable)))).toEqual({ 'ensemble.voters': 3 });
  });

  it.each([
    ['/conf/zoo.cfg.dynamic.100000000', 'zoo.cfg.dynamic.100000000'],
    ['C\\:\\\\zk\\\\zoo.cfg.dynamic', 'zoo.cfg.dynamic'],
    ['../../zoo.dynamic', 'zoo.dynamic'],
  ])('are also those of the dynamic file beside it: %s', async (path, name) => {
    const beside = new Map([[name, 'server.1=a:1:2;3\nserver.2=b:1:2;3\nserver.3=c:1:2;3\n']]);
    const text = `snapCount=50000\ndynamicConfigFile=${path}`;
    const read = (file: string) => Promise.resolve(beside.get(file));
    const whole = await wholeZooCfg(text, read);
    expect(whole.missing).toBeUndefined();
    expect(asObject(cfgInputs(parseZooCfg(whole.text)))).toEqual({
      'ensemble.snapCount': 50_000,
      'ensemble.voters': 3,
    });
    beside.clear();
    expect(await wholeZooCfg(text, read)).toEqual({ text, missing: name });
  });

  it.each(['tickTime=2000', 'dynamicConfigFile=..', 'dynamicConfigFile=/conf/'])(
    'are only its own where it names no file: %s',
    async (text) => {
      const read = (): never => {
        throw new Error('nothing to read');
      };
      expect(await wholeZooCfg(text, read)).toEqual({ text });
    },
  );

  it('are none where it says nothing of a plan', () => {
    expect(cfgInputs(parseZooCfg('tickTime=2000'))).toEqual([]);
    expect(cfgInputs(parseZooCfg(''))).toEqual([]);
  });
});
