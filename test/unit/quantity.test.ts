import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../src/domain/capacity/plan/document';
import { isProblems } from '../../src/domain/capacity/result';
import { measureOf } from '../../src/domain/capacity/plan/measures';
import { leavesBelow } from '../../src/domain/capacity/plan/paths';
import { PLAN_FIELD } from '../../src/domain/capacity/plan/inputFields';
import { SCENARIOS } from '../../src/domain/capacity/plan/scenarioFields';
import * as quantity from '../../src/domain/quantity';

const { formatQuantity, parseQuantity } = quantity;
const MEASURES = Object.entries(quantity).flatMap(([name, value]) =>
  typeof value === 'object' ? [[name, value] as const] : [],
);

describe('quantities', () => {
  it.each([
    ['20k/s', 'PER_SECOND', 20_000],
    ['20000', 'PER_SECOND', 20_000],
    ['20,000 /s', 'PER_SECOND', 20_000],
    ['1.2M ops/s', 'PER_SECOND', 1_200_000],
    ['30/min', 'PER_SECOND', 0.5],
    ['5 ms', 'MILLISECONDS', 5],
    ['1.5 s', 'MILLISECONDS', 1500],
    ['200us', 'MILLISECONDS', 0.2],
    ['1 min', 'SECONDS', 60],
    ['3 d', 'HOURS', 72],
    ['2 years', 'MONTHS', 24],
    ['1.5 GB', 'BYTES', 1.5e9],
    ['1.5 gb', 'BYTES', 1.5e9],
    ['512MiB', 'BYTES', 2 ** 29],
    ['10 Gbit/s', 'BYTES_PER_SECOND', 1.25e9],
    ['10 gbit/s', 'BYTES_PER_SECOND', 1.25e9],
    ['10 Gb/s', 'BYTES_PER_SECOND', 1.25e9],
    ['10 Gbps', 'BYTES_PER_SECOND', 1.25e9],
    ['10 GBps', 'BYTES_PER_SECOND', 1e10],
    ['10 GB/s', 'BYTES_PER_SECOND', 1e10],
    ['10 gb/s', 'BYTES_PER_SECOND', undefined],
    ['100 mbps', 'BYTES_PER_SECOND', undefined],
    ['8 Kib/s', 'BYTES_PER_SECOND', 1024],
    ['8 KiB/s', 'BYTES_PER_SECOND', 8192],
    ['8 kib/s', 'BYTES_PER_SECOND', undefined],
    ['99.9 %', 'SHARE', 0.999],
    ['60', 'SHARE', 0.6],
    ['150', 'SHARE', 1.5],
    ['0.9', 'SHARE', undefined],
    ['1', 'SHARE', undefined],
    ['0', 'SHARE', 0],
    ['0.5 %', 'SHARE', 0.005],
    ['64', 'BYTES', undefined],
    ['0', 'BYTES', 0],
    ['125', 'BYTES_PER_SECOND', undefined],
    ['5', 'MILLISECONDS', undefined],
    ['7', 'HOURS', undefined],
    ['12', 'MONTHS', undefined],
    ['10', 'MINUTES_PER_YEAR', undefined],
    ['2', 'PER_HOUR', 2],
    ['2 h/year', 'MINUTES_PER_YEAR', 120],
    ['1e6', 'COUNT', 1e6],
    ['40M', 'COUNT', 40e6],
    ['$', 'DOLLARS', undefined],
    ['110 USD', 'DOLLARS', 110],
    ['5 ms', 'BYTES', undefined],
    ['5 m', 'MILLISECONDS', undefined],
    ['1,5 s', 'SECONDS', undefined],
    ['k', 'COUNT', undefined],
    ['', 'COUNT', undefined],
    ['5 constructor', 'COUNT', undefined],
    ['Infinity', 'COUNT', undefined],
    ['1e999', 'COUNT', undefined],
  ] as const)('%j as %s is %s', (text, measure, value) => {
    expect(parseQuantity(text, quantity[measure])).toBe(value);
  });

  it.each([
    [8 * 2 ** 30, 'BYTES', '8 GiB'],
    [1e9, 'BYTES', '1 GB'],
    [1_048_575, 'BYTES', '1048575 B'],
    [125_000_000, 'BYTES_PER_SECOND', '125 MB/s'],
    [120_000, 'PER_SECOND', '120k/s'],
    [200, 'MILLISECONDS', '200 ms'],
    [10_000, 'MILLISECONDS', '10 s'],
    [0.0001, 'SHARE', '0.01 %'],
    [0.9, 'SHARE', '90 %'],
    [0.123456789, 'SHARE', '0.123456789 of 1'],
    [0.5, 'PER_SECOND', '0.5/s'],
    [0.0166666666666667, 'PER_SECOND', '1/min'],
    [12, 'MONTHS', '1 year'],
    [24, 'MONTHS', '2 years'],
    [72, 'HOURS', '3 d'],
    [65_536, 'COUNT', '65536'],
    [0, 'PER_SECOND', '0/s'],
  ] as const)('%s of %s is written %j', (value, measure, text) => {
    expect(formatQuantity(value, quantity[measure])).toBe(text);
  });

  it.each(MEASURES)('reads what it writes, to the last bit: %s', (_, measure) => {
    const numbers = fc.oneof(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.nat(),
      fc.nat(100_000).map((n) => n / 1000),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        expect(parseQuantity(formatQuantity(value, measure), measure)).toBe(value);
      }),
    );
  });

  it.each(MEASURES)('understands its own examples, any unit and any blanks: %s', (_, measure) => {
    for (const example of measure.examples) {
      expect(parseQuantity(example, measure), example).toBeTypeOf('number');
    }
    fc.assert(
      fc.property(fc.nat(9999), fc.constantFrom(...measure.units), (n, [unit, factor]) => {
        const value = parseQuantity(` ${n}  ${unit} `, measure);
        expect(value).toBeCloseTo(n * factor, 9);
      }),
    );
  });

  it.each([
    ['10 gb/s', 'BYTES_PER_SECOND', ['10 GB/s', '10 Gb/s']],
    ['1.5MBPS', 'BYTES_PER_SECOND', ['1.5 Mbps', '1.5 MBps']],
    ['8 Kb/s', 'BYTES_PER_SECOND', ['8 kB/s', '8 kb/s']],
    ['10 Gb/s', 'BYTES_PER_SECOND', []],
    ['10 parsecs', 'BYTES_PER_SECOND', []],
    ['10', 'BYTES_PER_SECOND', []],
    ['1.5 gb', 'BYTES', []],
  ] as const)('%j as %s may mean %j', (text, measure, meanings) => {
    expect(quantity.readings(text, quantity[measure])).toEqual(meanings);
  });

  it('never throws and never gives what is no number', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...MEASURES), (text, [, measure]) => {
        const value = parseQuantity(text, measure);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

const kinds = [undefined, ...Object.keys(SCENARIOS)] as (keyof typeof SCENARIOS | undefined)[];
const numbers = kinds
  .flatMap((kind) => leavesBelow(PLAN_FIELD, [], kind))
  .flatMap(({ path, field }) => (field.kind === 'number' ? [{ path, field }] : []));

it('every number of a plan is written in a unit that its name ends with, and its default fits', () => {
  const withoutUnit = new Set<string>();
  for (const { path, field } of numbers) {
    const name = String(path.at(-1));
    const measure = measureOf(name, field);
    if (measure === quantity.COUNT) withoutUnit.add(name);
    const value = field.default ?? field.minimum;
    expect(parseQuantity(formatQuantity(value, measure), measure)).toBe(value);
  }
  expect(numbers.length).toBeGreaterThan(100);
  const ending = /(Bytes|Ms|Seconds|Hours|Months|Per[A-Z]\w+|Share|Ratio|Goal|percentile)$/;
  const counts = ['clientsPerAddress', 'shardsPerServer'];
  expect([...withoutUnit].filter((name) => ending.test(name))).toEqual(counts);
});

it('what a plan says to a slip of the unit is the range, as people write it', () => {
  const scenario = { kind: 'database', readsPerSecond: 10, datasetBytes: 20 };
  const pool = { utilisationGoal: 60, instanceTypes: [{ memoryBytes: 64 }] };
  const problems = readPlan({ version: 1, scenario, pool, otherLoad: { sessions: -1 } });
  expect(isProblems(problems) && problems.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      'scenario.datasetBytes is 20; give a number of at least 1000000 (1 MB).',
      'pool.utilisationGoal is 60; give a number from 0.01 (1 %) to 0.99 (99 %).',
      'pool.instanceTypes[0].memoryBytes is 64; give a number of at least 16777216 (16 MiB).',
      'otherLoad.sessions is -1; give a whole number from 0 to 10000000 (10M).',
    ]),
  );
});

it('what is usual for a number is in its range, and a slip of the unit is not', () => {
  for (const { path, field } of numbers) {
    const name = String(path.at(-1));
    const { minimum, maximum, default: initial, typical } = field;
    const [low, high] = typical ?? [initial ?? minimum, initial ?? maximum];
    expect([minimum, low, high, maximum], name).toEqual(
      [minimum, low, high, maximum].sort((a, b) => a - b),
    );
    // 64 in place of 64 GB: the file says bytes, whatever was meant.
    if (/Bytes(PerSecond)?$/.test(name) && low >= 1e6) expect(minimum, name).toBeGreaterThan(1000);
  }
});
