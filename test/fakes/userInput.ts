import type * as vscode from 'vscode';
import {
  Cancelled,
  WantsFile,
  WentBack,
  type Confirmation,
  type Decision,
  type FileQuestion,
  type InputQuestion,
  type Notice,
  type PickManyQuestion,
  type PickQuestion,
  type ProgressInfo,
  type UserInput,
} from '../../src/ui/userInput';

/** What the user does next. */
export type Answer =
  /** Chooses the item with this label. */
  | { readonly pick: string }
  /** Chooses the items with these labels, of a question for several. */
  | { readonly many: readonly string[] }
  /** Chooses the item that is active to begin with, or those. */
  | 'pickActive'
  /** Types a text and presses Enter; the text must be accepted. */
  | { readonly type: string }
  /** Types a text that the validator refuses with a message that matches; the question stays open. */
  | { readonly type: string; readonly refused: RegExp }
  /** Presses Enter on the text that is already there. */
  | 'accept'
  /** Presses the button for choosing a file, types nothing. */
  | 'browse'
  /** Chooses this file in the dialog; undefined leaves it. */
  | { readonly file: string | undefined }
  /** Presses this button of a modal question; undefined leaves it. */
  | { readonly press: string | undefined }
  | 'yes'
  | 'no'
  | 'back'
  | 'cancel'
  /** Presses Escape while a progress is shown; without it a progress just runs. */
  | 'stop';

/**
 * A user who follows a script. An answer that doesn't fit its question fails the flow, and `finish`
 * fails when answers are left over.
 */
export class ScriptedUser implements UserInput {
  /** Every question as `title (step/total): text`, in the order in which they were asked. */
  readonly asked: string[] = [];
  readonly notices: Notice[] = [];
  /** How far tasks said they were. */
  readonly told: string[] = [];
  /** The texts that were filled in when a question appeared. */
  readonly prefilled: string[] = [];
  private readonly answers: Answer[];

  constructor(...answers: Answer[]) {
    this.answers = answers;
  }

  pick<T>(question: PickQuestion<T>): Promise<T> {
    return this.answer(question, question.placeholder, (answer) => {
      const { items, active } = question;
      const labels = items.map(({ label }) => label);
      const item =
        answer === 'pickActive'
          ? items.find(({ value }) => value === active)
          : typeof answer === 'object' && 'pick' in answer
            ? items.find(({ label }) => label === answer.pick)
            : undefined;
      if (!item) throw new Error(`no item for ${show(answer)} in ${labels.join(' | ')}`);
      return item.value;
    });
  }

  pickMany<T>(question: PickManyQuestion<T>): Promise<T[]> {
    return this.answer(question, question.placeholder, (answer) => {
      const { items, chosen } = question;
      if (answer === 'pickActive') return [...chosen];
      if (typeof answer !== 'object' || !('many' in answer)) {
        throw new Error(`${show(answer)} is no choice of several`);
      }
      const labels = items.map(({ label }) => label);
      const unknown = answer.many.filter((label) => !labels.includes(label));
      if (unknown.length > 0) throw new Error(`no ${unknown.join()} in ${labels.join(' | ')}`);
      return items.filter(({ label }) => answer.many.includes(label)).map(({ value }) => value);
    });
  }

  async input(question: InputQuestion): Promise<string> {
    this.prefilled.push(question.value ?? '');
    for (;;) {
      const { answer, typed } = await this.answer(question, question.prompt, (answer) => {
        if (answer === 'browse' && question.fileButton) {
          throw new WantsFile(question.value ?? '');
        }
        const typed = answer === 'accept' ? (question.value ?? '') : textOf(answer);
        if (typed === undefined) throw new Error(`${show(answer)} is no text`);
        return { answer, typed };
      });
      const problem = await question.validate?.(typed);
      const refused =
        typeof answer === 'object' && 'refused' in answer ? answer.refused : undefined;
      if (!refused && problem !== undefined) throw new Error(`"${typed}" refused: ${problem}`);
      if (refused && !refused.test(problem ?? '')) {
        throw new Error(`"${typed}": expected ${String(refused)}, got ${String(problem)}`);
      }
      if (!refused) return typed;
    }
  }

  pickFile({ title }: FileQuestion): Promise<string | undefined> {
    return this.answer({ title }, 'file', (answer) => {
      if (typeof answer !== 'object' || !('file' in answer)) {
        throw new Error(`${show(answer)} is no file`);
      }
      return answer.file;
    });
  }

  confirm({ message, detail }: Confirmation): Promise<boolean> {
    return this.answer({ title: message }, detail, (answer) => {
      if (answer !== 'yes' && answer !== 'no') throw new Error(`${show(answer)} is not yes or no`);
      return answer === 'yes';
    });
  }

  decide<T>({ message, detail, actions }: Decision<T>): Promise<T | undefined> {
    return this.answer({ title: message }, detail, (answer) => {
      if (typeof answer !== 'object' || !('press' in answer)) {
        throw new Error(`${show(answer)} presses nothing`);
      }
      const action = actions.find(({ label }) => label === answer.press);
      if (answer.press !== undefined && !action) throw new Error(`no button ${answer.press}`);
      return action?.value;
    });
  }

  async progress<T>(
    info: ProgressInfo,
    task: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<T>,
  ): Promise<T> {
    this.asked.push(`${heading(info)}: ${info.message}`);
    const abort = new AbortController();
    const running = task(abort.signal, (howFar) => this.told.push(howFar));
    if (this.answers[0] !== 'stop') return running;
    this.answers.shift();
    abort.abort();
    await running.catch(() => {});
    throw new Cancelled();
  }

  notify(notice: Notice): void {
    this.notices.push(notice);
  }

  /** Fails when not every answer was asked for. */
  finish(): void {
    if (this.answers.length > 0) throw new Error(`left over: ${this.answers.map(show).join(', ')}`);
  }

  private answer<T>(
    question: { readonly title: string; readonly step?: number; readonly totalSteps?: number },
    text: string,
    choose: (answer: Answer) => T,
  ): Promise<T> {
    const asked = `${heading(question)}: ${text}`;
    this.asked.push(asked);
    const answer = this.answers.shift();
    return new Promise((resolve) => {
      if (answer === undefined) throw new Error(`nothing to answer to "${asked}"`);
      if (answer === 'cancel') throw new Cancelled();
      if (answer === 'back') {
        if ((question.step ?? 1) < 2) throw new Error(`"${asked}" has no step before it`);
        throw new WentBack();
      }
      resolve(choose(answer));
    });
  }
}

function heading({
  title,
  step,
  totalSteps,
}: {
  title: string;
  step?: number;
  totalSteps?: number;
}) {
  return step === undefined ? title : `${title} (${step}/${totalSteps})`;
}

function textOf(answer: Answer): string | undefined {
  return typeof answer === 'object' && 'type' in answer ? answer.type : undefined;
}

function show(answer: Answer): string {
  return JSON.stringify(answer);
}

/** `vscode.l10n` as it works in English. */
export const englishL10n: typeof vscode.l10n = {
  t: (message: string | { message: string }, ...args: unknown[]) => {
    const template = typeof message === 'string' ? message : message.message;
    return template.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)]));
  },
  bundle: undefined,
  uri: undefined,
};
