import { modify } from 'jsonc-parser';
import * as vscode from 'vscode';
import { parsePath } from '../../../domain/capacity/plan/paths';
import { short } from '../../../domain/capacity/plan/report';
import { PlanCommands } from '../../contributions';
import { indentationOf } from '../recomputePlan';
import type { Finding } from './findings';
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

/** For each finding that an input would put right, that input with its value. */
export function remedyActions(
  document: vscode.TextDocument,
  findings: readonly Finding[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  return findings.flatMap(({ remedy, message }) => {
    const marked = diagnostics.filter((one) => one.message === message);
    if (!remedy || marked.length === 0) return [];
    const path = parsePath(remedy.input);
    const title = vscode.l10n.t('Set {0} to {1}', String(path.at(-1)), short(remedy.value, 6));
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = marked;
    action.isPreferred = true;
    action.edit = new vscode.WorkspaceEdit();
    const formattingOptions = indentationOf(document);
    const edits = modify(document.getText(), [...path], remedy.value, { formattingOptions });
    for (const { offset, length, content } of edits) {
      const range = new vscode.Range(
        document.positionAt(offset),
        document.positionAt(offset + length),
      );
      action.edit.replace(document.uri, range, content);
    }
    return [action];
  });
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
