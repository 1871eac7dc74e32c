import type * as vscode from 'vscode';
import type { Field } from '../../../domain/capacity/plan/fields';
import { measureOf } from '../../../domain/capacity/plan/measures';
import {
  fieldAt,
  type FieldPath,
  pathText,
  scenarioIn,
  valueAt,
} from '../../../domain/capacity/plan/paths';
import type { Plan } from '../../../domain/capacity/plan/plan';
import { accuracyText } from '../../../domain/capacity/plan/text';
import { formatQuantity } from '../../../domain/quantity';
import { figureTextWith, resultLabelWith } from '../../resultText';
import { choiceItems } from '../wizard/choices';
import { labelOf, nameOf } from '../wizard/inputText';
import { rangeText } from '../wizard/numbers';

type L10n = typeof vscode.l10n;

/** What to say about a place in a plan: a heading and lines, all plain text. */
export interface HoverText {
  readonly heading: string;
  readonly lines: readonly string[];
  /** The model of a result, which has a page. */
  readonly model?: string;
}

/**
 * Explains an input (what its number means, its range and default; the schema gives the sentence) or a
 * stored result. `root` is the parsed document.
 */
export function hoverText(
  path: FieldPath,
  root: unknown,
  computed: Plan | undefined,
  l10n: L10n,
): HoverText | undefined {
  const [group, list, index] = path;
  if (group === 'plan') {
    return list === 'results' && typeof index === 'number'
      ? resultText(valueAt(root, ['plan', 'results', index, 'name']), computed, l10n)
      : undefined;
  }
  const field = fieldAt(path, scenarioIn(root));
  const said =
    field && path.length > 0 ? inputText(path, field, valueAt(root, path), l10n) : undefined;
  const from = valueAt(root, ['measured', pathText(path)]);
  if (!said || typeof from !== 'string') return said;
  return { ...said, lines: [...said.lines, l10n.t('Measured: {0}', from.slice(0, 300))] };
}

function inputText(
  path: FieldPath,
  field: Field,
  value: unknown,
  l10n: L10n,
): HoverText | undefined {
  const { t } = l10n;
  const name = nameOf(path);
  const heading = labelOf(name, field);
  switch (field.kind) {
    case 'number': {
      const measure = measureOf(name, field);
      const shown = (number: number): string => formatQuantity(number, measure);
      return {
        heading: typeof value === 'number' ? `${heading}: ${shown(value)}` : heading,
        lines: [
          field.whole
            ? t('A whole number, {0}.', rangeText(field, measure, l10n))
            : t('A number, {0}.', rangeText(field, measure, l10n)),
          defaultText(field.default === undefined ? undefined : shown(field.default), l10n),
        ],
      };
    }
    case 'choice': {
      const items = choiceItems(path, field);
      const chosen = items.find((item) => item.value === value);
      const label = items.find((item) => item.value === field.default)?.label ?? field.default;
      return {
        heading: chosen ? `${heading}: ${chosen.label}` : heading,
        lines: [...(chosen?.detail === undefined ? [] : [chosen.detail]), defaultText(label, l10n)],
      };
    }
    case 'flag':
      return { heading, lines: [defaultText(String(field.default), l10n)] };
    default:
      return undefined;
  }
}

const defaultText = (value: string | undefined, { t }: L10n): string =>
  value === undefined || value === '' ? t('It has to be given.') : t('Default: {0}', value);

function resultText(name: unknown, computed: Plan | undefined, l10n: L10n): HoverText | undefined {
  const { t } = l10n;
  const result = computed?.results.find((one) => one.name === name);
  if (!result) return undefined;
  const { value, unit, model, accuracy, because } = result;
  const label = resultLabelWith(l10n)(result.name);
  return {
    heading: `${label}: ${figureTextWith(l10n)(result.name, value, unit)}`,
    lines: [because, t('Accuracy: {0}. Model: {1}', accuracyText(accuracy), model)],
    model,
  };
}
