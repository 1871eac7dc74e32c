import type { Workbench } from './workbench';

/** The steps that tests answer, by what their question begins with. */
const QUESTIONS = {
  hosts: 'Hosts and ports',
  name: 'Name of the connection',
  auth: 'Choose how to log in',
  user: 'User for',
  password: 'Password of',
  access: 'Choose what may be done',
} as const;

export type WizardStep = keyof typeof QUESTIONS;

/** The wizard that asks for a connection, answered by keyboard whatever its other steps are. */
export class Wizard {
  constructor(
    private readonly workbench: Workbench,
    private readonly title = 'Add Connection',
  ) {}

  /** Waits for the question of a step. */
  async at(step: WizardStep): Promise<void> {
    const { quickInput } = this.workbench;
    await quickInput.title(this.title);
    await quickInput.widget
      .getByText(QUESTIONS[step])
      .or(quickInput.widget.getByPlaceholder(QUESTIONS[step]))
      .filter({ visible: true })
      .first()
      .waitFor();
  }

  /** Accepts what the steps offer until a step is reached. */
  async acceptUpTo(step: WizardStep): Promise<void> {
    for (let count = 0; count < 15; count++) {
      const question = await this.question();
      if (question.includes(QUESTIONS[step])) return;
      await this.accept();
    }
    throw new Error(`The wizard does not come to "${QUESTIONS[step]}".`);
  }

  /** Enters a text, or chooses what begins with it, and goes on. */
  async answer(step: WizardStep, text: string): Promise<void> {
    await this.acceptUpTo(step);
    await this.workbench.quickInput.fill(text);
    await this.accept();
  }

  /** Accepts the last answer: the wizard goes on to test the connection. */
  async finish(): Promise<void> {
    await this.acceptUpTo('access');
    await this.accept();
  }

  /** Accepts a step and waits for the one that follows. */
  private async accept(): Promise<void> {
    const { page, quickInput } = this.workbench;
    const before = await quickInput.title(this.title);
    await quickInput.accept();
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      if (!(await quickInput.widget.isVisible())) return;
      const title = await quickInput.widget.locator('.quick-input-title').textContent();
      if (title?.trim() !== before) return;
      await page.waitForTimeout(50);
    }
    throw new Error(`The step ${before} is not left.`);
  }

  /** What is asked, once it stands still: title and text of a step don't come at the same time. */
  private async question(): Promise<string> {
    for (let before = ''; ;) {
      const now = await this.seen();
      if (now === before) return now;
      before = now;
      await this.workbench.page.waitForTimeout(100);
    }
  }

  private async seen(): Promise<string> {
    const { quickInput } = this.workbench;
    const title = await quickInput.title(this.title);
    const message = quickInput.widget.locator('.quick-input-message').filter({ visible: true });
    const prompts = await message.allInnerTexts();
    return [title, await quickInput.placeholder(), ...prompts].join('\n');
  }
}
