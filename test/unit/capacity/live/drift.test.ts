import { describe, expect, it } from 'vitest';
import { configDrift, type ServerConf } from '../../../../src/domain/capacity/live/configDrift';
import { type Drift, driftOf } from '../../../../src/domain/capacity/live/drift';
import { driftText } from '../../../../src/domain/capacity/live/driftText';
import { type KnownHeadroom, loadPoint } from '../../../../src/domain/capacity/live/headroom';
import { stillDiffering } from '../../../../src/domain/capacity/live/stillDiffering';
import type { EnsembleSample } from '../../../../src/domain/metrics/ensembleSample';
import type { Observation } from '../../../../src/domain/capacity/live/observation';
import type { PlanInput } from '../../../../src/domain/capacity/plan/inputFields';
import { isProblems } from '../../../../src/domain/capacity/result';
import { ensembleWindow } from '../../../../src/domain/metrics/ensembleWindow';
import { answered, ensembleAt, ensembleOf, unreachable, type Values } from '../../metrics/samples';
import { sample } from '../planSupport';
import { driftSummary } from '../../../../src/ui/plan/live/driftSummary';
import { englishL10n } from '../../../fakes/userInput';
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
    expect(driftText(absent).replace(/\n +/g, ' ')).toContain(
      's3 cannot be reached; the ensemble survives 0 more failures',
    );
    const alone = ensembleOf(answered('s1', 'standalone'));
    expect(drift({ voters: 1 }, alone).comparisons[0]?.message).toBe(
      '1 voter is a member, 3 planned.',
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

  it('does not know the members that no server names, nor those that cannot be reached', () => {
    const nameless = { ...answered('s1', 'follower'), id: undefined, isVoter: undefined };
    const topology = (members: EnsembleSample) =>
      drift({}, members).comparisons.filter(({ kind }) => kind === 'topology');
    const one = topology(ensembleOf(nameless));
    expect(one.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'same']);
    expect(one[0]?.message).toMatch(/^1 voter found, 3 planned; who else is a member is not known/);
    expect(one.flatMap(({ fix }) => fix ?? [])).toEqual([]);
    const named = { ...ensembleOf(nameless), configured: { voters: 3, observers: 0 } };
    expect(topology(named).map(({ verdict }) => verdict)).toEqual(['same', 'same', 'unknown']);
    expect(topology(named)[2]?.message).toBe('1 of 3 members can be reached from here.');
  });

  it('calls a sum of some servers drift only when it is more than all may have', () => {
    const verdict = (watches: number) =>
      drift({ silent: 1, watches }).comparisons.find(({ name }) => name === 'watches');
    expect(verdict(200)).toMatchObject({
      ...{ verdict: 'unknown' },
      message: 'Watches: 200 planned; 1 of 3 servers does not tell it.',
    });
    const much = verdict(5000);
    expect(much?.message).toBe('Watches: at least 5000 measured, 25 times the plan, 200 planned.');
    expect(much?.fix).toBeUndefined();
  });

  it('never calls an idle ensemble the same as a busy plan', () => {
    const idle = drift({ writes: 0, writeCount: 0, fsyncMs: undefined });
    const named = (name: string) => idle.comparisons.find((one) => one.name === name);
    expect(named('writes')).toMatchObject({ verdict: 'below' });
    expect(named('sessions')).toMatchObject({ verdict: 'within' });
    expect(named('fsync')?.message).toBe('Mean fsync: 1 ms planned; no server tells it.');
  });

  it('is told in lines that half an editor shows, with what differs first', () => {
    const lines = driftText(drift({ writes: 600, silent: 1 })).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(68);
    expect(lines[0]).toMatch(/^1 of 21 points differs from the plan, \d+ unknown\.$/);
    const config = lines.findIndex((line) => line.startsWith('  unknown  syncLimit'));
    expect(lines[config + 1]).toMatch(/^ {11}\S/);
    const load = lines.indexOf('Load');
    expect(lines[load + 1]).toMatch(/^ {2}DRIFT {4}Writes/);
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

  it('names servers that say the same together', () => {
    const all = (...values: string[]) =>
      configDrift(
        desired.slice(0, 1),
        new Map(values.map((syncLimit, i) => [`s${i + 1}`, conf({ syncLimit })])),
      )[0]?.message;
    expect(all('9', '9', '9')).toBe('syncLimit: 9 at all 3; 5 planned: ticks of silence.');
    expect(all('9', '5', '9', '7')).toMatch(/^syncLimit: 9 at s1, s3; 7 at s4; 5 planned/);
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

describe('what differs of a plan that is edited', () => {
  const seen = observed({ znodes: 123_671, dataBytes: 2_840_000, writes: 900 });
  const confs = new Map<string, ServerConf>([
    ['s1', { kind: 'known', values: new Map([['tickTime', '1000']]) }],
  ]);
  const reality = { seen, sample: THREE, confs, history: [] };
  const names = (otherLoad: object, ensemble: object = { voters: 3 }): string[] =>
    stillDiffering(JSON.stringify({ version: 1, otherLoad, ensemble }), reality).map(
      ({ name }) => name,
    );

  it('is what its inputs as they are now make of the measurement', () => {
    const planned = { ...LOAD, sessions: 100 };
    const before = names(planned);
    expect(before).toEqual(expect.arrayContaining(['writes', 'data', 'znodes', 'tickTime']));
    // The data has no measured value as a fix: it ends with the inputs that it comes from.
    const after = names({ ...planned, znodes: 123_671, dataBytes: 27 });
    expect(before.filter((name) => !after.includes(name))).toEqual(['znodes', 'data']);
    expect(names(planned, { voters: 5 })).toContain('voters');
    expect(names(planned, { voters: 3, sessionTimeoutMs: 2000 })).not.toContain('tickTime');
  });

  it('is nothing where the text is no plan', () => {
    expect(stillDiffering('{', reality)).toEqual([]);
    expect(stillDiffering('{ "version": 1, "ensemble": { "voters": -1 } }', reality)).toEqual([]);
  });
});

describe('headroom', () => {
  const known = (found: Drift): KnownHeadroom => {
    if (found.headroom.kind === 'unknown') throw new Error(found.headroom.why);
    return found.headroom;
  };

  it('is unknown, never all of it, where servers keep their reads to themselves', () => {
    const silent = drift({ reads: undefined, silent: 3, writes: 0 });
    expect(silent.headroom).toEqual({ kind: 'unknown', why: 'no server tells its reads' });
    expect(driftText(silent)).toContain('Headroom\n  unknown: no server tells its reads.\n');
    const one = drift({ silent: 1 });
    expect(one.headroom).toEqual({
      kind: 'unknown',
      why: '1 of 3 servers does not tell its reads',
    });
  });

  it('is told with how many points differ and how many are unknown', () => {
    const summary = (found: Drift) => driftSummary('Local', found, englishL10n);
    const refused = { reads: undefined, silent: 3, writeMs: undefined, fsyncMs: undefined };
    expect(summary(drift({ ...refused, voters: 3 }))).toMatch(
      /^Local does not differ from the plan as far as its servers tell \(\d+ unknown\)\. Headroom: unknown: no server tells its reads\.$/,
    );
    expect(summary(drift({ writes: 900 }))).toMatch(
      /^Local differs from the plan in one point \(9 unknown\)\. Headroom: \d/,
    );
  });

  it('grows by points of which the whole load is known', () => {
    const told = { cnt_readlatency: 0, sum_readlatency: 0, uptime: 1 };
    const at = (time: number, count: number, second: Values) => {
      const sample = { at: time, zxid: BigInt(count) };
      const values = { ...told, cnt_readlatency: 5 * count, uptime: time };
      return ensembleAt(
        time,
        answered('s1', 'leader', { values, sample }),
        answered('s2', 'follower', { values: second, sample }),
      );
    };
    const point = (second: Values) => {
      const [before, after] = [at(1000, 0, second), at(2000, 10, second)];
      return loadPoint(after, ensembleWindow(before, after));
    };
    expect(point(told)).toEqual({ at: 2000, perSecond: 60 });
    expect(point({})).toBeUndefined();
  });

  const ramp = (perHour: number, minutes = 60) =>
    Array.from({ length: minutes }, (_, i) => ({
      at: i * 60_000,
      perSecond: 1330 + (perHour * i) / 60,
    }));

  it('is what is left of the throughput', () => {
    const headroom = known(drift());
    expect(headroom.load).toBe(1330);
    expect(headroom.left).toBeCloseTo(1 - 1330 / headroom.capacity, 12);
    expect(headroom.linearHours).toBeUndefined();
  });

  it('lasts as long as the growth lets it', () => {
    const headroom = known(drift({}, THREE, PLAN, ramp(600)));
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
    const headroom = known(drift({}, THREE, PLAN, history));
    expect(headroom.linearHours).toBeUndefined();
    expect(headroom.why).toMatch(why);
  });
});
