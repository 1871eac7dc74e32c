import { describe, expect, test } from 'vitest';
import { fieldAt, parsePath, withValueAt } from '../../../src/domain/capacity/plan/paths';
import { bytes, short } from '../../../src/domain/capacity/plan/report';
import { evaluate } from '../../../src/domain/capacity/plan/evaluate';
import { checkPlan } from '../../../src/domain/capacity/plan/check';
import {
  MAX_DOCUMENT,
  parsePlan,
  planDocument,
  readPlan,
} from '../../../src/domain/capacity/plan/document';
import { MODEL_VERSION, plan } from '../../../src/domain/capacity/plan/plan';
import { rounded } from '../../../src/domain/capacity/plan/rounding';
import { goalTexts, planText } from '../../../src/domain/capacity/plan/text';
import { groupCommit } from '../../../src/domain/capacity/ensemble/groupCommit';
import { layoutOutcome } from '../../../src/domain/capacity/ensemble/layouts';
import { isProblems } from '../../../src/domain/capacity/result';
import { inputOf, planned, problemsOf, sample, SAMPLES, sampleText, valueOf } from './planSupport';

const withEnsemble = (ensemble: object, otherLoad: object = {}) => inputOf({ ensemble, otherLoad });

describe('stored plans', () => {
  test.each(SAMPLES)('the plan of a %s is computed as stored', (name) => {
    const { input, stored } = sample(name);
    const check = checkPlan(planned(input), stored);
    expect(check).toEqual({ missed: [], changed: [], isOutdated: false });
  });

  test.each(SAMPLES)('the document of a %s is a fixed point', (name) => {
    const { input } = sample(name);
    const text = `${JSON.stringify(planDocument(input, planned(input)), null, 2)}\n`;
    expect(JSON.parse(text)).toEqual(JSON.parse(sampleText(name)));
    const again = parsePlan(text);
    expect(isProblems(again) ? again : again.input).toEqual(input);
    expect(parsePlan(`\ufeff${text}`)).toEqual(again);
  });

  test('changes beyond the tolerance are found, others are not', () => {
    const { input, stored } = sample('cache');
    const computed = planned(input);
    const values = new Map(stored?.values);
    const servers = values.get('pool.servers') ?? NaN;
    const check = () => checkPlan(computed, { modelVersion: MODEL_VERSION, values }).changed;
    values.set('pool.servers', servers * (1 + 1e-6));
    expect(check()).toEqual([]);
    values.set('pool.servers', servers + 1);
    values.set('gone', 3);
    values.delete('pool.survivors');
    expect(check()).toHaveLength(3);
  });

  test('results of older models are outdated, of newer ones refused', () => {
    const { input } = sample('cache');
    const document = { ...planDocument(input, { ...planned(input), modelVersion: 0 }) };
    const older = readPlan(document);
    if (isProblems(older)) throw new Error('refused');
    expect(checkPlan(planned(input), older.stored).isOutdated).toBe(true);
    const newer = planDocument(input, { ...planned(input), modelVersion: MODEL_VERSION + 1 });
    expect(readPlan(newer)).toMatchObject([{ code: 'newerModel' }]);
  });

  test('numbers are rounded to six digits, and what has no end is null', () => {
    expect(rounded({ a: [1 / 3, 123456789, -0.1 - 0.2], b: Infinity, c: 'x' })).toEqual({
      a: [0.333333, 123457000, -0.3],
      b: null,
      c: 'x',
    });
  });

  test.each(['', '{', '[]', 'null', '{"version":2}', '{"version":1,"pol":{}}'])(
    'refuses %s',
    (text) => {
      const outcome = parsePlan(text);
      expect(isProblems(outcome)).toBe(true);
    },
  );

  test('refuses what is too long or hostile before it costs time', () => {
    expect(parsePlan(' '.repeat(MAX_DOCUMENT + 1))).toMatchObject([{ code: 'tooLong' }]);
    const many = { version: 1, pool: { serverAddresses: new Array<string>(100_000).fill('a:1') } };
    expect(isProblems(readPlan(many))).toBe(true);
    const prototype = JSON.parse(
      '{"version":1,"__proto__":{"title":"x"},"pool":{"constructor":1}}',
    ) as unknown;
    expect(isProblems(readPlan(prototype))).toBe(true);
    expect(isProblems(readPlan({ version: 1, scenario: { kind: 'toString' } }))).toBe(true);
  });
});

