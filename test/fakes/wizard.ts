import type { CertificateFiles } from '../../src/ui/connections/certificateFiles';
import type { TestOutcome } from '../../src/ui/connections/testConnection';
import { askForConnection, type WizardResult } from '../../src/ui/connections/wizard';
import type { WizardStart } from '../../src/ui/connections/wizardDraft';
import type { ClientOptions } from '../../src/zk/client';
import { FakeFiles } from './files';
import { englishL10n, ScriptedUser, type Answer } from './userInput';

export interface WizardRun {
  readonly answers: Answer[];
  readonly files?: CertificateFiles;
  readonly start?: Partial<WizardStart>;
  /** One for each test; the last one repeats. */
  readonly outcomes?: TestOutcome[];
}

/** Lets a scripted user answer the connection wizard to its end. */
export async function runWizard({
  answers,
  start,
  files = new FakeFiles(),
  outcomes = [{ kind: 'connected' }],
}: WizardRun) {
  const user = new ScriptedUser(...answers);
  const tested: ClientOptions[] = [];
  const test = (options: ClientOptions): Promise<TestOutcome> => {
    const outcome = outcomes[Math.min(tested.length, outcomes.length - 1)];
    tested.push(options);
    return Promise.resolve(outcome ?? { kind: 'connected' });
  };
  const ports = { ui: user, l10n: englishL10n, files, test };
  const asked = { title: 'Add Connection', takenNames: [], ...start };
  const result: WizardResult = await askForConnection(asked, ports);
  user.finish();
  return { user, tested, result };
}
