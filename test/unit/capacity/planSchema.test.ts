import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../src/domain/capacity/plan/document';
import { planSchema } from '../../../src/domain/capacity/plan/planSchema';
import { isProblems } from '../../../src/domain/capacity/result';
import { SAMPLES, sampleText } from './planSupport';

const file = join(import.meta.dirname, '../../../media/zkplan.schema.json');
type Schema = Record<string, unknown>;
const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;

/** As much of draft-07 as the schema uses; an unknown keyword fails the test. */
const ANNOTATIONS = [
  ...['$schema', '$id', 'title', 'description', 'default', 'examples'],
  'defaultSnippets', // of VS Code
];

function isValid(rules: Schema, value: unknown): boolean {
  return Object.entries(rules).every(([keyword, rule]) => {
    if (ANNOTATIONS.includes(keyword)) return true;
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`keyword ${keyword}`);
    return check(rule as never, value, rules);
  });
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
};

const KEYWORDS: Record<string, (rule: never, value: unknown, rules: Schema) => boolean> = {
  type: (rule: string | string[], value) => [rule].flat().some((name) => TYPES[name]?.(value)),
  const: (rule, value) => rule === value,
  enum: (rule: unknown[], value) => rule.includes(value),
  minimum: (rule: number, value) => typeof value !== 'number' || value >= rule,
  maximum: (rule: number, value) => typeof value !== 'number' || value <= rule,
  maxLength: (rule: number, value) => typeof value !== 'string' || value.length <= rule,
  minItems: (rule: number, value) => !Array.isArray(value) || value.length >= rule,
  maxItems: (rule: number, value) => !Array.isArray(value) || value.length <= rule,
  maxProperties: (rule: number, value) => !isObject(value) || Object.keys(value).length <= rule,
  items: (rule: Schema, value) => !Array.isArray(value) || value.every((one) => isValid(rule, one)),
  required: (rule: string[], value) =>
    !isObject(value) || rule.every((name) => Object.hasOwn(value, name)),
  properties: (rule: Record<string, Schema>, value) =>
    !isObject(value) ||
    Object.entries(rule).every(
      ([name, own]) => !Object.hasOwn(value, name) || isValid(own, value[name]),
    ),
  additionalProperties: (rule: Schema | false, value, { properties = {} }) =>
    !isObject(value) ||
    Object.keys(value)
      .filter((name) => !Object.hasOwn(properties as object, name))
      .every((name) => rule !== false && isValid(rule, value[name])),
  oneOf: (rule: Schema[], value) => rule.filter((one) => isValid(one, value)).length === 1,
};

/** Every place in a document, as a path of names and indexes. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    places(one, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [path, ...inner];
}

function changed(document: unknown, path: (string | number)[], to: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return to;
  const copy = structuredClone(document) as Record<string | number, unknown>;
  const inner = changed(copy[first], rest, to);
  if (inner === undefined) Reflect.deleteProperty(copy, first);
  else copy[first] = inner;
  return copy;
}

describe('schema of plans', () => {
  test('the file is the one that the parser’s fields describe', () => {
    expect(schema).toEqual(planSchema());
  });

  test.each(SAMPLES)('the sample of a %s fits schema and parser', (name) => {
    const document: unknown = JSON.parse(sampleText(name));
    expect(isValid(schema, document)).toBe(true);
    expect(isProblems(readPlan(document))).toBe(false);
  });

  test('schema and parser agree about documents with one thing changed', () => {
    const documents = SAMPLES.map((name) => {
      const inputs = JSON.parse(sampleText(name)) as Schema;
      delete inputs['plan'];
      return inputs;
    });
    const values = [undefined, null, -1, 0, 0.5, 1, 2, 3.5, 1e12, 1e300, '', 'cache', true, [], {}];
    const cases = documents.flatMap((document) =>
      places(document).map((path) => ({ document, path })),
    );
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.constantFrom(...values),
        ({ document, path }, to) => {
          if (path.length === 0) return;
          const other = changed(document, path, to);
          const isRead = !isProblems(readPlan(other));
          if (!isRead) refused++;
          expect([JSON.stringify(to), path.join('.'), isRead]).toEqual([
            JSON.stringify(to),
            path.join('.'),
            isValid(schema, other),
          ]);
        },
      ),
      { numRuns: 2000, seed: 7 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  test('unknown fields are refused by both', () => {
    const document = JSON.parse(sampleText('cache')) as Schema;
    const other = { ...document, pool: { ...(document['pool'] as object), zoned: 3 } };
    expect(isValid(schema, other)).toBe(false);
    expect(readPlan(other)).toMatchObject([
      {
        code: 'unknownField',
        where: 'pool.zoned',
        message: expect.stringContaining('zones') as unknown,
      },
    ]);
  });

  test('every number says its range and what it means', () => {
    const numbers: Schema[] = [];
    const visit = (value: unknown): void => {
      if (!isObject(value)) return;
      if (value['type'] === 'number' || value['type'] === 'integer') numbers.push(value);
      Object.values(value).flat().forEach(visit);
    };
    visit(schema);
    expect(numbers.length).toBeGreaterThan(100);
    for (const one of numbers) {
      expect(typeof one['minimum'], String(one['description'])).toBe('number');
      expect(String(one['description']).length).toBeGreaterThan(1);
    }
  });
});
