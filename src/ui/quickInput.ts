import * as vscode from 'vscode';
import { Coalescer } from '../base/async';
import { DisposableStore } from '../base/disposable';
import { plainLines, plainText } from './plainText';
import {
  Cancelled,
  WantsFile,
  WentBack,
  type Confirmation,
  type Decision,
  type FileQuestion,
  type InputQuestion,
  type Notice,
  type PickItem,
  type PickManyQuestion,
  type PickQuestion,
  type ProgressInfo,
  type Question,
  type UserInput,
} from './userInput';

/** How often it is shown how far a task is, in milliseconds. */
const TELL_MS = 200;

type Box = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/** Asks through VS Code's quick input and message boxes. */
export class QuickInput implements UserInput {
  pick<T>(question: PickQuestion<T>): Promise<T> {
    const box = vscode.window.createQuickPick<vscode.QuickPickItem & { value: T }>();
    box.placeholder = plainText(question.placeholder);
    box.matchOnDescription = true;
    box.matchOnDetail = true;
    box.items = question.items.map(toItem);
    box.activeItems = box.items.filter(({ value }) => value === question.active).slice(0, 1);
    return ask<T>(box, question, (resolve, events) => {
      events.add(
        box.onDidAccept(() => {
          const [chosen] = box.selectedItems;
          if (chosen) resolve(chosen.value);
        }),
      );
    });
  }

  pickMany<T>(question: PickManyQuestion<T>): Promise<T[]> {
    const box = vscode.window.createQuickPick<vscode.QuickPickItem & { value: T }>();
    box.canSelectMany = true;
    box.placeholder = plainText(question.placeholder);
    box.items = question.items.map(toItem);
    box.selectedItems = box.items.filter(({ value }) => question.chosen.includes(value));
    return ask<T[]>(box, question, (resolve, events) => {
      events.add(
        box.onDidAccept(() => {
          const { selectedItems } = box;
          resolve(
            box.items.filter((item) => selectedItems.includes(item)).map(({ value }) => value),
          );
        }),
      );
    });
  }

  input(question: InputQuestion): Promise<string> {
    const box = vscode.window.createInputBox();
    box.prompt = plainText(question.prompt);
    box.placeholder = plainText(question.placeholder ?? '');
    box.value = question.value ?? '';
    box.password = question.password ?? false;
    const file =
      question.fileButton === undefined
        ? undefined
        : { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: question.fileButton };
    const check = async (): Promise<boolean> => {
      const text = box.value;
      const problem = await question.validate?.(text);
      if (box.value !== text) return false; // typed on: that text is checked next
      box.validationMessage = problem === undefined ? undefined : plainText(problem);
      return problem === undefined;
    };
    return ask<string>(box, question, (resolve, events, reject) => {
      if (file) box.buttons = [...box.buttons, file];
      events.add(
        box.onDidTriggerButton((button) => {
          if (button === file) reject(new WantsFile(box.value));
        }),
      );
      events.add(box.onDidChangeValue(() => void check().catch(reject)));
      events.add(
        box.onDidAccept(() => {
          const text = box.value;
          check().then((isRight) => {
            if (isRight) resolve(text);
          }, reject);
        }),
      );
    });
  }

  async pickFile({ title, action }: FileQuestion): Promise<string | undefined> {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: plainText(title),
        openLabel: action,
        canSelectMany: false,
      })) ?? [];
    return file?.scheme === 'file' ? file.fsPath : undefined;
  }

  async confirm({ message, detail, action }: Confirmation): Promise<boolean> {
    const actions = [{ label: action, value: true }];
    return (await this.decide({ message, detail, actions })) === true;
  }

  async decide<T>({ message, detail, actions }: Decision<T>): Promise<T | undefined> {
    const options = { modal: true, detail: plainLines(detail) };
    const items = actions.map(({ label, value }) => ({ title: label, value }));
    const chosen = await vscode.window.showWarningMessage(plainText(message), options, ...items);
    return chosen?.value;
  }

  async progress<T>(
    info: ProgressInfo,
    task: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const box = vscode.window.createQuickPick();
    const { message, detail } = info;
    const show = (howFar?: string): void => {
      const label = `$(loading~spin) ${plainText(message)}`;
      const description = howFar === undefined ? {} : { description: plainText(howFar) };
      box.items = [{ label, ...description, detail: plainText(detail), alwaysShow: true }];
    };
    show();
    let last: string | undefined;
    const redraw = new Coalescer(TELL_MS, () => show(last));
    const tell = (howFar: string): void => {
      last = howFar;
      redraw.schedule();
    };
    box.busy = true;
    try {
      return await ask<T>(box, info, (resolve, _events, reject) => {
        task(abort.signal, tell).then(resolve, reject);
      });
    } finally {
      redraw.dispose();
      abort.abort();
    }
  }

  notify({ severity, message, actions = [] }: Notice): void {
    const show = {
      info: vscode.window.showInformationMessage,
      warning: vscode.window.showWarningMessage,
      error: vscode.window.showErrorMessage,
    }[severity];
    const items = actions.map(({ label, ...action }) => ({ title: label, ...action }));
    void show<(typeof items)[number]>(plainText(message), ...items).then((chosen) => {
      if (chosen) void vscode.commands.executeCommand(chosen.command, chosen.argument);
    });
  }
}

function toItem<T>(item: PickItem<T>): vscode.QuickPickItem & { value: T } {
  const label = plainText(item.label);
  return {
    label: item.icon ? `$(${item.icon}) ${label}` : label,
    ...(item.description !== undefined && { description: plainText(item.description) }),
    ...(item.detail !== undefined && { detail: plainText(item.detail) }),
    value: item.value,
  };
}

/** Shows the box until it is answered, left or sent back; hiding it by any means settles it. */
async function ask<T>(
  box: Box,
  { title, step, totalSteps }: Question,
  listen: (
    resolve: (answer: T) => void,
    events: DisposableStore,
    reject: (error: unknown) => void,
  ) => void,
): Promise<T> {
  const events = new DisposableStore();
  events.add(box);
  box.title = plainText(title);
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = (step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
  try {
    return await new Promise<T>((resolve, reject) => {
      events.add(
        box.onDidTriggerButton((button) => {
          if (button === vscode.QuickInputButtons.Back) reject(new WentBack());
        }),
      );
      events.add(box.onDidHide(() => reject(new Cancelled())));
      listen(resolve, events, reject);
      box.show();
    });
  } finally {
    events.dispose();
  }
}
