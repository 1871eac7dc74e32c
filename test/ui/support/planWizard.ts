import { PLAN_SCENARIOS, type PlanKind } from '../../../src/ui/plan/wizard/scenarios';
import type { Workbench } from './workbench';

const english = (text: string | { message: string }): string =>
  typeof text === 'string' ? text : text.message;

/** One of the wizards that end with a plan, by keyboard from the palette. */
export class PlanWizard {
  /** Of the command, and of every step. */
  readonly title: string;

  constructor(
    private readonly workbench: Workbench,
    readonly kind: PlanKind,
  ) {
    this.title = PLAN_SCENARIOS[kind].title(english);
  }

  async start(): Promise<void> {
    await this.workbench.run(`ZooKeeper: ${this.title}…`);
    await this.workbench.quickInput.title(this.title);
  }

  /** Waits for a step, the first having the number 1, and tells how many there are. */
  async at(step: number): Promise<number> {
    const title = await this.workbench.quickInput.title(`${this.title} (${step}/`);
    return Number(/\/(\d+)\)/.exec(title)?.[1]);
  }

  /** Accepts what is proposed, from a step up to the last but `left` ones. */
  async acceptUpTo(from: number, left: number): Promise<number> {
    const total = await this.at(from);
    for (let step = from; step <= total - left; step++) {
      await this.at(step);
      await this.workbench.quickInput.accept();
    }
    if (left > 0) await this.at(total - left + 1);
    return total;
  }
}
