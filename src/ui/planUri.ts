import * as vscode from 'vscode';

/** The documents that are plans. */
export const PLAN_FILES: vscode.DocumentFilter = { pattern: '**/*.zkplan.json' };

export const isPlanUri = ({ path, scheme }: vscode.Uri): boolean =>
  path.endsWith('.zkplan.json') && scheme !== 'git' && scheme !== 'zk';

/** The plan that a command is for: of its argument, or of the active editor. */
export function planUriOf(argument: unknown): vscode.Uri {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (uri && isPlanUri(uri)) return uri;
  throw new Error(vscode.l10n.t('Open a plan (*.zkplan.json) first.'));
}
