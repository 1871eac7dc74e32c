import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Waits until the condition holds; says what was waited for when it doesn't. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}

/** The `FileSystemError` with which an operation fails. */
export async function fileError(operation: Thenable<unknown>): Promise<vscode.FileSystemError> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return error;
    throw error;
  }
  throw new Error('The operation did not fail.');
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
