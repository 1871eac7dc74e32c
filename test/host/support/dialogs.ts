import * as vscode from 'vscode';

type Show = (
  message: string,
  options: vscode.MessageOptions,
  ...items: vscode.MessageItem[]
) => Promise<vscode.MessageItem | undefined>;

/**
 * Presses these buttons of the modal questions that come up meanwhile; undefined leaves one. Nobody
 * can press them from inside VS Code. Returns the questions with their details, and fails when there
 * are more or fewer of them.
 */
export async function answering(
  buttons: readonly (string | undefined)[],
  action: () => Thenable<unknown>,
): Promise<string[]> {
  const { window } = vscode as { window: { showWarningMessage: unknown } };
  const original = window.showWarningMessage;
  const asked: string[] = [];
  const show: Show = (message, { detail }, ...items) => {
    const button = buttons[asked.length];
    asked.push(`${message}\n${detail}`);
    const item = items.find(({ title }) => title === button);
    if (asked.length > buttons.length || (button !== undefined && !item)) {
      throw new Error(`Nobody answers: ${message}`);
    }
    return Promise.resolve(item);
  };
  window.showWarningMessage = show;
  try {
    await action();
  } finally {
    window.showWarningMessage = original;
  }
  if (asked.length !== buttons.length) throw new Error(`Asked only ${asked.length} questions.`);
  return asked;
}
