import {
  type FieldPath,
  leavesOf,
  pathText,
  valueAt,
  withValueAt,
} from '../../../domain/capacity/plan/paths';
import { type PickItem, type Question, WentBack } from '../../userInput';
import { askInput, type InputLeaf } from './askInput';
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
import { inputText, pathLabel } from './inputText';

type Choice = InputLeaf | 'done' | 'addServer' | 'removeServer';

const SERVERS: FieldPath = ['pool', 'instanceTypes'];

/** Asks which input to change and for its value, again and again until that is done. */
export async function askMore(wizard: PlanWizard, question: Question): Promise<void> {
  const { ui, l10n } = wizard;
  let active = 'done';
  for (;;) {
    const items = choices(wizard);
    const choice: Choice = await ui.pick({
      ...question,
      title: l10n.t('{0}: More Options', question.title),
      placeholder: l10n.t('Which input do you want to change? Type to find it.'),
      items,
      active: items.find(({ value }) => keyOf(value) === active)?.value,
    });
    if (choice === 'done') return;
    active = keyOf(choice);
    if (typeof choice === 'string') changeServers(wizard, choice);
    else await changeInput(wizard, question, choice);
  }
}

/** Asks for another value of an input; back leaves it as it is. */
export async function changeInput(
  wizard: PlanWizard,
  question: Question,
  leaf: InputLeaf,
): Promise<void> {
  const title = `${question.title}: ${leafLabel(wizard, leaf)}`;
  try {
    keepAnswer(wizard, leaf.path, await askInput(wizard, { ...question, title }, leaf));
  } catch (error) {
    if (!(error instanceof WentBack)) throw error;
  }
}

const keyOf = (choice: Choice): string =>
  typeof choice === 'string' ? choice : pathText(choice.path);

function choices(wizard: PlanWizard): PickItem<Choice>[] {
  const { inputs, l10n } = wizard;
  const groups = new Set(['title', 'scenario', 'otherLoad', 'ensemble']);
  if (hasPool(wizard)) ['pool', 'coordination'].forEach((group) => groups.add(group));
  const done = { label: l10n.t('Done'), icon: 'check', value: 'done' as const };
  const rows = leavesOf(scenarioOf(wizard.scenario))
    .filter(({ path: [group] }) => groups.has(String(group)))
    .flatMap((leaf) => {
      const entries = entriesOf(leaf.path, leaf.field, inputs);
      if (!entries) return [item(wizard, leaf)];
      const own = entries.map((entry) => item(wizard, entry));
      return [...own, ...serverChoices(wizard)];
    });
  return [done, ...rows];
}

/** An input by its name and value. */
export function shortItem(wizard: PlanWizard, leaf: InputLeaf): PickItem<InputLeaf> {
  const { path, field } = leaf;
  return {
    label: leafLabel(wizard, leaf),
    description: inputText(path, field, currentValue(wizard.inputs, path, field), wizard.l10n),
    value: leaf,
  };
}

function leafLabel({ scenario, l10n }: PlanWizard, { path, field }: InputLeaf): string {
  return pathLabel(path, field, scenario.kind, l10n);
}

const item = (wizard: PlanWizard, leaf: InputLeaf): PickItem<InputLeaf> => ({
  ...shortItem(wizard, leaf),
  detail: [leaf.field.help, originOf(wizard, leaf.path)].filter(Boolean).join(' '),
});

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
