import type { Workbench } from './workbench';

export interface WizardAnswers {
  readonly title?: string;
  readonly hosts: string;
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
}

/** Answers every step by keyboard, up to the test of the connection, which starts by itself. */
export async function answerWizard(workbench: Workbench, answers: WizardAnswers): Promise<void> {
  const { quickInput } = workbench;
  const { title = 'Add Connection', user, password } = answers;
  const step = async (number: number, total: number, text?: string): Promise<void> => {
    await quickInput.title(`${title} (${number}/${total})`);
    if (text !== undefined) await quickInput.fill(text);
    await quickInput.accept();
  };
  await step(1, 5, answers.hosts);
  await step(2, 5, answers.name);
  await quickInput.title(`${title} (3/5)`);
  if (user === undefined) {
    await quickInput.accept();
    return step(4, 5);
  }
  await workbench.page.keyboard.press('ArrowDown');
  await quickInput.accept();
  await step(4, 7, user);
  await step(5, 7, password ?? '');
  await step(6, 7);
}
