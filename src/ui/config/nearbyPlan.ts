import * as vscode from 'vscode';
import { parsePlan } from '../../domain/capacity/plan/document';
import { isProblems } from '../../domain/capacity/result';
import { planFacts } from '../../domain/config/facts';
import type { NearbyPlan } from '../../domain/config/lint/lint';

const ENDING = '.zkplan.json';

/**
 * The plan that a configuration file is held against: the one that it says it was written from, or
 * the only one in its folder, else in the folder above.
 */
export class NearbyPlans {
  private last: { readonly text: string; readonly plan: NearbyPlan | undefined } | undefined;

  async of(document: vscode.TextDocument): Promise<NearbyPlan | undefined> {
    const folder = vscode.Uri.joinPath(document.uri, '..');
    const named = /^# \[plan\] Written from ([^,"\\/]{1,200}\.zkplan\.json)/m.exec(
      document.getText(),
    )?.[1];
    for (const at of [folder, vscode.Uri.joinPath(folder, '..')]) {
      if (vscode.workspace.getWorkspaceFolder(at) === undefined) return undefined;
      const plans = await plansIn(at);
      const file =
        plans.find((name) => name === named) ?? (plans.length === 1 ? plans[0] : undefined);
      if (file !== undefined) return this.read(vscode.Uri.joinPath(at, file), file);
    }
    return undefined;
  }

  /** A plan is computed once while its text stays the same. */
  private async read(uri: vscode.Uri, file: string): Promise<NearbyPlan | undefined> {
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    if (this.last?.text === text && this.last.plan?.file === file) return this.last.plan;
    const document = parsePlan(text);
    const facts = isProblems(document) ? document : planFacts(document.input);
    const plan = isProblems(facts) ? undefined : { file, facts };
    this.last = { text, plan };
    return plan;
  }
}

async function plansIn(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name, type]) => name.endsWith(ENDING) && (type & vscode.FileType.File) !== 0)
      .map(([name]) => name);
  } catch {
    return []; // a folder that cannot be listed has no plan for us
  }
}
