import { inputOfGoal } from '../../../domain/capacity/plan/goalInputs';
import { fieldAt, leavesOf, parsePath, pathText } from '../../../domain/capacity/plan/paths';
import { plan, type Plan } from '../../../domain/capacity/plan/plan';
import type { Goal } from '../../../domain/capacity/plan/report';
import { isProblems } from '../../../domain/capacity/result';
import type { Problem } from '../../../domain/placement/types';
import { figureTextWith, goalValues, resultLabelWith } from '../../resultText';
import { type PickItem, type Question, WentBack } from '../../userInput';
import type { InputLeaf } from './askInput';
import { askedPaths, type PlanWizard, readInputs, scenarioOf } from './draft';
import { askMore, changeInput, shortItem } from './moreOptions';
import { linesOf, reasonAndRemedy } from './reviewText';

type Choice = 'create' | 'more' | InputLeaf;

/**
 * Shows what the answers lead to and the answers themselves, and asks whether that is it, or which
 * inputs to change, until the user agrees.
 */
export async function askReview(wizard: PlanWizard, question: Question): Promise<void> {
  const { ui, l10n } = wizard;
  for (;;) {
    const items: PickItem<Choice>[] = [
      ...outcome(wizard),
      {
        label: l10n.t('More options…'),
        detail: l10n.t('Every other input of the plan, with the value that it has now.'),
        icon: 'settings-gear',
        value: 'more',
      },
      ...askedItems(wizard),
    ];
    const placeholder = l10n.t('Is this right? Choose an answer to change it.');
    const choice = await ui.pick({ ...question, placeholder, items, active: 'create' });
    if (choice === 'create') return;
    if (choice !== 'more') {
      await changeInput(wizard, question, choice);
      continue;
    }
    try {
      await askMore(wizard, question);
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

/** The answers with their units, so that a slip is seen. */
function askedItems(wizard: PlanWizard): PickItem<Choice>[] {
  return askedPaths(wizard).flatMap((path) => {
    const field = fieldAt(path, scenarioOf(wizard.scenario));
    return field ? [{ ...shortItem(wizard, { path, field }), icon: 'edit' }] : [];
  });
}

/** In short what the plan says, or what makes it impossible and what would help. */
function outcome(wizard: PlanWizard): PickItem<Choice>[] {
  const { t } = wizard.l10n;
  const read = readInputs(wizard.inputs);
  const computed = isProblems(read) ? read : plan(read.input);
  if (!isProblems(computed)) return resultItems(wizard, computed);
  return [
    {
      label: t('Create the plan with its problems'),
      description: t('infeasible'),
      icon: 'warning',
      value: 'create',
    },
    ...computed.flatMap((problem) => problemItems(wizard, problem)),
  ];
}

function resultItems(wizard: PlanWizard, { results, goals }: Plan): PickItem<Choice>[] {
  const { t } = wizard.l10n;
  const valueOf = (name: string): number =>
    results.find((result) => result.name === name)?.value ?? 0;
  const servers = valueOf('pool.servers');
  const observers = valueOf('ensemble.observers');
  const missed = goals.filter(({ isMet }) => !isMet);
  const parts = [
    ...(servers > 0 ? [t('{0} servers', servers)] : []),
    t('{0} voters in the ensemble', valueOf('ensemble.voters')),
    ...(observers > 0 ? [t('{0} observers', observers)] : []),
  ];
  return [
    {
      label: t('Create the plan'),
      description: parts.join(' · '),
      detail:
        missed.length === 0
          ? t('All {0} goals are met.', goals.length)
          : t('{0} of {1} goals are missed:', missed.length, goals.length),
      icon: missed.length === 0 ? 'check' : 'warning',
      value: 'create',
    },
    ...missed.map((goal) => goalItem(wizard, goal)),
  ];
}

function goalItem(wizard: PlanWizard, goal: Goal): PickItem<Choice> {
  const { l10n } = wizard;
  return {
    label: resultLabelWith(l10n)(goal.name),
    description: goalValues(goal, figureTextWith(l10n), l10n),
    detail: goal.advice,
    icon: 'warning',
    value: choiceAt(wizard, pathText(inputOfGoal(goal.name))),
  };
}

function problemItems(wizard: PlanWizard, { where, message }: Problem): PickItem<Choice>[] {
  const { reason, remedy } = reasonAndRemedy(message);
  const value = choiceAt(wizard, where);
  const rows = (text: string, icon: string): PickItem<Choice>[] =>
    linesOf(text).map((line, at) => ({ ...line, ...(at === 0 && { icon }), value }));
  return [...rows(reason, 'error'), ...rows(remedy, 'lightbulb')];
}

/** The input that a problem or goal names, or all of them. */
function choiceAt({ scenario }: PlanWizard, where: string): Choice {
  const leaves = leavesOf(scenarioOf(scenario));
  const path = pathText(parsePath(where));
  return leaves.find((leaf) => pathText(leaf.path) === path) ?? 'more';
}