describe('plan of an ensemble', () => {
  test('takes its parts from the models', () => {
    const input = withEnsemble({}, { writesPerSecond: 1000, readsPerSecond: 4000, sessions: 100 });
    const result = planned(input);
    const log = groupCommit({ rate: 1000, append: 20e-6, fsync: 1e-3, fsyncScv: 0 });
    if (isProblems(log)) throw new Error('refused');
    expect(valueOf(result, 'ensemble.logResponse')).toBeCloseTo(log.response, 8);
    const down = 4 / 4004;
    const rates = { serverDown: down, zoneDown: 1e-4, commonCause: 0 };
    const outage = 60 * layoutOutcome([1, 1, 1], rates).minutesAYear;
    expect(valueOf(result, 'ensemble.outage') / outage).toBeCloseTo(1, 5);
    expect(valueOf(result, 'ensemble.pings')).toBe(30);
  });

  test('adds observers for reads, and never for writes', () => {
    const few = planned(withEnsemble({}, { readsPerSecond: 60_000, writesPerSecond: 100 }));
    const many = planned(withEnsemble({}, { readsPerSecond: 200_000, writesPerSecond: 100 }));
    expect(valueOf(few, 'ensemble.observers')).toBe(0);
    expect(valueOf(many, 'ensemble.observers')).toBeGreaterThan(3);
    expect(valueOf(many, 'ensemble.utilisation')).toBeLessThanOrEqual(0.5);
    const [problem] = problemsOf(withEnsemble({}, { writesPerSecond: 15_000 }));
    expect(problem).toMatchObject({ code: 'ensembleSaturated' });
    const most = Number(/at most ([\d,.]+)\/s/.exec(problem?.message ?? '')?.[1]?.replace(',', ''));
    const nearest = plan(withEnsemble({}, { writesPerSecond: 0.99 * most }));
    expect(isProblems(nearest)).toBe(false);
  });

  test.each<[string, object, object, string]>([
    ['two zones that must survive one', { zones: 2 }, {}, 'ensemble.zones'],
    ['an even ensemble', { voters: 4 }, {}, 'ensemble.voters'],
    ['two voters', { voters: 2 }, {}, 'ensemble.voters'],
    [
      'an outage goal out of reach',
      { outageGoalMinutesPerYear: 0.001, commonCauseShare: 0.1 },
      {},
      'ensemble.outageGoalMinutesPerYear',
    ],
    ['a session shorter than pauses', { gcPauseMs: 9000 }, {}, 'ensemble.sessionTimeoutMs'],
    ['more znodes than a heap holds', {}, { znodes: 1e9 }, 'ensemble.memoryBytes'],
  ])('says what to change for %s', (_, ensemble, otherLoad, where) => {
    const problems = problemsOf(withEnsemble(ensemble, otherLoad));
    expect(problems[0]?.where).toBe(where);
    expect(problems[0]?.message).toMatch(/\b(Use|Split|Lower|Write|at least|go further)/i);
  });

  test('watches on paths that nobody counted take the most heap that they can', () => {
    const heap = (watches: number, watchedPaths = 0) =>
      planned(withEnsemble({}, { watches, watchedPaths }));
    // Each server of two that serve while one is down holds half of them, the first ones of a path.
    const [many] = [heap(10_000_000)];
    expect(valueOf(many, 'ensemble.heap')).toBeGreaterThan(1.75 * 280 * 5_000_000);
    expect(valueOf(many, 'ensemble.heap')).toBeLessThan(1.76 * 280 * 5_000_000);
    expect(valueOf(heap(10_000_000, 1000), 'ensemble.heap')).toBeLessThan(0.6 * 2 ** 30);
    const { because } = many.results.find(({ name }) => name === 'zooKeeper.watches') ?? {};
    expect(because).toMatch(/^on 10,000,000 paths: watchedPaths is 0, .* a path of its own/);
    const problem = problemsOf(withEnsemble({}, { watches: 1_000_000_000 }))[0];
    expect(problem?.message).toMatch(/most of it for watches;.* set fewer\./);
  });

  test('twice the load has twice the watches, and their paths', () => {
    const input = withEnsemble({}, { watches: 10_000_000 });
    const before = evaluate(input);
    const after = evaluate(input, { loadFactor: 2 });
    if (isProblems(before) || isProblems(after)) throw new Error('refused');
    expect(after.sizing.heap.watches).toBe(2 * before.sizing.heap.watches);
  });

  test('what saturates the ensemble decides the advice, and all of it can be followed', () => {
    const message = (ensemble: object, otherLoad: object) =>
      problemsOf(withEnsemble(ensemble, otherLoad))[0]?.message ?? '';
    const writes = message({}, { writesPerSecond: 33_000 });
    expect(writes).toMatch(/Write at most 9?[\d,]+\/s, or split/);
    expect(writes).not.toMatch(/utilisation of|[Cc]ache/);
    // Neither writes nor reads are too many alone, and every observer slows the writes.
    const both = { writesPerSecond: 9800, readsPerSecond: 60_000 };
    const mixed = message({}, both);
    expect(mixed).not.toMatch(/[Cc]ache/);
    const most = Number(/rite at most ([\d,]+)\/s/.exec(mixed)?.[1]?.replace(',', ''));
    planned(withEnsemble({}, { ...both, writesPerSecond: most }));
    const utilisationGoal = Number(/utilisation of (0\.\d+)/.exec(mixed)?.[1]);
    planned(withEnsemble({ utilisationGoal }, both));
    const reads = message({}, { readsPerSecond: 9_000_000, writesPerSecond: 10 });
    expect(reads).toMatch(/Cache in the clients/);
    expect(message({ sessionTimeoutMs: 4000 }, { sessions: 9_000_000 })).toMatch(
      /Ask for longer sessions/,
    );
  });

  test.each<[string, object, object]>([
    ['two zones', { zones: 2, survivesZoneLoss: false, outageGoalMinutesPerYear: 1 }, {}],
    ['too many writes', {}, { writesPerSecond: 60_000 }],
    ['a log that cannot append', { measuredWritesPerSecond: 1e6 }, { writesPerSecond: 80_000 }],
    ['no memory', {}, { znodes: 1e9 }],
  ])('a problem of %s is that of an input', (_, ensemble, otherLoad) => {
    for (const { where } of problemsOf(withEnsemble(ensemble, otherLoad))) {
      expect(fieldAt(parsePath(where), undefined), where).toBeDefined();
    }
  });

  test('the nearest layout is said with its units', () => {
    const two = { zones: 2, survivesZoneLoss: false, outageGoalMinutesPerYear: 1 };
    expect(problemsOf(withEnsemble(two))[0]?.message).toMatch(
      /nearest is [\d +]+ voters (in one|by) zone with [\d.]+ minutes a year;/,
    );
  });

  test('a missed limit says by which value of which input it is met', () => {
    const given = { clientsPerAddress: 500, openFiles: 1000, globalOutstandingLimit: 2 };
    const input = withEnsemble(given, { sessions: 3000, writesPerSecond: 2000 });
    const missed = planned(input).goals.filter(({ isMet }) => !isMet);
    expect(missed.map(({ remedy }) => remedy?.input)).toEqual([
      'ensemble.maxClientCnxns',
      'ensemble.openFiles',
      'ensemble.globalOutstandingLimit',
    ]);
    expect(missed[0]?.remedy?.value).toBe(500);
    const mended = missed.reduce<unknown>(
      (all, { remedy }) => withValueAt(all, parsePath(remedy?.input ?? ''), remedy?.value),
      input,
    ) as typeof input;
    expect(planned(mended).goals.filter(({ isMet }) => !isMet)).toEqual([]);
  });

  test('missed limits are goals, not problems', () => {
    const { goals } = planned(withEnsemble({}, { mostChildren: 100_000 }));
    expect(goals.filter(({ isMet }) => !isMet).map(({ name }) => name)).toEqual(['limit.children']);
  });
});

