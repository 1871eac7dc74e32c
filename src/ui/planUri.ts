import * as vscode from 'vscode';

/** The documents that are plans. */
export const PLAN_FILES: vscode.DocumentFilter = { pattern: '**/*.zkplan.json' };

export const isPlanUri = ({ path, scheme }: vscode.Uri): boolean =>
  path.endsWith('.zkplan.json') && scheme !== 'git' && scheme !== 'zk';

const MOST_PLANS = 200;

/** The plans of the workspace with their paths in it, by path. */
export async function findPlans(): Promise<{ readonly uri: vscode.Uri; readonly path: string }[]> {
  const pattern = '**/*.zkplan.json';
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', MOST_PLANS);
  if (found.length === 0) {
    throw new Error(vscode.l10n.t('There is no plan (*.zkplan.json) in this workspace yet.'));
  }
  return found
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** The plan that a command is for: of its argument, or of the active editor. */
export function planUriOf(argument: unknown): vscode.Uri {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (uri && isPlanUri(uri)) return uri;
  throw new Error(vscode.l10n.t('Open a plan (*.zkplan.json) first.'));
}
