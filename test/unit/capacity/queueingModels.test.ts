import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fitUsl } from '../../../src/domain/capacity/queueing/usl';
import { exactClosed, schweitzerClosed } from '../../../src/domain/capacity/queueing/mva';
import { MISCONCEPTIONS } from '../../../src/domain/capacity/queueing/misconceptions';
import { MODELS, runModel } from '../../../src/domain/capacity/queueing/models';
import { multiServer } from '../../../src/domain/capacity/queueing/multiServer';
import { isProblems, type Result } from '../../../src/domain/capacity/result';
import { CISCO } from './queueingCisco';
import { failed, solved } from './queueingSupport';

const texts = (line: string): Record<string, string> =>
  Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
const results = (line: string): Result[] => {
  const [name = '', ...pairs] = line.split(' ');
  return solved(runModel(name, texts(pairs.join(' '))));
};
const value = (line: string, name: string): number =>
  results(line).find((result) => result.name === name)?.value ?? NaN;
const problemAt = (line: string): string => {
  const [name = '', ...pairs] = line.split(' ');
  return failed(runModel(name, texts(pairs.join(' '))))
    .map(({ code, where }) => `${code} ${where}`)
    .join(', ');
};

/** One line that works for each model. */
const EXAMPLES = [
  'mm1 lambda=95 mu=100',
  'mmc lambda=8 mu=1 c=10',
  'erlangb c=10 A=4.461',
  'erlangc c=10 A=5',
  'mmck lambda=8 mu=1 c=10 K=20',
  'mg1 lambda=8 S=0.1 cs2=4',
  'md1 lambda=0.8 S=1',
  'priority lambda=2,4 S=0.1,0.1',
  'mgc lambda=8 mu=1 c=10 cs2=0.5',
  'ggc lambda=8 mu=1 c=10 ca2=0.25 cs2=0.25 seed=3',
  'supermarket rho=0.9 mu=1 d=2 c=29',
  'mva N=50 Z=1 D=0.01,0.03,0.08 m=1,2,4',
  'jackson lambda=0.15,0,0 mu=1,0.5,0.666666 P=0,0.3,0.5/1,0,0/1,0,0',
  `usl N=${CISCO.map(({ x }) => x).join(',')} X=${CISCO.map(({ y }) => y).join(',')} at=20`,
  'che n=10000 C=100 s=0.8',
  'zipf n=1000000 s=1 top=100',
  'drain lambda=100 mu=30 c=4 outage=60',
];

