import { Cancelled, WentBack } from '../userInput';
import { located } from './certificateFiles';
import { clientOptions } from './clientOptions';
import { hostsText } from './credentials';
import { describeTest } from './outcomeText';
import type { TestOutcome } from './testConnection';
import { answersOf, secretOf, type Wizard } from './wizardDraft';
import { questionAt } from './wizardSteps';

/**
 * Tries the connection. When it fails or is stopped, asks whether to save all the same; returns
 * whether it works.
 */
export async function tryConnection(wizard: Wizard): Promise<boolean> {
  const { ui, l10n } = wizard;
  const question = questionAt(wizard, 'test');
  const outcome = await runTest(wizard);
  if (outcome.kind === 'connected') return true;
  const choice = await ui.pick({
    ...question,
    placeholder: describeTest(outcome, l10n),
    active: 'back',
    items: [
      {
        label: l10n.t('Save Anyway'),
        detail: l10n.t('The connection is saved, but not opened.'),
        icon: 'save',
        value: 'save',
      },
      { label: l10n.t('Back'), icon: 'arrow-left', value: 'back' },
      { label: l10n.t('Cancel'), icon: 'close', value: 'cancel' },
    ],
  });
  if (choice === 'back') throw new WentBack();
  if (choice === 'cancel') throw new Cancelled();
  return false;
}

async function runTest(wizard: Wizard): Promise<TestOutcome> {
  const { ui, l10n, draft, test } = wizard;
  const info = {
    ...questionAt(wizard, 'test'),
    message: l10n.t('Connecting to {0}…', hostsText(draft.connectString)),
    detail: l10n.t('Press Escape to stop the test.'),
  };
  const options = clientOptions(located(answersOf(wizard), wizard.files), secretOf(wizard), {});
  try {
    return await ui.progress(info, (signal) => test(options, signal));
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'closed' };
    throw error;
  }
}
