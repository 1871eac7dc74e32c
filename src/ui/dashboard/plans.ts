import * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import type { Disposable } from '../../base/disposable';
import { parsePlan } from '../../domain/capacity/plan/document';
import { evaluate } from '../../domain/capacity/plan/evaluate';
import { isProblems } from '../../domain/capacity/result';
import { type Band, bandsOf } from '../../domain/dashboard/bands';
import { plainText } from '../plainText';
import { PlanFile } from '../planFile';
import { findPlans, isPlanUri } from '../planUri';
import type { UserInput } from '../userInput';
import type { AttachedPlan } from './controller';

/** Asks which plan of the workspace to compare with; undefined takes the bands away. */
export async function choosePlan(ui: UserInput, current: string): Promise<vscode.Uri | undefined> {
  const plans = await findPlans();
  return ui.pick<vscode.Uri | undefined>({
    title: vscode.l10n.t('Compare with Plan'),
    placeholder: vscode.l10n.t('Which plan shall the charts show?'),
    items: [
      ...plans.map(({ uri, path }) => ({ label: plainText(path), value: uri })),
      ...(current === '' ? [] : [{ label: vscode.l10n.t('No plan'), value: undefined }]),
    ],
  });
}

/** The plan that VS Code remembered; one outside the workspace is forgotten. */
export function rememberedPlan(text: string): vscode.Uri | undefined {
  const uri = vscode.Uri.parse(text);
  return isPlanUri(uri) && vscode.workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

/** The plan of one dashboard: its bands follow what its editor or its file says. */
export class FollowedPlan implements Disposable {
  private file: PlanFile | undefined;
  private isDisposed = false;

  constructor(private readonly attach: (plan: AttachedPlan | undefined) => void) {}

  async follow(uri: vscode.Uri | undefined): Promise<void> {
    if (this.isDisposed) return; // closed while the user chose
    this.file?.dispose();
    this.file = undefined;
    if (!uri) return this.attach(undefined);
    const file: PlanFile = new PlanFile(uri, () => void this.update(uri, file));
    this.file = file;
    await this.update(uri, file);
  }

  dispose(): void {
    this.isDisposed = true;
    this.file?.dispose();
    this.file = undefined;
  }

  /** A plan that has no bands says why, and goes on being followed. */
  private async update(uri: vscode.Uri, file: PlanFile): Promise<void> {
    const read = await bandsIn(file).catch((error: unknown) => messageOf(error));
    if (this.file !== file) return; // another plan was chosen meanwhile
    this.attach({
      uri: uri.toString(),
      file: plainText(vscode.workspace.asRelativePath(uri)),
      ...(typeof read === 'string' ? { bands: [], problem: plainText(read) } : { bands: read }),
    });
  }
}

async function bandsIn(file: PlanFile): Promise<Band[]> {
  const text = await file.read().catch(() => {
    throw new Error(vscode.l10n.t('The file cannot be read. It may have been moved or deleted.'));
  });
  const document = parsePlan(text);
  if (isProblems(document)) throw new Error(document[0]?.message);
  const planned = evaluate(document.input);
  if (isProblems(planned)) throw new Error(planned[0]?.message);
  return bandsOf(document.input, planned);
}
