import { describe, expect, it } from 'vitest';
import { configDrift, type ServerConf } from '../../../../src/domain/capacity/live/configDrift';
import { type Drift, driftOf } from '../../../../src/domain/capacity/live/drift';
import { driftText } from '../../../../src/domain/capacity/live/driftText';
import type { Observation } from '../../../../src/domain/capacity/live/observation';
import type { PlanInput } from '../../../../src/domain/capacity/plan/inputFields';
import { isProblems } from '../../../../src/domain/capacity/result';
import { answered, ensembleOf, unreachable } from '../../metrics/samples';
import { sample } from '../planSupport';
import { observed, planFor } from './live';

const LOAD = {
  ...{ writesPerSecond: 300, readsPerSecond: 1000, sessions: 100, znodes: 10_000, watches: 200 },
  dataBytes: 100,
};
const PLAN = planFor(LOAD, { voters: 3, serverRoundTripMs: 1 });
const THREE = ensembleOf(
  answered('s1', 'leader'),
  answered('s2', 'follower'),
  answered('s3', 'follower'),
);

function drift(
  seen: Partial<Observation> = {},
  members = THREE,
  input: PlanInput = PLAN,
  history: { at: number; perSecond: number }[] = [],
): Drift {
  const reality = {
    seen: observed(seen),
    sample: members,
    confs: new Map<string, ServerConf>(),
    history,
  };
  const found = driftOf(input, reality);
  if (isProblems(found)) throw new Error(found[0]?.message);
  return found;
}
const drifted = (found: Drift): string[] =>
  found.comparisons.filter(({ verdict }) => verdict === 'drift').map(({ name }) => name);

describe('drift', () => {
  it('is none where all is as planned', () => {
    expect(drifted(drift())).toEqual([]);
  });

  it('is found when the load doubles, with the measured value as a fix', () => {
    const found = drift({ writes: 600, writeCount: 18_000 });
    expect(drifted(found)).toEqual(['writes']);
    const [writes] = found.comparisons.filter(({ name }) => name === 'writes');
    expect(writes?.message).toBe('Writes per second: 600 measured, 2 times the plan, 300 planned.');
    expect(writes?.fix).toEqual({
      ...{ field: 'otherLoad.writesPerSecond', value: 600, from: 'measured over 30 s' },
    });
  });

  it('is not chance: few events may double', () => {
    const input = planFor({ ...LOAD, writesPerSecond: 1 }, { voters: 3 });
    expect(drifted(drift({ writes: 3, writeCount: 90 }, THREE, input))).toEqual([]);
  });

  it('is found when a server is removed, and when one is away', () => {
    const two = ensembleOf(answered('s1', 'leader'), answered('s2', 'follower'));
    const removed = drift({ voters: 2, present: 2 }, two);
    expect(drifted(removed)).toEqual(['voters']);
    expect(removed.comparisons[0]?.fix).toMatchObject({ field: 'ensemble.voters', value: 2 });
    const away = ensembleOf(
      answered('s1', 'leader'),
      answered('s2', 'follower'),
      unreachable('s3'),
    );
    const absent = drift({ present: 2 }, away);
    expect(drifted(absent)).toEqual(['presence']);
    expect(driftText(absent)).toContain(
      's3 cannot be reached; the ensemble survives 0 more failures',
    );
  });

  it('is found when the disk is slow, and when writes take longer than the model says', () => {
    expect(drifted(drift({ fsyncMs: 9 }))).toEqual(['fsync']);
    expect(drifted(drift({ writeMs: 40 }))).toEqual(['writeLatency']);
  });

  it('is found when there is more than the heap was sized for', () => {
    expect(drifted(drift({ znodes: 20_000, dataBytes: 3_000_000, sessions: 300 }))).toEqual([
      ...['znodes', 'data', 'sessions'],
    ]);
  });

  it('is unknown, never the same, where servers do not tell', () => {
    const silent = drift({ reads: undefined, fsyncMs: undefined, watches: undefined });
    const unknown = silent.comparisons.filter(
      ({ verdict, kind }) => verdict === 'unknown' && kind !== 'config',
    );
    expect(unknown.map(({ name }) => name)).toEqual(['reads', 'fsync', 'watches']);
  });

  it('names the scenario, which no measurement can change, where it makes the load', () => {
    const { input } = sample('cache');
    const reality = {
      seen: observed({ writes: 1e4 }),
      sample: THREE,
      confs: new Map(),
      history: [],
    };
    const found = driftOf(input, reality);
    if (isProblems(found)) throw new Error(found[0]?.message);
    const [writes] = found.comparisons.filter(({ name }) => name === 'writes');
    expect(writes).toMatchObject({ verdict: 'drift', field: 'scenario' });
    expect(writes?.fix).toBeUndefined();
  });
});

