import * as vscode from 'vscode';
import { plainText } from './plainText';

/** How often the text of a progress notification changes at most, in ms. */
const TELL_MS = 200;

/**
 * Runs a long task that the user may cancel: that aborts the signal, and the task still ends by itself
 * and says what it has done.
 */
export type Work = <T>(
  title: string,
  task: (signal: AbortSignal, tell: (text: string, percent: number) => void) => Promise<T>,
) => Promise<T>;

/** With a notification, as long as it runs. */
export const notifiedWork: Work = async (title, task) => {
  const { ProgressLocation } = vscode;
  const options = { title: plainText(title), location: ProgressLocation.Notification };
  return vscode.window.withProgress({ ...options, cancellable: true }, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    let told = 0;
    let shown = 0;
    return task(abort.signal, (message, percent) => {
      const now = performance.now();
      if (now - told < TELL_MS) return;
      told = now;
      progress.report({ message, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    });
  });
};