describe('advice and sensitivity', () => {
  test('the faster log device is computed, not guessed', () => {
    const { input } = sample('database');
    const { advice } = planned(input);
    const found = advice.find(({ id }) => id === 'fasterLogDevice');
    const faster = planned({ ...input, ensemble: { ...input.ensemble, logDevice: 'ssd' } });
    expect(found?.effect.after).toBe(valueOf(faster, 'ensemble.writeLatency'));
    expect(found?.effect.before).toBe(valueOf(planned(input), 'ensemble.writeLatency'));
  });

  test('cheaper changes come first, and each improves its figure', () => {
    const input = inputOf({
      scenario: {
        kind: 'cache',
        getsPerSecond: 200_000,
        items: 1e6,
        itemBytes: 500,
        setsPerSecond: 0,
      },
      pool: {
        preset: 'envoy-ring-hash',
        hottestKeyCopies: 40,
        instanceTypes: [{ name: 'a', requestsPerSecond: 20_000 }],
      },
      ensemble: { logDevice: 'hdd', dedicatedLogDevice: false },
      otherLoad: { znodes: 2e6, writesPerSecond: 2000, watchedPaths: 1e5, watches: 1e6 },
    });
    const { advice } = planned(input);
    const ids = advice.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'moreVirtualNodes',
        'evenPlacement',
        'boundedLoad',
        'fasterLogDevice',
      ]),
    );
    expect(ids).toContain('dedicatedLogDevice');
    // The plan takes the smaller watch manager by itself, and writes it.
    expect(ids).not.toContain('watchManager');
    const efforts = advice.map(({ effort }) =>
      ['setting', 'program', 'hardware', 'servers'].indexOf(effort),
    );
    expect(efforts).toEqual([...efforts].sort((a, b) => a - b));
    for (const { effect } of advice) expect(effect.after).toBeLessThan(effect.before);
  });

  test('a plan made for a zone’s loss holds in it, another does not', () => {
    const { input } = sample('cache');
    const lost = (given: typeof input) =>
      planned(given).sensitivity.find(({ id }) => id === 'zoneLost')?.holds;
    expect(lost(input)).toBe(true);
    expect(lost({ ...input, pool: { ...input.pool, survivesZoneLoss: false } })).toBe(false);
  });

  test('twice the load needs about twice the servers', () => {
    const { input } = sample('metadata');
    const double = planned(input).sensitivity.find(({ id }) => id === 'doubleLoad');
    const servers = double?.figures.find(({ name }) => name === 'pool.servers')?.value;
    expect(servers).toBeGreaterThan(1.7 * valueOf(planned(input), 'pool.servers'));
    expect(servers).toBeLessThan(2.1 * valueOf(planned(input), 'pool.servers'));
  });
});

