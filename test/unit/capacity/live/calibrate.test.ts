import { describe, expect, it } from 'vitest';
import { calibrate, calibrationText } from '../../../../src/domain/capacity/live/calibrate';
import { consistency, observe } from '../../../../src/domain/capacity/live/observation';
import {
  fsyncFromBatch,
  residuals,
  residualText,
  shortResidual,
} from '../../../../src/domain/capacity/live/residuals';
import { groupCommit } from '../../../../src/domain/capacity/ensemble/groupCommit';
import { isProblems } from '../../../../src/domain/capacity/result';
import { answered, ensembleAt, unreachable, type Values } from '../../metrics/samples';
import { measuredItems } from '../../../../src/ui/plan/live/measuredItems';
import { englishL10n } from '../../../fakes/userInput';
import { observed, planFor } from './live';

const NO_SESSIONS = { shortestTimeoutMs: undefined, mostPerAddress: undefined };

describe('observe', () => {
  const values = (time: number, factor: number): Values => ({
    ...{ uptime: 1000 + time, cnt_updatelatency: 10 * time, sum_updatelatency: 15 * time * factor },
    ...{ cnt_readlatency: 100 * time, sum_readlatency: 20 * time },
    ...{ cnt_fsynctime: 8 * time, sum_fsynctime: 8 * time * factor },
    ...{ cnt_sync_processor_batch_size: 8 * time, sum_sync_processor_batch_size: 20 * time },
    ...{ znode_count: 7, watch_count: 3, num_alive_connections: 4, approximate_data_size: 700 },
  });
  const at = (seconds: number, epoch = 1n) => {
    const time = seconds * 1000;
    const sample = { at: time, zxidAt: time, zxid: (epoch << 32n) | BigInt(20 * seconds) };
    return ensembleAt(
      time,
      answered('s1', 'leader', { values: values(seconds, 1), sample }),
      answered('s2', 'follower', { values: values(seconds, 3), sample }),
    );
  };

  it('adds servers up, and weighs means by how often', () => {
    expect(observe(at(1), at(31), () => 2)).toEqual({
      ...{ seconds: 30, writes: 20, writeCount: 600, localWrites: 20, silent: 0 },
      ...{ reads: 196, pings: 4, writeMs: 3, readMs: 0.2, fsyncMs: 2, flushes: 8, batch: 2.5 },
      ...{ outstanding: undefined, voters: 2, present: 2, observers: 0, sessions: undefined },
      ...{ connections: 4, znodes: 7, dataBytes: 700, watches: 6 },
    });
  });

  it('counts global sessions once and local ones at every server', () => {
    const sessions = (seconds: number) => {
      const { members, ...others } = at(seconds);
      const gauges = { global_sessions: 10, local_sessions: 1000 };
      const told = members.map(({ address }, i) =>
        answered(address, i === 0 ? 'leader' : 'follower', {
          values: { ...values(seconds, 1), ...gauges },
          sample: { at: seconds * 1000, zxidAt: seconds * 1000, zxid: BigInt(seconds) },
        }),
      );
      return { ...others, members: told };
    };
    expect(observe(sessions(1), sessions(31))).toMatchObject({ sessions: 2010 });
  });

  it('takes a server that changed its role for no restart', () => {
    const sample = { at: 31_000, zxidAt: 31_000, zxid: (1n << 32n) | 620n };
    // The leader was killed; the other one counts its uptime from the election on.
    const lone = answered('s2', 'leader', {
      values: { ...values(31_000, 3), uptime: 500 },
      sample,
    });
    const seen = observe(at(1), ensembleAt(31_000, unreachable('s1'), lone));
    expect(isProblems(seen) && seen.map(({ code }) => code)).toEqual(['leader']);
  });

  it.each([
    ['a new epoch', at(31, 2n), 'leader'],
    [
      'a restart',
      ensembleAt(
        31_000,
        answered('s1', 'leader', { values: { uptime: 5 }, sample: { at: 31_000 } }),
      ),
      'reset',
    ],
    ['no time', at(1), 'noZxid'],
  ])('is a problem after %s', (_, after, code) => {
    const seen = observe(at(1), after);
    expect(isProblems(seen) && seen[0]?.code).toBe(code);
  });
});