describe('models by name', () => {
  it('have an example each', () => {
    expect(EXAMPLES.map((line) => line.split(' ')[0]).toSorted()).toEqual(
      [...MODELS.keys()].toSorted(),
    );
  });

  it.each(EXAMPLES)('%s gives finite values under distinct names', (line) => {
    const all = results(line);
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const result of all) {
      expect(Number.isFinite(result.value), result.name).toBe(true);
      expect(result.model).toBe(line.split(' ')[0]);
      if (result.accuracy.kind === 'simulation') {
        expect(result.accuracy.low).toBeLessThanOrEqual(result.value);
        expect(result.accuracy.high).toBeGreaterThanOrEqual(result.value);
      }
    }
  });

  it('give what the functions behind them give', () => {
    expect(value('mmc lambda=8 mu=1 c=10', 'response.p99')).toBeCloseTo(4.946111327611454, 9);
    expect(value('mmck lambda=8 mu=10 c=1 K=5', 'lossProbability')).toBeCloseTo(
      0.0888194986556,
      12,
    );
    expect(value('mva N=3 D=0.605,2.1,1.35', 'throughput')).toBeCloseTo(0.404632500417, 11);
    expect(value('drain lambda=100 mu=30 c=4 outage=60', 'time')).toBeCloseTo(300, 9);
    expect(value('zipf n=3 s=1 top=2', 'share')).toBeCloseTo(9 / 11, 12);
    expect(value(EXAMPLES[13] ?? '', 'peak')).toBeCloseTo(35.57, 1);
  });

  it('have a section in the docs each', () => {
    for (const { page } of MODELS.values()) {
      const [file = '', section = ''] = page.split('#');
      const text = readFileSync(new URL(`../../../media/docs/${file}`, import.meta.url), 'utf8');
      expect(text).toContain(`<a id="${section}"></a>`);
    }
  });

  it('say where an input is wrong and what fits', () => {
    expect(problemAt('mmc lambda=8 mu=1')).toBe('missing c');
    expect(problemAt('mmc lambda=eight mu=1 c=2.5')).toBe('badValue lambda, badValue c');
    expect(problemAt('mmc lambda=0x10 mu=1 c=20')).toBe('badValue lambda');
    expect(problemAt('mmc lambda=1 mu=1 c=2 colour=3')).toBe('unknownKey colour');
    expect(problemAt('mm2 lambda=1')).toBe('unknownModel model');
    expect(problemAt('mmck lambda=8 mu=1 c=10 K=5')).toBe('outOfRange K');
    expect(problemAt('mm1 lambda=125 mu=100')).toBe('unstable lambda');
    expect(problemAt('erlangc c=10 A=10')).toBe('unstable A');
    expect(problemAt('supermarket rho=1 mu=1')).toBe('unstable rho');
    expect(problemAt('jackson lambda=1,0 mu=9,9 P=0,1/1,0')).toBe('noExit P[0]');
    expect(problemAt('jackson lambda=1,0 mu=9,9 P=0,1')).toContain('outOfRange P');
    expect(problemAt('jackson lambda=1,8 mu=9,5 P=0,1/0,0')).toBe('unstable lambda[1]');
    expect(problemAt('mva N=10 D=0,0')).toBe('outOfRange D');
    expect(problemAt('mva N=10 D=1,2 m=1')).toBe('badLength m');
    expect(problemAt('mva N=1000000 D=1,2 m=1000,1000')).toBe('tooLarge N');
    expect(problemAt('mva N=10 D=1,2 m=1,2 approximate=1')).toBe('singleServersOnly D');
    expect(problemAt('priority lambda=2,4 S=0.1')).toBe('badLength S');
    expect(problemAt('priority lambda=6,4 S=0.1,0.1')).toBe('unstable lambda');
    expect(problemAt('usl N=1,2,2 X=5,8,8')).toBe('tooFewPoints N');
    const [unstable] = failed(runModel('mm1', { lambda: '125', mu: '100' }));
    expect(unstable?.message).toContain('below c·μ = 100/s');
    expect(unstable?.message).toContain('at least 2 servers');
  });

  it('never hang, throw or give NaN, whatever they get', () => {
    const texts = fc.oneof(
      fc.double().map(String),
      fc.integer({ min: -2, max: 30 }).map(String),
      fc.constantFrom('', '1e15', '1e-300', '-1', 'NaN', '1,2,3', '0,0.5/0.5,0', '__proto__'),
      fc.string(),
    );
    const models = [...MODELS.values()].filter(({ name }) => name !== 'ggc'); // simulates each time
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.array(texts, { minLength: 6, maxLength: 6 }),
        (model, words) => {
          const given = Object.fromEntries(model.keys.map((key, i) => [key.name, words[i] ?? '']));
          const outcome = runModel(model.name, given);
          if (isProblems(outcome)) return;
          for (const result of outcome) expect(Number.isNaN(result.value), result.name).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('problems are values', () => {
  it('of inputs that no function can use', () => {
    expect(failed(multiServer({ lambda: -1, mu: NaN, servers: 0 }))).toHaveLength(3);
    expect(failed(fitUsl([]))[0]?.where).toBe('points');
    const network = { customers: 2.5, think: 0, resources: [{ demand: 1 }] };
    expect(failed(exactClosed(network))[0]?.where).toBe('customers');
    expect(failed(schweitzerClosed(network))[0]?.where).toBe('customers');
    expect(isProblems([])).toBe(false);
    expect(isProblems([1, 2])).toBe(false);
  });
});

describe('formulas in circulation that are wrong', () => {
  it('differ from the right ones where they are shown', () => {
    const [modulo, rate] = MISCONCEPTIONS;
    expect(modulo?.example.wrong).toBeCloseTo(5 / 6, 12);
    expect(modulo?.example.right).toBeCloseTo(1 / 6, 12);
    expect(rate?.example).toMatchObject({ wrong: 125, right: 80 });
    // What the wrong one gives is no queue at all.
    const queue = (lambda: number) => multiServer({ lambda, mu: 100, servers: 1 });
    expect(isProblems(queue(rate?.example.wrong ?? 0))).toBe(true);
    expect(solved(queue(rate?.example.right ?? 0)).utilisation).toBeCloseTo(0.8, 12);
  });

  it('count moved keys as placing them does', () => {
    const moved = Array.from({ length: 30_000 }, (_, key) => key).filter(
      (key) => key % 5 !== key % 6,
    );
    expect(moved.length / 30_000).toBeCloseTo(MISCONCEPTIONS[0]?.example.wrong ?? 0, 12);
  });
});
