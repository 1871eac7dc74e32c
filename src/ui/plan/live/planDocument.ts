import * as vscode from 'vscode';
import { type PlanDocument, parsePlan } from '../../../domain/capacity/plan/document';
import { isProblems } from '../../../domain/capacity/result';
import { columnShowing } from '../../editorColumns';
import { findPlans, isPlanUri } from '../../planUri';
import { plainText } from '../../plainText';
import type { UserInput } from '../../userInput';
import { type MeasuredInput, withMeasured } from '../editor/measured';
import { differenceOf } from '../editor/recompute';
import { indentationOf } from '../recomputePlan';

/** The plan of the argument or the active editor, else one of the workspace that the user picks. */
export async function choosePlan(argument: unknown, ui: UserInput): Promise<vscode.Uri> {
  const { t } = vscode.l10n;
  const active = vscode.window.activeTextEditor?.document.uri;
  const named = argument instanceof vscode.Uri ? argument : active;
  if (named && isPlanUri(named)) return named;
  const plans = await findPlans();
  const [only] = plans;
  if (only && plans.length === 1) return only.uri;
  return ui.pick({
    title: t('Choose a Plan'),
    placeholder: t('Which plan?'),
    items: plans.map(({ uri, path }) => ({ label: path, value: uri })),
  });
}

/** The inputs of a plan; an error names what is wrong with its text. */
export function readPlanText(document: vscode.TextDocument): PlanDocument {
  const read = parsePlan(document.getText());
  if (!isProblems(read)) return read;
  const name = plainText(vscode.workspace.asRelativePath(document.uri));
  throw new Error(vscode.l10n.t('{0} is no plan: {1}', name, read[0]?.message ?? ''));
}

/** Shows a plan in the column that has it already. */
export async function showPlan(document: vscode.TextDocument): Promise<void> {
  const own = document.uri.toString();
  const viewColumn = columnShowing((uri) => uri.toString() === own) ?? vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(document, { preview: false, viewColumn });
}

/** Puts measured values into a plan as one edit to undo; saving is the user's. */
export async function applyMeasured(
  document: vscode.TextDocument,
  inputs: readonly MeasuredInput[],
): Promise<void> {
  const edit = measuredEdit(document, inputs);
  if (edit && !(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('The measured values could not be put into the plan.'));
  }
}

/** The edit for that; undefined when it changes nothing. */
export function measuredEdit(
  document: vscode.TextDocument,
  inputs: readonly MeasuredInput[],
): vscode.WorkspaceEdit | undefined {
  const before = document.getText();
  const after = withMeasured(before, inputs, indentationOf(document), vscode.l10n);
  const change = differenceOf(before, after);
  if (!change) return undefined;
  const range = new vscode.Range(document.positionAt(change.from), document.positionAt(change.to));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, change.text);
  return edit;
}
