import * as vscode from 'vscode';
import type { UserInput } from './userInput';

/** Says why something needs a folder of the workspace, and offers to open one. */
export function offerFolder(ui: UserInput, message: string): void {
  const label = vscode.l10n.t('Open Folder');
  ui.notify({ severity: 'warning', message, actions: [{ label, command: 'vscode.openFolder' }] });
}
