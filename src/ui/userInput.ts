/** Thrown when the user leaves a question by Escape. Commands end silently on it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('cancelled');
  }
}

/** Thrown when the user asks for the step before; `runSteps` handles it. */
export class WentBack extends Error {
  override readonly name = 'WentBack';

  constructor() {
    super('back');
  }
}

/** Thrown when the user presses the button that an input has for choosing a file. */
export class WantsFile extends Error {
  override readonly name = 'WantsFile';

  constructor(
    /** What was typed so far. */
    readonly text: string,
  ) {
    super('file');
  }
}

/** What all questions have. From step 2 on they offer to go back. */
export interface Question {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Id of a product icon. Labels themselves are literal: `$(name)` in them isn't an icon. */
  readonly icon?: string;
  readonly value: T;
}

export interface PickQuestion<T> extends Question {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  /** The value that is chosen to begin with. */
  readonly active?: T | undefined;
}

/** A question that any number of items answer. */
export interface PickManyQuestion<T> extends Question {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  /** The values that are chosen to begin with. */
  readonly chosen: readonly T[];
}

export interface InputQuestion extends Question {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with the text and what to do; undefined when it can be accepted. */
  readonly validate?: (text: string) => string | undefined | Promise<string | undefined>;
  /** The label of a button that throws `WantsFile`. */
  readonly fileButton?: string;
}

export interface FileQuestion {
  readonly title: string;
  /** The label of the button that takes the file. */
  readonly action: string;
}

export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  /** The label of the button that agrees. */
  readonly action: string;
}

/** A modal question with more than one way to go on. */
export interface Decision<T> {
  readonly message: string;
  readonly detail: string;
  /** The first is the default. */
  readonly actions: readonly { readonly label: string; readonly value: T }[];
}

export interface ProgressInfo extends Question {
  readonly message: string;
  /** How to stop. */
  readonly detail: string;
}

/** A message that nobody waits for. Its actions are commands, which report their own errors. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions?: readonly {
    readonly label: string;
    readonly command: string;
    readonly argument?: unknown;
  }[];
}

/**
 * The port through which flows talk with the user; a test answers in the user's place. Every question
 * settles: with the answer, or by throwing `Cancelled` (Escape) or `WentBack`. All text is literal.
 */
export interface UserInput {
  pick<T>(question: PickQuestion<T>): Promise<T>;
  /** The values in the order of the items; none is an answer too. */
  pickMany<T>(question: PickManyQuestion<T>): Promise<T[]>;
  input(question: InputQuestion): Promise<string>;
  /** The path of a file of this machine; undefined when none was chosen. */
  pickFile(question: FileQuestion): Promise<string | undefined>;
  /** A modal question; false when the user doesn't agree. */
  confirm(question: Confirmation): Promise<boolean>;
  /** A modal question; undefined when the user leaves it. */
  decide<T>(question: Decision<T>): Promise<T | undefined>;
  /**
   * Shows that the task runs, and how far it is when it tells. Escape and back abort its signal and
   * throw at once.
   */
  progress<T>(
    info: ProgressInfo,
    task: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<T>,
  ): Promise<T>;
  notify(notice: Notice): void;
}

/** One step of a wizard: asks, keeps the answer, and names the step that follows. */
export type Step = () => Promise<Step | undefined>;

/** Runs steps until one has no successor. Back runs the step before again, Escape throws `Cancelled`. */
export async function runSteps(first: Step): Promise<void> {
  const done: Step[] = [];
  let current: Step | undefined = first;
  while (current) {
    try {
      const next: Step | undefined = await current();
      done.push(current);
      current = next;
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
      current = done.pop();
      if (!current) throw new Cancelled();
    }
  }
}
