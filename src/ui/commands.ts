import * as vscode from 'vscode';
import type { Logger } from '../base/logger';
import { ZkError } from '../zk/errors';
import { Commands } from './contributions';
import { describeError } from './errorText';
import { plainText } from './plainText';
import { Cancelled } from './userInput';

/**
 * Registers a command whose errors become one sentence with a *Show Log* action. Cancellation is
 * silent. The command itself never rejects, and doesn't wait until the message is dismissed.
 */
export function registerCommand(
  id: string,
  handler: (...args: never[]) => unknown,
  log: Logger,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: never[]) => {
    try {
      return await handler(...args);
    } catch (error) {
      reportError(id, error, log);
      return undefined;
    }
  });
}

/** Logs and shows the error of something that the user asked for; cancellation is silent. */
export function reportError(what: string, error: unknown, log: Logger): void {
  if (isCancellation(error)) return;
  log.error(what, error);
  void showError(sentenceFor(error));
}

/** Errors of our own carry a sentence for the user; a failed request is a clause to put into one. */
function sentenceFor(error: unknown): string {
  const text = describeError(error, vscode.l10n);
  return error instanceof ZkError ? vscode.l10n.t('The command failed: {0}.', text) : text;
}

async function showError(sentence: string): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(plainText(sentence), showLog);
  if (choice === showLog) await vscode.commands.executeCommand(Commands.showLog);
}

function isCancellation(error: unknown): boolean {
  return (
    error instanceof Cancelled ||
    error instanceof vscode.CancellationError ||
    (error instanceof Error && error.name === 'AbortError')
  );
}
