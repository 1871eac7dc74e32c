import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENSEMBLE_MODELS } from '../../../src/domain/capacity/ensemble/models';
import { MODELS } from '../../../src/domain/capacity/queueing/models';
import type { Key, Model } from '../../../src/domain/capacity/queueing/models/model';
import { readValues } from '../../../src/domain/capacity/queueing/models/parameters';
import { isProblems, type Result } from '../../../src/domain/capacity/result';
import { solved } from './ensembleSupport';

const models = [...ENSEMBLE_MODELS.values()];

function run(name: string, texts: Record<string, string>) {
  const model = ENSEMBLE_MODELS.get(name);
  if (!model) throw new Error(`no model ${name}`);
  const values = readValues(model, texts);
  return isProblems(values) ? values : model.compute(values);
}

const value = (results: Result[], name: string): number =>
  results.find((one) => one.name === name)?.value ?? NaN;

/** Texts within a key's range, its ends included. */
function textOf(key: Key): fc.Arbitrary<string> {
  const { minimum, maximum, whole } = key;
  const inside = whole
    ? fc.integer({ min: Math.ceil(minimum), max: Math.min(maximum, 2 ** 31 - 1) })
    : fc.double({ min: minimum, max: maximum, noNaN: true });
  const one = fc.oneof(inside, fc.constantFrom(minimum, maximum)).map(String);
  return key.shape === 'number'
    ? one
    : fc.array(one, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(','));
}

const textsOf = (model: Model): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(model.keys.map((key) => [key.name, textOf(key)])));

describe('models of an ensemble', () => {
  test('have names of their own and a page each', () => {
    expect(models.length).toBeGreaterThanOrEqual(14);
    for (const { name, page } of models) {
      expect(MODELS.has(name), name).toBe(false);
      expect(existsSync(join(import.meta.dirname, '../../../media/docs', page)), page).toBe(true);
    }
  });

  test.each(models)('$name answers or explains, whatever it is asked', (model) => {
    const runs = ['quorum', 'flush-delay'].includes(model.name) ? 3 : 100;
    fc.assert(
      fc.property(textsOf(model), (texts) => {
        const outcome = run(model.name, texts);
        expect(outcome.length).toBeGreaterThan(0);
        if (isProblems(outcome)) {
          for (const { message } of outcome) expect(message.length).toBeGreaterThan(20);
        } else {
          for (const { name, value, model: id } of outcome) {
            expect(id).toBe(model.name);
            expect(value, name).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test.each([
    ['group-commit', { writes: '5000' }, 'batch', 5.563042163332317],
    ['flush-delay', { writes: '2000', flushDelay: '0' }, 'batch', 2.2119978764820387],
    ['quorum', { writes: '200', roundTrips: '0.0005,0.0005' }, 'commit', 0.00161997],
    [
      'throughput',
      { voters: '3', readShare: '0', hardware: '2010', leaderServes: '0' },
      'writes',
      21113.02,
    ],
    ['throughput', { voters: '3', readShare: '0.5' }, 'writes', 20000],
    ['throughput', { voters: '5', readShare: '1', readsPerServer: '1000' }, 'mixed', 5000],
    ['throughput', { voters: '5', readShare: '0', writesMeasured: '7000' }, 'mixed', 7000],
    ['closed-loop', { voters: '3', workers: '1' }, 'creates', 775],
    ['snapshots', { voters: '3', writes: '1000', snapshotTime: '20' }, 'slowQuorum', 0.1754],
    [
      'availability',
      { layout: '2,2,1', serverDown: '0.001', zoneDown: '0.0005' },
      'unavailability',
      3.7567e-6,
    ],
    [
      'layout',
      { zones: '3', serverDown: '0.001', zoneDown: '0.0005', outageAYear: '120' },
      'voters',
      5,
    ],
    [
      'hierarchy',
      { groups: '1,1,1/1,1,1/1,1,1', serverDown: '0.001', zoneDown: '0.0005' },
      'unavailability',
      7.59e-7,
    ],
    ['repair', { voters: '3', mtbf: '1000', mttr: '4' }, 'meanTimeToLoss', 42_500],
    ['elections', { mtbf: '1000', election: '0' }, 'outageAYear', 87.66],
    ['heap', { znodes: '1', path: '12', name: '9', data: '0', parents: '0' }, 'znodes', 339.2],
    ['disk', { writes: '1000', znodes: '0' }, 'logsADay', 154.6e9],
    ['network', { voters: '5', writes: '1000' }, 'leaderOut', 4_848_000],
    ['limits', { voters: '3', name: '9' }, 'children.limit', 80_652],
    ['timeouts', { session: '10' }, 'syncLimit', 5],
  ] as const)('%s of %j: %s', (name, texts, result, expected) => {
    const actual = value(solved(run(name, texts)), result);
    expect(Math.abs(actual / expected - 1)).toBeLessThan(2e-3);
  });

  test.each([
    ['group-commit', { writes: '60000' }, 'unstable'],
    ['flush-delay', { writes: '60000' }, 'unstable'],
    ['quorum', { writes: '200', roundTrips: '0.001', utilisation: '1.2' }, 'saturated'],
    ['throughput', { voters: '4.5', readShare: '0' }, 'badValue'],
    ['availability', { layout: '9,9', serverDown: '0.1' }, 'outOfRange'],
    ['availability', { layout: '0', serverDown: '0.1' }, 'outOfRange'],
    ['layout', { zones: '2', serverDown: '0.1' }, 'tooFewZones'],
    ['timeouts', { session: '1' }, 'sessionTooShort'],
    ['heap', { znodes: '100000000' }, 'heapTooLarge'],
    ['hierarchy', { groups: '0,0', serverDown: '0.1' }, 'outOfRange'],
  ] as const)('%s of %j fails as %s', (name, texts, code) => {
    expect(run(name, texts)).toMatchObject([{ code }]);
  });

  test('says every input that is missing', () => {
    expect(run('repair', {})).toMatchObject([
      { code: 'missing', where: 'voters' },
      { code: 'missing', where: 'mtbf' },
      { code: 'missing', where: 'mttr' },
    ]);
  });
});
