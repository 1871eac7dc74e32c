import type { Field, Fields } from './fields';
import { PLAN_FIELD } from './inputFields';
import { SCENARIOS } from './scenarioFields';

/** The way to a value of a document: `['pool', 'instanceTypes', 0, 'slots']`. */
export type FieldPath = readonly (string | number)[];
export type ScenarioKind = keyof typeof SCENARIOS;

/** `pool.instanceTypes[0].slots`, as problems name it. */
export function pathText(path: FieldPath): string {
  return path.reduce<string>(
    (text, one) =>
      typeof one === 'number' ? `${text}[${one}]` : text === '' ? one : `${text}.${one}`,
    '',
  );
}

/** Reads what `pathText` writes. */
export function parsePath(text: string): FieldPath {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name = '']) =>
    index === undefined ? name : Number(index),
  );
}

/** What describes the value at a path, for a document of this scenario. */
export function fieldAt(path: FieldPath, kind: ScenarioKind | undefined): Field | undefined {
  return path.reduce<Field | undefined>(
    (field, step) => field && below(field, step, kind),
    PLAN_FIELD,
  );
}

function below(
  field: Field,
  step: string | number,
  kind: ScenarioKind | undefined,
): Field | undefined {
  switch (field.kind) {
    case 'group':
      return ownField(field.fields, step);
    case 'variant':
      return kind && ownField(field.variants[kind] ?? {}, step);
    case 'list':
      return typeof step === 'number' ? field.item : undefined;
    default:
      return undefined;
  }
}

const ownField = (fields: Fields, name: string | number): Field | undefined =>
  typeof name === 'string' && Object.hasOwn(fields, name) ? fields[name] : undefined;

/** An input that is answered by itself. */
export interface Leaf {
  readonly path: FieldPath;
  readonly field: Field;
}

/** All inputs of a document of this scenario in their order; lists count as one. */
export function leavesOf(kind: ScenarioKind | undefined): Leaf[] {
  return leavesBelow(PLAN_FIELD, [], kind);
}

/** The inputs of one field, of a group all that are in it. */
export function leavesBelow(field: Field, path: FieldPath, kind: ScenarioKind | undefined): Leaf[] {
  const fields =
    field.kind === 'group'
      ? field.fields
      : field.kind === 'variant'
        ? kind && field.variants[kind]
        : undefined;
  if (fields) {
    return Object.entries(fields).flatMap(([name, one]) => leavesBelow(one, [...path, name], kind));
  }
  return field.kind === 'variant' ? [] : [{ path, field }];
}

/** The value at a path; undefined when there is none. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, step)
        ? (inside as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

/** The same with another value at a path; objects and lists on the way are made as needed. */
export function withValueAt(value: unknown, path: FieldPath, changed: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return changed;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    list[step] = withValueAt(list[step], rest, changed);
    return list;
  }
  const inside = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const own = valueAt(inside, [step]);
  return { ...inside, [step]: withValueAt(own, rest, changed) };
}

/** The scenario of a document that is parsed, but perhaps no plan. */
export function scenarioIn(root: unknown): ScenarioKind | undefined {
  const kind = valueAt(root, ['scenario', 'kind']);
  return typeof kind === 'string' && Object.hasOwn(SCENARIOS, kind)
    ? (kind as ScenarioKind)
    : undefined;
}

/** The names that may stand in a group. */
export function namesIn(field: Field, kind: ScenarioKind | undefined): string[] {
  if (field.kind === 'group') return Object.keys(field.fields);
  return field.kind === 'variant' && kind ? Object.keys(field.variants[kind] ?? {}) : [];
}

/** `getsPerSecond` as people read it: `Gets per second`. */
export function readableName(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
