import type * as vscode from 'vscode';
import { HUGE, type NumberField } from '../../../domain/capacity/plan/fields';
import {
  bareNumber,
  formatQuantity,
  type Measure,
  parseQuantity,
  readings,
} from '../../../domain/quantity';

type L10n = Pick<typeof vscode.l10n, 't'>;

/**
 * What is wrong with a text for a number; undefined when it fits. `shown` is the value that was
 * proposed: a bare number that would mean another unit than the proposal's is asked for its own.
 */
export function numberProblem(
  text: string,
  field: NumberField,
  measure: Measure,
  { t }: L10n,
  shown = '',
): string | undefined {
  const value = parseQuantity(text, measure);
  const bare = bareNumber(text);
  if (bare !== undefined && bare !== 0 && (value === undefined || !isBareOf(measure, shown))) {
    return unitProblem(bare, measure, shown, t);
  }
  const { minimum, maximum, whole } = field;
  const [first, second] = readings(text, measure);
  if (first !== undefined && second !== undefined) return t('Write {0} or {1}.', first, second);
  if (value === undefined) {
    return whole && maximum < FEW
      ? t('Enter a whole number, {0}.', rangeText(field, measure, { t }))
      : t('Enter a number such as {0} or {1}.', ...examplesOf(field, measure));
  }
  if (value < minimum || value > maximum) return t('Enter {0}.', rangeText(field, measure, { t }));
  return whole && !Number.isInteger(value) ? t('Enter a whole number.') : undefined;
}

/** Whole numbers below are counted one by one: `500 or 20k` would say nothing about them. */
const FEW = 1000;

function unitProblem(bare: number, measure: Measure, shown: string, t: L10n['t']): string {
  if (measure.unsureUpTo !== undefined) {
    return t('Write {0} or {1}.', `${bare} %`, formatQuantity(bare, measure));
  }
  const unit = unitOf(shown) || unitOf(measure.examples[0]);
  return t(
    'Give a unit, such as {0}.',
    unit.startsWith('/') ? `${bare}${unit}` : `${bare} ${unit}`,
  );
}

const unitOf = (text: string): string => text.replace(/^[\d.,\s]+/, '');

/** Whether bare numbers have the unit of the proposal, or one of its thousands. */
function isBareOf({ bare }: Measure, shown: string): boolean {
  const unit = unitOf(shown);
  return shown === '' || unit.replace(/^[kMGT]/, '') === bare;
}

/** Two numbers that would fit. */
function examplesOf({ typical }: NumberField, measure: Measure): readonly [string, string] {
  if (!typical) return measure.examples;
  return [formatQuantity(typical[0], measure), formatQuantity(typical[1], measure)];
}

/** `Usually 10 GB to 100 TB.`, where the field says so. */
export function typicalText(
  { typical }: NumberField,
  measure: Measure,
  { t }: L10n,
): string | undefined {
  if (!typical) return undefined;
  const [low = '', high = ''] = typical.map((value) => unbroken(formatQuantity(value, measure)));
  return t('Usually {0} to {1}.', low, high);
}

/** Lines of a prompt break at blanks, but not between a number and its unit. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

/** `1 B to 1 GB`; what has no practical end is left open. */
export function rangeText(
  { minimum, maximum }: NumberField,
  measure: Measure,
  { t }: L10n,
): string {
  const least = formatQuantity(minimum, measure);
  if (maximum >= HUGE) return t('{0} or more', least);
  return t('{0} to {1}', least, formatQuantity(maximum, measure));
}
