import * as vscode from 'vscode';
import { type Indentation, recompute } from './editor/recompute';

/** Puts fresh results into the document of a plan, as one edit to undo; saving is the user's. */
export async function recomputePlan(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { version } = document;
  const change = recompute(document.getText(), indentationOf(document), vscode.l10n);
  if (!change) {
    const message = vscode.l10n.t('The results of this plan are up to date.');
    vscode.window.setStatusBarMessage(message, 5000);
    return;
  }
  const { from, to, text } = change;
  const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text);
  const isDone = document.version === version && (await vscode.workspace.applyEdit(edit));
  if (!isDone) throw new Error(vscode.l10n.t('The results could not be put into the plan.'));
}

/** As its first indented line is. */
export function indentationOf(document: vscode.TextDocument): Indentation {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const [, first = '  '] = /^([ \t]+)\S/m.exec(document.getText()) ?? [];
  return {
    eol,
    insertSpaces: !first.startsWith('\t'),
    tabSize: first.startsWith('\t') ? 1 : first.length,
  };
}
