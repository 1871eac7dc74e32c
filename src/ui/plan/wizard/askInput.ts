import { assertNever } from '../../../base/assert';
import type { Field, ListField, NumberField } from '../../../domain/capacity/plan/fields';
import { MAX_TEXT } from '../../../domain/capacity/plan/fields';
import { measureOf } from '../../../domain/capacity/plan/measures';
import { type FieldPath, valueAt } from '../../../domain/capacity/plan/paths';
import { parseQuantity } from '../../../domain/quantity';
import type { Question } from '../../userInput';
import { choiceItems } from './choices';
import { currentValue, originOf, type PlanWizard } from './draft';
import { inputText, nameOf } from './inputText';
import { numberProblem, rangeText, typicalText } from './numbers';
import { formatOptions, optionsProblem, parseOptions } from './presetOptions';

/** One input to ask for. */
export interface InputLeaf {
  readonly path: FieldPath;
  readonly field: Field;
}

/** Asks for an input and gives its value. */
export async function askInput(
  wizard: PlanWizard,
  question: Question,
  { path, field }: InputLeaf,
): Promise<unknown> {
  const { ui, l10n } = wizard;
  const current = currentValue(wizard.inputs, path, field);
  const help = helpOf(wizard, { path, field });
  switch (field.kind) {
    case 'number':
      return askNumber(wizard, question, { path, field, help, current });
    case 'choice':
      return ui.pick({
        ...question,
        placeholder: help,
        items: choiceItems(path, field),
        active: typeof current === 'string' ? current : undefined,
      });
    case 'flag':
      return ui.pick({
        ...question,
        placeholder: help,
        items: [
          { label: inputText(path, field, true, l10n), value: true },
          { label: inputText(path, field, false, l10n), value: false },
        ],
        active: current === true,
      });
    case 'text':
      return ui.input({
        ...question,
        prompt: help,
        value: typeof current === 'string' ? current : '',
        validate: (text) => textProblem(wizard, text),
      });
    case 'options':
      return askOptions(wizard, question, help, current);
    case 'list':
      return askList(wizard, question, { path, help, current, field });
    case 'group':
    case 'variant':
      throw new Error('Groups are asked for input by input.');
    default:
      return assertNever(field);
  }
}

/** What is asked for and why, what is usual, and where the proposed value comes from. */
function helpOf(wizard: PlanWizard, { path, field }: InputLeaf): string {
  const typical =
    field.kind === 'number'
      ? typicalText(field, measureOf(nameOf(path), field), wizard.l10n)
      : undefined;
  return [field.help, typical, originOf(wizard, path)].filter(Boolean).join(' ');
}

const textProblem = ({ l10n }: PlanWizard, text: string): string | undefined =>
  text.length > MAX_TEXT
    ? l10n.t('The text is longer than {0} characters. Shorten it.', MAX_TEXT)
    : undefined;

interface Asked {
  readonly path: FieldPath;
  readonly help: string;
  readonly current: unknown;
}

async function askNumber(
  { ui, l10n }: PlanWizard,
  question: Question,
  { path, field, help, current }: Asked & { readonly field: NumberField },
): Promise<number> {
  const measure = measureOf(nameOf(path), field);
  const shown = inputText(path, field, current, l10n);
  const text = await ui.input({
    ...question,
    prompt: help,
    placeholder: rangeText(field, measure, l10n),
    value: shown,
    validate: (typed) => numberProblem(typed, field, measure, l10n, shown),
  });
  return parseQuantity(text, measure) ?? 0;
}

/** Numbers or texts, with commas between them. */
async function askList(
  wizard: PlanWizard,
  question: Question,
  { path, help, current, field }: Asked & { readonly field: ListField },
): Promise<unknown> {
  const { ui, l10n } = wizard;
  const { item } = field;
  const measure = item.kind === 'number' ? measureOf(nameOf(path), item) : undefined;
  const text = await ui.input({
    ...question,
    prompt: `${help} ${l10n.t('Put commas between several; none may be left empty.')}`,
    value: inputText(path, field, current, l10n),
    validate: (typed) =>
      parts(typed)
        .map((part) =>
          item.kind === 'number' && measure
            ? numberProblem(part, item, measure, l10n)
            : textProblem(wizard, part),
        )
        .find((problem) => problem !== undefined),
  });
  return parts(text).map((part) => (measure ? parseQuantity(part, measure) : part));
}

const parts = (text: string): string[] =>
  text.trim() === '' ? [] : text.split(',').map((part) => part.trim());

async function askOptions(
  { ui, l10n, inputs }: PlanWizard,
  question: Question,
  help: string,
  current: unknown,
): Promise<unknown> {
  const chosen = valueAt(inputs, ['pool', 'preset']);
  const preset = typeof chosen === 'string' ? chosen : 'random';
  const text = await ui.input({
    ...question,
    prompt: `${help} ${l10n.t('name=value, with commas between several.')}`,
    value: formatOptions(current),
    validate: (typed) => optionsProblem(typed, preset, l10n),
  });
  return parseOptions(text, preset);
}
