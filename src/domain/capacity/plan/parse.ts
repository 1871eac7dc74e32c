import type { Problem } from '../../placement/types';
import { problem } from '../result';
import { formatQuantity } from '../../quantity';
import { type Field, type Fields, HUGE, MAX_ENTRIES, MAX_TEXT, type NumberField } from './fields';
import { measureOf } from './measures';

const MAX_PROBLEMS = 20;

/** The value of a document with every default filled in, or what is wrong and where. */
export function readField(field: Field, value: unknown, where = ''): unknown {
  const reader = new Reader();
  const read = reader.read(field, value, where);
  return reader.problems.length > 0 ? reader.problems.slice(0, MAX_PROBLEMS) : read;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Reader {
  readonly problems: Problem[] = [];

  read(field: Field, value: unknown, where: string): unknown {
    switch (field.kind) {
      case 'number':
        return this.number(field, value, where);
      case 'choice': {
        const isKnown = typeof value === 'string' && field.values.includes(value);
        return isKnown ? value : this.wrong(where, value, `one of ${field.values.join(', ')}`);
      }
      case 'flag':
        return typeof value === 'boolean' ? value : this.wrong(where, value, 'true or false');
      case 'text': {
        const fits = typeof value === 'string' && value.length <= MAX_TEXT;
        return fits ? value : this.wrong(where, value, `a text of up to ${MAX_TEXT} characters`);
      }
      case 'options':
        return this.options(value, where);
      case 'list':
        return this.list(field, value, where);
      case 'group':
        if (isObject(value)) return this.group(field.fields, value, where);
        return this.wrong(where, value, 'an object');
      case 'variant':
        return this.variant(field, value, where);
    }
  }

  private number(field: NumberField, value: unknown, where: string): unknown {
    const { whole, minimum, maximum } = field;
    const isFit =
      typeof value === 'number' &&
      value >= minimum &&
      value <= maximum &&
      (!whole || Number.isInteger(value));
    const kind = whole ? 'a whole number' : 'a number';
    return isFit ? value : this.wrong(where, value, `${kind} ${rangeOf(field, where)}`);
  }

  private options(value: unknown, where: string): unknown {
    const isFit =
      isObject(value) &&
      Object.keys(value).length <= MAX_ENTRIES &&
      Object.values(value).every((one) => ['string', 'number', 'boolean'].includes(typeof one));
    return isFit ? value : this.wrong(where, value, 'an object of texts, numbers and flags');
  }

  private list(field: Field & { kind: 'list' }, value: unknown, where: string): unknown {
    const { item, least } = field;
    if (!Array.isArray(value) || value.length < least || value.length > MAX_ENTRIES) {
      return this.wrong(where, value, `a list of ${least} to ${MAX_ENTRIES} entries`);
    }
    return value.map((entry, i) => this.read(item, entry, `${where}[${i}]`));
  }

  private variant(field: Field & { kind: 'variant' }, value: unknown, where: string): unknown {
    const { variants } = field;
    const names = Object.keys(variants).join(', ');
    if (!isObject(value)) return this.wrong(where, value, `an object with a kind: ${names}`);
    const { kind, ...rest } = value;
    const fields =
      typeof kind === 'string' && Object.hasOwn(variants, kind) ? variants[kind] : undefined;
    if (fields === undefined) return this.wrong(inside(where, 'kind'), kind, `one of ${names}`);
    return { kind, ...this.group(fields, rest, where) };
  }

  private group(fields: Fields, value: JsonObject, where: string): object {
    for (const name of Object.keys(value).filter((name) => !Object.hasOwn(fields, name))) {
      const known = nearestName(name, Object.keys(fields)) ?? 'nothing';
      const message = `${clip(name)} is not known here. Did you mean ${known}?`;
      this.problems.push(problem('unknownField', inside(where, clip(name)), message));
    }
    const entries = Object.entries(fields).map(([name, field]) => {
      const at = inside(where, name);
      if (Object.hasOwn(value, name)) return [name, this.read(field, value[name], at)] as const;
      return [name, this.absent(field, at)] as const;
    });
    return Object.fromEntries(entries.filter(([, read]) => read !== undefined));
  }

  private absent(field: Field, where: string): unknown {
    if ('default' in field) return field.default;
    if (field.kind === 'options') return {};
    if (field.kind === 'list' && field.least === 0) return [];
    if (field.kind === 'group') return this.group(field.fields, {}, where);
    if (field.kind === 'variant') return undefined;
    this.problems.push(problem('missing', where, `${where} is missing: ${field.help}`));
    return undefined;
  }

  private wrong(where: string, value: unknown, wanted: string): undefined {
    const what = value === undefined ? 'missing' : clip(shown(value));
    const name = where === '' ? 'The plan' : where;
    this.problems.push(problem('badValue', where, `${name} is ${what}; give ${wanted}.`));
    return undefined;
  }
}

/** `of at least 1000000 (1 MB)`: in the unit of the file, and as people write it. */
function rangeOf(field: NumberField, where: string): string {
  const [, name = ''] = /([^.[]+)(?:\[\d+\])*$/.exec(where) ?? [];
  const measure = measureOf(name, field);
  const shown = (value: number): string => {
    const text = formatQuantity(value, measure);
    return value === 0 || text === String(value) ? String(value) : `${value} (${text})`;
  };
  const { minimum, maximum } = field;
  return maximum >= HUGE
    ? `of at least ${shown(minimum)}`
    : `from ${shown(minimum)} to ${shown(maximum)}`;
}

/** Lists and objects by their kind alone: a hostile one may be deeper than can be written. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : JSON.stringify(value);
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const inside = (where: string, name: string): string => (where === '' ? name : `${where}.${name}`);

/** The known name that shares the most letter pairs with a misspelt one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, i) =>
      text.slice(i, i + 2).toLowerCase(),
    );
  const asked = new Set(pairs(name.slice(0, MAX_TEXT)));
  const scored = known.map((candidate) => {
    const own = pairs(candidate);
    return { candidate, score: own.filter((pair) => asked.has(pair)).length / (own.length + 1) };
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.candidate;
}
