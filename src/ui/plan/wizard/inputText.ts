import type * as vscode from 'vscode';
import type { Field } from '../../../domain/capacity/plan/fields';
import { measureOf } from '../../../domain/capacity/plan/measures';
import { type FieldPath, readableName } from '../../../domain/capacity/plan/paths';
import { formatQuantity } from '../../../domain/quantity';
import { choiceItems } from './choices';
import type { PlanKind } from './scenarios';
import { formatOptions } from './presetOptions';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** Ends of names that say the unit, which the value beside the label says as well. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(BytesPerSecond|PerSecond|PerHour|MinutesPerYear)$/, ''],
  [/Bytes$/, ' size'],
  [/(Ms|Seconds|Hours|Months)$/, ' time'],
];
const ACRONYMS: readonly (readonly [RegExp, string])[] = [
  [/\bmtbf\b/i, 'MTBF'],
  [/\bmttr\b/i, 'MTTR'],
  [/\bgc\b/i, 'GC'],
  [/\bzoo keeper\b/i, 'ZooKeeper'],
  [/\bcnxns\b/i, 'connections'],
];

/** `serverMtbfHours` is `Server MTBF`, `leaseSeconds` is `Lease time`. */
export function labelOf(name: string, field: Field): string {
  const unit = field.kind === 'number' ? UNITS.find(([ending]) => ending.test(name)) : undefined;
  const [ending = '', kind = ''] = unit ?? [];
  const words = readableName(name.replace(ending, ''));
  const isClear = kind === ' time' && words.includes(' ');
  const text = isClear ? words : `${words}${kind}`;
  return ACRONYMS.reduce((label, [acronym, written]) => label.replace(acronym, written), text);
}

/** `Pool › Instance types › 1 › Memory size`; the only load of an ensemble is no other one. */
export function pathLabel(path: FieldPath, field: Field, kind: PlanKind, { t }: L10n): string {
  const last = path.length - 1;
  return path
    .map((step, at) => {
      if (typeof step === 'number') return String(step + 1);
      if (step === 'otherLoad' && kind === 'ensemble') return t('Load');
      return at === last ? labelOf(step, field) : readableName(step);
    })
    .join(' › ');
}

/** A value as people read and type it. */
export function inputText(path: FieldPath, field: Field, value: unknown, { t }: L10n): string {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? formatQuantity(value, measureOf(nameOf(path), field)) : '';
    case 'choice':
      return choiceItems(path, field).find((one) => one.value === value)?.label ?? String(value);
    case 'flag':
      return value === true ? t('Yes') : t('No');
    case 'list':
      return Array.isArray(value)
        ? value.map((one: unknown, i) => inputText([...path, i], field.item, one, { t })).join(', ')
        : '';
    case 'options':
      return formatOptions(value);
    default:
      return typeof value === 'string' ? value : '';
  }
}

/** The name of an input; entries of a list go by the list's. */
export function nameOf(path: FieldPath): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}
