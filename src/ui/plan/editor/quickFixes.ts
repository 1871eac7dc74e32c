import * as vscode from 'vscode';
import { PlanCommands } from '../../contributions';
import { misspeltNames } from './misspelt';

export function recomputeAction(
  uri: vscode.Uri,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const title = vscode.l10n.t('Recompute');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command: PlanCommands.recompute, arguments: [uri] };
  return Object.assign(action, { diagnostics, isPreferred: true });
}

/** For each misspelt name in a range the one that it may stand for. */
export function renameActions(
  document: vscode.TextDocument,
  range: vscode.Range,
): vscode.CodeAction[] {
  return misspeltNames(document.getText()).flatMap(({ from, to, name, meant }) => {
    const place = new vscode.Range(document.positionAt(from), document.positionAt(to));
    if (!place.intersection(range)) return [];
    const title = vscode.l10n.t('Change {0} to {1}', name, meant);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, place, JSON.stringify(meant));
    return [action];
  });
}
