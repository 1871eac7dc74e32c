import type { PickItem, Question } from '../../userInput';
import {
  overlaid,
  type PlanInputs,
  type PlanWizard,
  type StartSource,
  type StartValues,
} from './draft';

interface Starts {
  readonly unfinished: StartValues | undefined;
  readonly last: PlanInputs | undefined;
  readonly initial: PlanInputs;
}

type Choice = 'unfinished' | 'last' | 'initial' | StartSource;

/** Asks what to start from. A source that can't be read is told, and the question comes again. */
export async function askStart(
  wizard: PlanWizard,
  question: Question,
  { unfinished, last, initial }: Starts,
): Promise<void> {
  const { ui, l10n, sources } = wizard;
  const { t } = l10n;
  const items: PickItem<Choice>[] = [
    ...(unfinished === undefined
      ? []
      : [
          {
            label: t('Unfinished answers'),
            detail: t(
              'What was answered before this wizard was left; kept while the window is open.',
            ),
            icon: 'debug-continue',
            value: 'unfinished' as const,
          },
        ]),
    ...(last === undefined
      ? []
      : [
          {
            label: t('Last answers'),
            detail: t('What was answered in this workspace the last time.'),
            icon: 'history',
            value: 'last' as const,
          },
        ]),
    ...sources.map((source) => ({ ...source, value: source })),
    {
      label: t('Defaults'),
      detail: t('Every question proposes a value that suits a small installation.'),
      icon: 'settings',
      value: 'initial',
    },
  ];
  for (;;) {
    const choice = await ui.pick<Choice>({
      ...question,
      placeholder: t('What should the proposed answers start from?'),
      items,
      active: items[0]?.value,
    });
    const base = choice === 'initial' ? initial : (last ?? initial);
    if (typeof choice === 'string') {
      const { inputs, origins } =
        choice === 'unfinished' && unfinished ? unfinished : { inputs: base, origins: new Map() };
      wizard.inputs = inputs;
      wizard.origins = origins;
      return;
    }
    const progress = { ...question, message: choice.waiting, detail: t('Escape stops waiting') };
    try {
      const { inputs, origins, warning } = await ui.progress(progress, choice.read);
      if (warning !== undefined) ui.notify({ severity: 'warning', message: warning });
      wizard.inputs = overlaid(base, inputs);
      wizard.origins = origins;
      return;
    } catch (error) {
      if (!(error instanceof UnreadableSource)) throw error;
      ui.notify({ severity: 'warning', message: error.message });
    }
  }
}

/** Thrown by a source that can't be read, with a sentence for the user. */
export class UnreadableSource extends Error {
  override readonly name = 'UnreadableSource';
}
