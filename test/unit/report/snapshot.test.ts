import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelFiles, modelPage, summarise } from '../../../src/domain/capacity/modelPages';
import type { ReportPlan } from '../../../src/protocol/report';
import { apart, bottomOf, logTicks } from '../../../media/report/scales';
import { figureTextWith } from '../../../src/ui/resultText';
import { reportOf } from '../../../src/ui/report/snapshot';
import { englishL10n } from '../../fakes/userInput';
import { SAMPLES, sampleText } from '../capacity/planSupport';

const DOCS = join(import.meta.dirname, '../../../media/docs');

function modelOf(id: string) {
  const page = modelPage(id);
  return page && summarise(readFileSync(join(DOCS, page.file), 'utf8'), page.anchor);
}
const report = (text: string) => reportOf(text, { l10n: englishL10n, modelOf });

function planned(text: string): ReportPlan {
  const { outcome } = report(text);
  if (outcome.kind !== 'plan') throw new Error(outcome.problems[0]?.message);
  return outcome;
}

describe.each(SAMPLES)('the report of the %s plan', (name) => {
  const plan = planned(sampleText(name));

  test('names every number in words, with its reason, accuracy and the page of its model', () => {
    for (const { name: id, label, text, because, accuracy, model } of plan.figures) {
      expect(label, id).not.toBe(id);
      for (const one of [text, because, accuracy]) expect(one, id).not.toBe('');
      const page = plan.models[model];
      expect(page?.title, model).toMatch(/^\p{Lu}/u);
      expect(page?.title).not.toMatch(/[`*]/);
    }
  });

  test('knows the model behind every number of a picture', () => {
    const names = plan.figures.map((figure) => figure.name);
    const bases = [
      ...plan.bars.flatMap(({ bars }) => bars.map(({ basis }) => basis)),
      ...plan.cases.flatMap(({ figures }) => figures.map(({ basis }) => basis)),
      ...plan.advice.map(({ basis }) => basis),
      ...plan.curves.flatMap(({ figures }) => figures),
    ];
    expect(bases.length).toBeGreaterThan(20);
    expect(bases.filter((basis) => !names.includes(basis))).toEqual([]);
  });

  test('puts every number into one group', () => {
    const names = plan.groups.flatMap((group) => group.names);
    expect(names.sort()).toEqual(plan.figures.map((figure) => figure.name).sort());
  });

  test('survives the way to the page, which takes no infinite numbers', () => {
    const text = JSON.stringify(plan, (_key, value: unknown) => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      return value;
    });
    expect(JSON.parse(text)).toEqual(plan);
  });
});

test('formats shares, years and prices as people say them', () => {
  const { figures, advice } = planned(sampleText('cache'));
  const text = (name: string) => figures.find((one) => one.name === name)?.text;
  expect(text('pool.utilisation')).toBe('66.4 %');
  expect(text('pool.need.utilisation')).toBe('10');
  expect(text('ensemble.outage')).toBe('114 s');
  expect(text('ensemble.meanTimeToQuorumLoss')).toBe('76.4 years');
  expect(text('ensemble.leaderServes')).toBe('yes');
  const textOf = figureTextWith(englishL10n);
  expect(textOf('ensemble.outage', 3 * 3600, 's')).toBe('3 h');
  expect(textOf('ensemble.writeLatency', 3 * 3600, 's')).toBe('10,800 s');
  expect(textOf('ensemble.outage', null, 's')).toBe('without end');
  expect(advice[0]?.price).toBe('saves 330 USD a month');
});

test('says what is wrong with a document that is no plan', () => {
  const { outcome } = report('{"version":1,"ensemble":{"zonse":3}}');
  expect(outcome).toMatchObject({ kind: 'problems', isInfeasible: false });
  expect(JSON.stringify(outcome)).toContain('Did you mean zones?');
});

test('says why inputs cannot be met, and what would do', () => {
  const { title, outcome } = report(
    '{"version":1,"title":"Two zones","ensemble":{"zones":2,"survivesZoneLoss":true}}',
  );
  expect(title).toBe('Two zones');
  expect(outcome).toMatchObject({ kind: 'problems', isInfeasible: true });
  expect(JSON.stringify(outcome)).toContain('Use three zones');
});

test('lists missed goals with the advice', () => {
  const { missed, bars } = planned('{"version":1,"ensemble":{"writeGoalMs":1}}');
  expect(missed).toEqual([
    {
      label: 'Mean time of a write',
      text: expect.stringMatching(/^[\d.]+ ms, at most 1 ms wanted\. Use a faster/) as string,
      where: 'ensemble.writeGoalMs',
    },
  ]);
  const goals = bars.find(({ id }) => id === 'goals');
  expect(goals?.bars[0]).toMatchObject({ label: 'Mean time of a write', state: 'over' });
});

test('tells what the application has to do for a hot key', () => {
  const hot = sampleText('cache').replace('"hottestKeyShare": 0,', '"hottestKeyShare": 0.5,');
  expect(planned(hot).notes.join()).toContain('keep the hottest key on 12 servers');
});

test('draws throughput over powers of ten, with the planned load in sight or named below', () => {
  const chart = planned(sampleText('cache')).curves.find(({ id }) => id === 'throughput')?.chart;
  if (!chart) throw new Error('no chart');
  expect(chart.isLog).toBe(true);
  const lowest = Math.min(...chart.curves.flatMap(({ points }) => points.map(([, y]) => y)));
  expect(bottomOf(chart)).toBeCloseTo(0.3 * lowest, 6);
  expect(bottomOf({ ...chart, planned: [1, lowest / 2] })).toBeCloseTo(0.45 * lowest, 6);
  expect(logTicks(9000, 500_000)).toEqual([1e4, 2e4, 5e4, 1e5, 2e5, 5e5]);
  expect(logTicks(400, 500_000)).toEqual([1e3, 1e4, 1e5]);
  expect(apart([200, 198, 150], 12)).toEqual([200, 188, 150]);
});

test('explains modulo placement where a plan uses it, with its own numbers', () => {
  const modulo = sampleText('cache').replace('"twemproxy-ketama"', '"twemproxy-modula"');
  const ids = planned(modulo).mistakes.map(({ wrong }) => wrong);
  expect(ids).toContain('server = hash(key) mod P + 1');
  expect(planned(sampleText('cache')).mistakes.map(({ wrong }) => wrong)).toEqual(['λ = μ/ρ']);
});

test('every model has a page, and other names have none', () => {
  for (const file of modelFiles()) expect(existsSync(join(DOCS, file)), file).toBe(true);
  expect(modelPage('mva')).toEqual({ file: 'queueing.md', anchor: 'mva' });
  for (const id of ['../../package.json', 'toString', '']) expect(modelPage(id)).toBeUndefined();
  expect(modelOf('mmc')).toEqual({
    title: 'One queue, exponential service',
    assumes: expect.stringMatching(/^Poisson arrivals/) as string,
    accuracy: expect.stringMatching(/^Exact/) as string,
  });
  expect(modelOf('group-commit')?.assumes).toMatch(/^Poisson arrivals, batches below maxBatchSize/);
});
