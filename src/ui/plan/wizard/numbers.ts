import type * as vscode from 'vscode';
import type { NumberField } from '../../../domain/capacity/plan/fields';
import { formatQuantity, type Measure, parseQuantity } from '../../../domain/quantity';

type L10n = typeof vscode.l10n;

/** What is wrong with a text for a number; undefined when it fits. */
export function numberProblem(
  text: string,
  field: NumberField,
  measure: Measure,
  { t }: L10n,
): string | undefined {
  const value = parseQuantity(text, measure);
  if (value === undefined) return t('Enter a number such as {0} or {1}.', ...measure.examples);
  const { minimum, maximum, whole } = field;
  if (value < minimum || value > maximum) return t('Enter {0}.', rangeText(field, measure, { t }));
  return whole && !Number.isInteger(value) ? t('Enter a whole number.') : undefined;
}

/** `1 B to 1 GB`; what has no practical end is left open. */
export function rangeText(
  { minimum, maximum }: NumberField,
  measure: Measure,
  { t }: Pick<L10n, 't'>,
): string {
  const least = formatQuantity(minimum, measure);
  if (maximum >= NO_END) return t('{0} or more', least);
  return t('{0} to {1}', least, formatQuantity(maximum, measure));
}

/** Limits from here on only keep arithmetic in bounds. */
const NO_END = 1e15;