describe('sentences', () => {
  test('limits are said in full, and times a year as such', () => {
    const input = withEnsemble({ outageGoalMinutesPerYear: 53 }, { mostChildren: 65_540 });
    const { goals } = planned(input);
    const texts = (name: string) => {
      const goal = goals.find((one) => one.name === name);
      return goal && goalTexts(goal);
    };
    expect(texts('limit.openFiles')?.wanted).toBe('65,536');
    expect(texts('limit.data')?.wanted).toBe('1 MiB');
    expect(texts('limit.children')?.is).toBe('65,540');
    expect(texts('ensemble.outage')?.wanted).toBe('53 min a year');
    expect(texts('ensemble.leaderOut')?.wanted).toBe('83.4 MiB/s');
    expect(bytes(1023 * 1024)).toBe('1023 KiB');
    expect(bytes(1023.99 * 1024)).toBe('1 MiB');
    expect(short(12345.67, 7)).toBe('12,345.67');
  });

  test('twice the load does not hold where the heap or a limit is too small for it', () => {
    const twice = (ensemble: object, otherLoad: object) =>
      planned(withEnsemble(ensemble, otherLoad)).sensitivity.find(({ id }) => id === 'doubleLoad');
    const watches = { watches: 8_000_000 };
    expect(twice({}, watches)?.holds).toBe(true);
    const heap = twice({ memoryBytes: 4 * 2 ** 30 }, watches);
    expect(heap?.holds).toBe(false);
    expect(heap?.because).toMatch(/would need a heap of 3\.\d+ GiB/);
    expect(twice({}, { watches: 90_000_000 })).toMatchObject({ holds: false });
    const files = twice({ openFiles: 1000 }, { sessions: 1500 });
    expect(files).toMatchObject({ holds: false });
    expect(files?.because).toContain('LimitNOFILE would be too low');
  });

  test('what-if cases are sentences with one end', () => {
    const cases = [
      ...planned(withEnsemble({}, { writesPerSecond: 6000 })).sensitivity,
      ...planned(sample('cache').input).sensitivity,
    ];
    for (const { because } of cases) expect(because).toMatch(/^[A-Z].*[^.]\.$/);
  });
});

describe('report', () => {
  test('gives each result with reason and accuracy, and meets both wrong formulas', () => {
    const { input } = sample('cache');
    const modulo = { ...input, pool: { ...input.pool, preset: 'twemproxy-modula' } };
    const text = planText('T', planned(modulo));
    for (const { name, because } of planned(modulo).results) {
      expect(text).toContain(name);
      expect(text).toContain(because);
    }
    expect(text).toMatch(/utilisation times slots .* dividing by .* more than a server can do/);
    expect(text).toMatch(/not consistent hashing: .* moves 9\d(\.\d)? % of the keys, a ring/);
    expect(planText('T', planned(input))).not.toContain('not consistent hashing');
  });
});