describe('drift of the configuration', () => {
  const desired = [
    { key: 'syncLimit', value: 5, reason: 'ticks of silence' },
    { key: 'globalOutstandingLimit', value: 1000, reason: 'requests in process' },
  ];
  const conf = (values: Record<string, string>): ServerConf => ({
    kind: 'known',
    values: new Map(Object.entries(values)),
  });
  const verdicts = (...confs: [string, ServerConf][]) =>
    configDrift(desired, new Map(confs)).map(({ name, verdict }) => [name, verdict]);

  it('finds a syncLimit that differs, and names the server', () => {
    const confs = new Map([
      ['s1', conf({ syncLimit: '5' })],
      ['s2', conf({ syncLimit: '10' })],
    ]);
    const [first] = configDrift(desired, confs);
    expect(first).toMatchObject({ verdict: 'drift', field: 'ensemble.serverRoundTripMs' });
    expect(first?.message).toBe('syncLimit: 10 at s2; 5 planned: ticks of silence.');
  });

  it('calls a key that servers do not report unknown', () => {
    expect(verdicts(['s1', conf({ syncLimit: '5' })])).toEqual([
      ['syncLimit', 'same'],
      ['globalOutstandingLimit', 'unknown'],
    ]);
  });

  it('does not take a server that refuses for equal', () => {
    const refused: ServerConf = { kind: 'refused', reason: 'conf is refused' };
    expect(verdicts(['s1', conf({ syncLimit: '5' })], ['s2', refused])[0]?.[1]).toBe('unknown');
    const [only] = configDrift(desired, new Map([['s1', refused]]));
    expect(only?.message).toContain('conf is refused');
  });

  it('wants what the plan computes, in milliseconds and ticks', () => {
    const asPlanned = conf({ tickTime: '2000', minSessionTimeout: '4000', maxClientCnxns: '60' });
    const confs = new Map([['s1', asPlanned]]);
    const found = driftOf(PLAN, { seen: observed(), sample: THREE, confs, history: [] });
    if (isProblems(found)) throw new Error(found[0]?.message);
    const same = found.comparisons.filter(
      ({ kind, verdict }) => kind === 'config' && verdict === 'same',
    );
    expect(same.map(({ name }) => name)).toEqual([
      ...['tickTime', 'minSessionTimeout', 'maxClientCnxns'],
    ]);
  });
});

describe('headroom', () => {
  const ramp = (perHour: number, minutes = 60) =>
    Array.from({ length: minutes }, (_, i) => ({
      at: i * 60_000,
      perSecond: 1330 + (perHour * i) / 60,
    }));

  it('is what is left of the throughput', () => {
    const { headroom } = drift();
    expect(headroom.load).toBe(1330);
    expect(headroom.left).toBeCloseTo(1 - 1330 / headroom.capacity, 12);
    expect(headroom.linearHours).toBeUndefined();
  });

  it('lasts as long as the growth lets it', () => {
    const { headroom } = drift({}, THREE, PLAN, ramp(600));
    expect(headroom.growth).toBeCloseTo(600 / 3600, 9);
    expect(headroom.linearHours).toBeCloseTo((headroom.capacity - 1330) / 600, 6);
    expect(headroom.exponentialHours).toBeLessThan(headroom.linearHours ?? 0);
    expect(driftText(drift({}, THREE, PLAN, ramp(600)))).toMatch(/full in \d+/);
  });

  it.each([
    ['too short a time', ramp(600, 9), /minutes of samples/],
    ['a steady load', ramp(0), /varies more than it grows|does not grow/],
    ['a load that falls', ramp(-60), /does not grow/],
    [
      'a load that goes up and down',
      ramp(10).map(({ at, perSecond }, i) => ({ at, perSecond: perSecond + 300 * Math.sin(i) })),
      /varies more than it grows/,
    ],
  ])('says nothing of the future after %s', (_, history, why) => {
    const { headroom } = drift({}, THREE, PLAN, history);
    expect(headroom.linearHours).toBeUndefined();
    expect(headroom.why).toMatch(why);
  });
});
