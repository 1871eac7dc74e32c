import { plan } from '../../../domain/capacity/plan/plan';
import { isProblems } from '../../../domain/capacity/result';
import { type PickItem, type Question, WentBack } from '../../userInput';
import { type PlanWizard, readInputs } from './draft';
import { askMore } from './moreOptions';

/**
 * Shows what the answers lead to and asks whether that is it, or which other inputs to change, until
 * the user agrees.
 */
export async function askReview(wizard: PlanWizard, question: Question): Promise<void> {
  const { ui, l10n } = wizard;
  for (;;) {
    const items: PickItem<'create' | 'more'>[] = [
      { ...outcome(wizard), value: 'create' },
      {
        label: l10n.t('More options…'),
        detail: l10n.t('Every other input of the plan, with the value that it has now.'),
        icon: 'settings-gear',
        value: 'more',
      },
    ];
    const placeholder = l10n.t('This is what the answers lead to.');
    const choice = await ui.pick({ ...question, placeholder, items, active: 'create' });
    if (choice === 'create') return;
    try {
      await askMore(wizard, question);
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

/** In short what the plan says, or what makes it impossible. */
function outcome({ inputs, l10n: { t } }: PlanWizard) {
  const read = readInputs(inputs);
  const computed = isProblems(read) ? read : plan(read.input);
  if (isProblems(computed)) {
    return {
      label: t('Create the plan with its problems'),
      description: t('infeasible'),
      detail: computed.map(({ message }) => message).join(' '),
      icon: 'warning',
    };
  }
  const valueOf = (name: string): number =>
    computed.results.find((result) => result.name === name)?.value ?? 0;
  const servers = valueOf('pool.servers');
  const observers = valueOf('ensemble.observers');
  const missed = computed.goals.filter(({ isMet }) => !isMet).map(({ name }) => name);
  const parts = [
    ...(servers > 0 ? [t('{0} servers', servers)] : []),
    t('{0} voters in the ensemble', valueOf('ensemble.voters')),
    ...(observers > 0 ? [t('{0} observers', observers)] : []),
  ];
  return {
    label: t('Create the plan'),
    description: parts.join(' · '),
    detail:
      missed.length === 0
        ? t('All {0} goals are met.', computed.goals.length)
        : t('Missed goals: {0}', missed.join(', ')),
    icon: missed.length === 0 ? 'check' : 'warning',
  };
}
