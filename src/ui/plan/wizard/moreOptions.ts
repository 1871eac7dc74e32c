import type { Field } from '../../../domain/capacity/plan/fields';
import { measureOf } from '../../../domain/capacity/plan/measures';
import {
  type FieldPath,
  leavesOf,
  pathText,
  readableName,
  valueAt,
  withValueAt,
} from '../../../domain/capacity/plan/paths';
import { formatQuantity } from '../../../domain/quantity';
import { type PickItem, type Question, WentBack } from '../../userInput';
import { askInput, type InputLeaf } from './askInput';
import { choiceItems } from './choices';
import {
  currentValue,
  entriesOf,
  hasPool,
  keepAnswer,
  originOf,
  type PlanInputs,
  type PlanWizard,
  scenarioOf,
} from './draft';
import { formatOptions } from './presetOptions';

type Choice = InputLeaf | 'addServer' | 'removeServer';

const SERVERS: FieldPath = ['pool', 'instanceTypes'];

/** Asks which input to change and for its value, again and again. Ends by `WentBack`. */
export async function askMore(wizard: PlanWizard, question: Question): Promise<never> {
  const { ui, l10n } = wizard;
  let active: string | undefined;
  for (;;) {
    const items = choices(wizard);
    const choice: Choice = await ui.pick({
      ...question,
      placeholder: l10n.t('Which input do you want to change? Back ends it.'),
      items,
      active: items.find(({ value }) => keyOf(value) === active)?.value,
    });
    active = keyOf(choice);
    if (typeof choice === 'string') {
      changeServers(wizard, choice);
      continue;
    }
    const heading = `${question.title}: ${readableName(nameOf(choice.path))}`;
    try {
      const value = await askInput(wizard, { ...question, title: heading }, choice);
      keepAnswer(wizard, choice.path, value);
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

const keyOf = (choice: Choice): string =>
  typeof choice === 'string' ? choice : pathText(choice.path);

const nameOf = (path: FieldPath): string => String(path.at(-1) ?? '');

function choices(wizard: PlanWizard): PickItem<Choice>[] {
  const { inputs, l10n } = wizard;
  const groups = new Set(['title', 'scenario', 'otherLoad', 'ensemble']);
  if (hasPool(wizard)) ['pool', 'coordination'].forEach((group) => groups.add(group));
  return leavesOf(scenarioOf(wizard.scenario))
    .filter(({ path: [group] }) => groups.has(String(group)))
    .flatMap((leaf) => {
      const entries = entriesOf(leaf.path, leaf.field, inputs);
      if (!entries) return [item(wizard, leaf)];
      const own = entries.map((entry) => item(wizard, entry));
      return [...own, ...serverChoices(wizard)];
    })
    .map((one) => ({ ...one, label: one.label || l10n.t('Unnamed') }));
}

function item(wizard: PlanWizard, { path, field }: InputLeaf): PickItem<InputLeaf> {
  const { inputs } = wizard;
  const value = currentValue(inputs, path, field);
  return {
    label: path
      .map((step) => (typeof step === 'number' ? String(step + 1) : readableName(step)))
      .join(' › '),
    description: valueText(path, field, value),
    detail: [field.help, originOf(wizard, path)].filter(Boolean).join(' '),
    value: { path, field },
  };
}

function serverChoices({ inputs, l10n: { t } }: PlanWizard): PickItem<Choice>[] {
  const list = valueAt(inputs, SERVERS);
  const count = Array.isArray(list) ? list.length : 0;
  return [
    {
      label: t('Add another kind of server'),
      detail: t('The cheapest pool of all kinds is taken.'),
      icon: 'add',
      value: 'addServer',
    },
    ...(count > 1
      ? [
          {
            label: t('Remove the last kind of server'),
            icon: 'trash',
            value: 'removeServer' as const,
          },
        ]
      : []),
  ];
}

function changeServers(wizard: PlanWizard, change: 'addServer' | 'removeServer'): void {
  const list = valueAt(wizard.inputs, SERVERS);
  const kinds: unknown[] = Array.isArray(list) ? list : [];
  const last = kinds.at(-1) as object;
  const changed =
    change === 'addServer'
      ? [...kinds, { ...last, name: `server ${kinds.length + 1}` }]
      : kinds.slice(0, -1);
  wizard.inputs = withValueAt(wizard.inputs, SERVERS, changed) as PlanInputs;
}

function valueText(path: FieldPath, field: Field, value: unknown): string {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? formatQuantity(value, measureOf(nameOf(path), field)) : '';
    case 'choice':
      return choiceItems(path, field).find((one) => one.value === value)?.label ?? String(value);
    case 'list':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'options':
      return formatOptions(value);
    default:
      return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  }
}