describe('consistency', () => {
  const failing = (more: Parameters<typeof observed>[0]): string[] =>
    consistency(observed(more))
      .filter(({ holds }) => !holds)
      .map(({ name }) => name);

  it('holds for a measurement that fits together', () => {
    expect(failing({})).toEqual([]);
  });

  it('holds for a look into a burst of clients that wait little on the whole', () => {
    expect(failing({ outstanding: 20, readMs: 0.1, writeMs: 1.5 })).toEqual([]);
  });

  it.each([
    [{ flushes: 200 }, ['flushes']],
    [{ localWrites: 200 }, ['local']],
    [{ outstanding: 5000 }, ['little']],
    [{ writes: 10, writeCount: 300, localWrites: 10, flushes: 9, batch: 1.1 }, ['enough']],
  ])('fails for %j', (more, names) => {
    expect(failing(more)).toEqual(names);
  });

  it('reproduces the published flush identity: 278.10 · 3.6063 = 1003.0', () => {
    expect(failing({ writes: 1003, localWrites: 1003, flushes: 278.1, batch: 3.6063 })).toEqual([]);
  });
});

describe('residuals', () => {
  it('are small where servers do what the model says', () => {
    const plan = planFor({ writesPerSecond: 300 }, { serverRoundTripMs: 0.5, logDevice: 'ssd' });
    const write = residuals(plan.ensemble, observed()).find(({ name }) => name === 'writeMs');
    // Commit 1.3 ms, two thirds over a follower 0.33 ms, a round trip of 0.5 ms and the pipeline.
    expect(write?.calibrated).toBeGreaterThan(1.5);
    expect(write?.calibrated).toBeLessThan(2.5);
  });

  it('show the measured fsync beside the one of the plan', () => {
    const plan = planFor({}, { logDevice: 'hdd' });
    const found = residuals(plan.ensemble, observed({ fsyncMs: 2 }));
    const write = found.find(({ name }) => name === 'writeMs');
    expect(write?.planned).toBeGreaterThan(8);
    expect(write?.calibrated).toBeLessThan(6);
    expect(found.find(({ name }) => name === 'fsyncMs')).toMatchObject({ planned: 8, observed: 2 });
  });

  it('compare batches with the group commit queue', () => {
    const model = groupCommit({ rate: 1000, append: 20e-6, fsync: 1e-3, fsyncScv: 0 });
    const seen = observed({ writes: 1000, batch: 1.4, flushes: 714 });
    const [, , batch] = residuals(planFor({}).ensemble, seen);
    expect(batch?.calibrated).toBeCloseTo(isProblems(model) ? NaN : model.batch, 6);
  });

  it('fit an ensemble with an even number of voters too', () => {
    for (const voters of [2, 4, 6]) {
      const [write] = residuals(planFor({}).ensemble, observed({ voters }));
      expect(write?.calibrated).toBeGreaterThan(1);
    }
  });

  it('leave out what no server tells', () => {
    const nothing = { writeMs: undefined, fsyncMs: undefined, batch: undefined };
    expect(residuals(planFor({}).ensemble, observed(nothing))).toEqual([]);
  });
});

describe('the fsync that explains the batches', () => {
  it('is 1.9 ms for batches of 1.12 at 286 writes a second, as measured on a contended machine', () => {
    expect(fsyncFromBatch(observed({ writes: 286, batch: 1.12 }))).toBeCloseTo(1.9, 0);
  });

  it('inverts the model', () => {
    const model = groupCommit({ rate: 2000, append: 20e-6, fsync: 3e-3, fsyncScv: 0 });
    if (isProblems(model)) throw new Error('infeasible');
    expect(fsyncFromBatch(observed({ writes: 2000, batch: model.batch }))).toBeCloseTo(3, 6);
  });

  it('is nothing where every write is alone', () => {
    expect(fsyncFromBatch(observed({ batch: 1 }))).toBe(0);
    expect(fsyncFromBatch(observed({ batch: undefined }))).toBeUndefined();
  });
});

