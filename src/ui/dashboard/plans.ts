import * as vscode from 'vscode';
import { MAX_DOCUMENT, parsePlan } from '../../domain/capacity/plan/document';
import { evaluate } from '../../domain/capacity/plan/evaluate';
import { isProblems } from '../../domain/capacity/result';
import { bandsOf } from '../../domain/dashboard/bands';
import { plainText } from '../plainText';
import { findPlans, isPlanUri } from '../planUri';
import type { UserInput } from '../userInput';
import type { AttachedPlan } from './controller';

/** Asks which plan of the workspace to compare with; undefined takes the bands away. */
export async function choosePlan(
  ui: UserInput,
  current: string,
): Promise<AttachedPlan | undefined> {
  const plans = await findPlans();
  const uri = await ui.pick<vscode.Uri | undefined>({
    title: vscode.l10n.t('Compare with Plan'),
    placeholder: vscode.l10n.t('Which plan shall the charts show?'),
    items: [
      ...plans.map(({ uri, path }) => ({ label: plainText(path), value: uri })),
      ...(current === '' ? [] : [{ label: vscode.l10n.t('No plan'), value: undefined }]),
    ],
  });
  return uri && readPlan(uri);
}

/** The bands of a plan of the workspace. Throws a sentence for one that cannot be used. */
export async function readPlan(uri: vscode.Uri): Promise<AttachedPlan> {
  const file = plainText(vscode.workspace.asRelativePath(uri));
  const unusable = (why: string): Error =>
    new Error(vscode.l10n.t('The plan {0} cannot be used: {1}', file, why));
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > 4 * MAX_DOCUMENT) throw unusable(vscode.l10n.t('it is too long.'));
  const document = parsePlan(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  if (isProblems(document)) throw unusable(document[0]?.message ?? '');
  const planned = evaluate(document.input);
  if (isProblems(planned)) throw unusable(planned[0]?.message ?? '');
  return { uri: uri.toString(), file, bands: bandsOf(document.input, planned) };
}

/** The same for a document that VS Code remembered; one outside the workspace is forgotten. */
export async function rereadPlan(text: string): Promise<AttachedPlan | undefined> {
  const uri = vscode.Uri.parse(text);
  if (!isPlanUri(uri) || !vscode.workspace.getWorkspaceFolder(uri)) return undefined;
  return readPlan(uri);
}
