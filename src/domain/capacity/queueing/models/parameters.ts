import type { Problem } from '../../../placement/types';
import { problem } from '../../result';
import type { Key, Model, Values } from './model';

/** Longer inputs are refused before they are read. */
const MAX_TEXT = 200_000;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

type Read = ReadonlyMap<string, readonly (readonly number[])[]>;

/** Reads `key → text` for a model: every number must parse and lie within its key's range. */
export function readValues(
  model: Model,
  texts: Readonly<Record<string, string>>,
): Values | Problem[] {
  const problems = Object.keys(texts)
    .filter((name) => !model.keys.some((key) => key.name === name))
    .map((name) => unknownKey(model, name));
  const read = new Map<string, readonly (readonly number[])[]>();
  for (const key of model.keys) {
    const text = Object.hasOwn(texts, key.name) ? texts[key.name] : undefined;
    if (text !== undefined) {
      const value = readKey(key, text);
      if (typeof value === 'string') problems.push(problem('badValue', key.name, value));
      else read.set(key.name, value);
    } else if (key.default !== undefined) read.set(key.name, [[key.default]]);
    else if (key.optional !== true) {
      const message = `${key.name} is missing: ${key.help}. Add ${key.name}=….`;
      problems.push(problem('missing', key.name, message));
    }
  }
  return problems.length > 0 ? problems : valuesOf(read);
}

function valuesOf(read: Read): Values {
  const optional = (name: string): number | undefined => read.get(name)?.[0]?.[0];
  return {
    optional,
    number: (name) => optional(name) ?? NaN,
    list: (name) => read.get(name)?.[0] ?? [],
    rows: (name) => read.get(name) ?? [],
    has: (name) => read.has(name),
  };
}

/** The numbers, or what is wrong with the text. */
function readKey(key: Key, text: string): number[][] | string {
  if (text.length > MAX_TEXT)
    return `${key.name} is too long; give ${MAX_TEXT} characters at most.`;
  const rows = key.shape === 'rows' ? text.split('/') : [text];
  const cells = rows.map((row) => (key.shape === 'number' ? [row] : row.split(',')));
  for (const cell of cells.flat()) {
    const value = NUMBER.test(cell.trim()) ? Number(cell) : NaN;
    const isFit = value >= key.minimum && value <= key.maximum;
    if (!isFit || (key.whole === true && !Number.isInteger(value))) {
      return `${key.name} has "${cell.trim().slice(0, 40)}"; give ${rangeOf(key)}.`;
    }
  }
  return cells.map((row) => row.map(Number));
}

function rangeOf({ whole, minimum, maximum, shape }: Key): string {
  const one = whole === true ? 'a whole number' : 'a number';
  const range = minimum === Number.MIN_VALUE ? 'above 0' : `from ${minimum} to ${maximum}`;
  const shapes = { number: '', list: ', several divided by commas', rows: ', rows divided by /' };
  return `${one} ${range}${shapes[shape]}`;
}

function unknownKey(model: Model, name: string): Problem {
  const known = model.keys.map((key) => key.name).join(', ');
  return problem(
    'unknownKey',
    name.slice(0, 40),
    `${model.name} has no key ${name.slice(0, 40)}; it takes ${known}.`,
  );
}