describe('calibrate', () => {
  const plan = planFor({
    writesPerSecond: 100,
    readsPerSecond: 1000,
    znodes: 10_000,
    watches: 200,
  });

  it('says the residuals first, then what may be changed and where it comes from', () => {
    const sessions = { shortestTimeoutMs: 4000, mostPerAddress: 70 };
    const calibration = calibrate(plan, observed({ fsyncMs: 0.4567 }), sessions, 'today');
    const fields = calibration.parameters.map(({ field, was, value }) => [field, was, value]);
    expect(fields).toEqual([
      ['ensemble.fsyncMs', 0, 0.957],
      ['ensemble.sessionTimeoutMs', 10_000, 4000],
      ['ensemble.clientsPerAddress', 20, 70],
      ['otherLoad.writesPerSecond', 100, 300],
      ['otherLoad.sessions', 0, 100],
    ]);
    expect(calibration.parameters[0]?.from).toBe(
      'mean of all servers’ fsynctime and half a millisecond that they don’t count, over 30 s, measured today',
    );
    const text = calibrationText(calibration);
    expect(text.split('\n').slice(1, 3).join('')).toMatch(
      /^ {2}time of a write at 300 writes\/s: model says .* ms, .*server says\s+3.1 ms \(\+\d+ %\)/,
    );
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(68);
    expect(text.indexOf('model says')).toBeLessThan(text.indexOf('Inputs of the plan'));
  });

  it('names the check that a value fails, and keeps to itself what some servers do not tell', () => {
    const none = { writes: 0, writeCount: 0, localWrites: 0, flushes: undefined };
    const idle = observed({ ...none, silent: 1 });
    const { parameters, ...others } = calibrate(plan, idle, NO_SESSIONS, 'today');
    const doubts = Object.fromEntries(parameters.map(({ field, doubt }) => [field, doubt]));
    const why = '0 writes in 30 s: the rate is known to ±100 %';
    expect(doubts).toMatchObject({ 'otherLoad.writesPerSecond': why });
    expect(doubts).toHaveProperty(['otherLoad.sessions'], undefined);
    expect(doubts).not.toHaveProperty(['otherLoad.readsPerSecond']);
    const text = calibrationText({ parameters, ...others }).replace(/\n +/g, ' ');
    expect(text).toContain(
      `otherLoad.writesPerSecond: 100 → 0 (Δzxid over 30 s, measured today; NOT TRUSTED: ${why})`,
    );
    const apart = calibrate(plan, observed({ flushes: 20 }), NO_SESSIONS, 'today');
    expect(apart.parameters.filter(({ doubt }) => doubt).map(({ field }) => field)).toEqual([
      ...['ensemble.fsyncMs', 'otherLoad.writesPerSecond'],
    ]);
  });

  it('takes over unasked only what its own checks let pass', () => {
    const none = { writes: 0, writeCount: 0, localWrites: 0, flushes: undefined };
    const { parameters } = calibrate(plan, observed(none), NO_SESSIONS, 'today');
    const { items, chosen } = measuredItems(parameters, englishL10n);
    const labels = chosen.map(({ field }) => field);
    expect(labels).toContain('otherLoad.sessions');
    expect(labels).not.toContain('otherLoad.writesPerSecond');
    const writes = items.find(({ label }) => label.startsWith('otherLoad.writes'));
    expect(writes?.icon).toBe('warning');
    expect(writes?.detail).toMatch(/^Not trusted: 0 writes in 30 s: .*zxid/);
  });

  it('says the main residual in the width of a question', () => {
    const seen = observed();
    const [write] = residuals(planFor({}, { logDevice: 'hdd' }).ensemble, seen);
    const text = write ? shortResidual(write, seen) : '';
    expect(text).toMatch(/^write at 300\/s: model says .* ms, server says 3.1 ms \(\+\d+ %\)$/);
    expect(text.length).toBeLessThan(75);
  });

  it('never takes the fsync from batches, and says what they mean', () => {
    const seen = (batch: number) => observed({ writes: 286, batch, fsyncMs: 0.1 });
    const { parameters, diagnosis } = calibrate(plan, seen(1.4), NO_SESSIONS, 'today');
    expect(parameters.find(({ field }) => field === 'ensemble.fsyncMs')?.value).toBe(0.6);
    expect(diagnosis).toMatch(/as if an fsync took 3\.\d+ ms, it takes 0\.1 to 1\.1 ms.*bursts/);
    expect(calibrate(plan, seen(1.12), NO_SESSIONS, 'today').diagnosis).toBeUndefined();
  });

  it('does not trust a short fsync, of which servers drop what is less than a millisecond', () => {
    const doubt = (fsyncMs: number) =>
      calibrate(plan, observed({ fsyncMs }), NO_SESSIONS, 'today').parameters[0]?.doubt;
    expect(doubt(0.05)).toMatch(/between 0\.05 and 1\.05 ms$/);
    expect(doubt(2.5)).toBeUndefined();
    const found = residuals(plan.ensemble, observed({ fsyncMs: 0.05 }));
    const fsync = found.find(({ name }) => name === 'fsyncMs');
    expect(fsync && residualText(fsync)).toBe(
      'fsync: plan says 1 ms, server counts whole ms: 0.05 to 1.05 ms',
    );
  });

  it('does not take a mean of no milliseconds for a disk that takes no time', () => {
    const { parameters } = calibrate(plan, observed({ fsyncMs: 0 }), NO_SESSIONS, 'today');
    expect(parameters.map(({ field }) => field)).not.toContain('ensemble.fsyncMs');
  });

  it('leaves the load alone where a scenario makes it', () => {
    const read = planFor({});
    const scenario = { kind: 'cache' } as never;
    const { parameters } = calibrate({ ...read, scenario }, observed(), NO_SESSIONS, 'today');
    expect(parameters.map(({ field }) => field)).toEqual(['ensemble.fsyncMs']);
  });
});
