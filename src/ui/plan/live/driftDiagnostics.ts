import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { Comparison } from '../../../domain/capacity/live/drift';
import { parsePath } from '../../../domain/capacity/plan/paths';
import { PlanCommands } from '../../contributions';
import { PLAN_FILES } from '../../planUri';
import { PlanText } from '../editor/planText';
import { measuredEdit } from './planDocument';

const SOURCE = 'ZooKeeper, live';

/** What differs between a plan and the ensemble, at the inputs of the plan, with quick fixes. */
export class DriftDiagnostics implements Disposable, vscode.CodeActionProvider {
  private readonly store = new DisposableStore();
  private readonly collection = this.store.add(
    vscode.languages.createDiagnosticCollection('zookeeperWorkbench.drift'),
  );
  private readonly found = new Map<string, readonly Finding[]>();

  constructor() {
    const { workspace, languages, CodeActionKind } = vscode;
    this.store.add(
      languages.registerCodeActionsProvider(PLAN_FILES, this, {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
    );
    this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.update(document)));
    this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
  }

  /** Replaces what an earlier comparison found; `text` is what was compared. */
  show(document: vscode.TextDocument, text: string, comparisons: readonly Comparison[]): void {
    const drifted = comparisons.filter(({ verdict }) => verdict === 'drift');
    const findings = drifted.map((one) => ({ ...one, was: valueText(text, one) }));
    this.found.set(document.uri.toString(), findings);
    this.update(document);
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { t } = vscode.l10n;
    const all = this.open(document);
    const here = diagnostics.filter(({ source }) => source === SOURCE);
    if (here.length === 0) return [];
    const actions: vscode.CodeAction[] = [];
    const add = (title: string, comparisons: readonly Comparison[], isPreferred: boolean): void => {
      const inputs = comparisons.flatMap(({ fix }) => fix ?? []);
      const edit = inputs.length > 0 ? editOf(document, inputs) : undefined;
      if (!edit) return;
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      const names = comparisons.map(({ name }) => name);
      action.edit = edit;
      action.isPreferred = isPreferred;
      action.diagnostics = here.filter(
        ({ code }) => typeof code === 'string' && names.includes(code),
      );
      actions.push(action);
    };
    for (const one of all.filter(({ name }) => here.some(({ code }) => code === name))) {
      if (one.fix) add(t('Set {0} to {1} (measured)', one.fix.field, one.fix.value), [one], true);
    }
    const fixable = all.filter(({ fix }) => fix);
    if (fixable.length > 1) add(t('Recompute with all measured values'), fixable, false);
    const again = new vscode.CodeAction(
      t('Compare with the live ensemble again'),
      vscode.CodeActionKind.QuickFix,
    );
    again.command = {
      ...{ title: again.title, command: PlanCommands.compare, arguments: [document.uri] },
    };
    return [...actions, again];
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Findings whose input is still what it was: another value was not compared, or is the fix. */
  private open(document: vscode.TextDocument): Finding[] {
    const all = this.found.get(document.uri.toString()) ?? [];
    const text = document.getText();
    return all.filter((one) => !one.fix || valueText(text, one) === one.was);
  }

  /** Findings move with the text. */
  private update(document: vscode.TextDocument): void {
    if (!this.found.has(document.uri.toString())) return;
    const places = new PlanText(document.getText());
    this.collection.set(
      document.uri,
      this.open(document).map(({ name, field, message }) => {
        const { from, to } = places.spanOf(parsePath(field));
        const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
        const { Warning } = vscode.DiagnosticSeverity;
        const diagnostic = new vscode.Diagnostic(range, message, Warning);
        diagnostic.source = SOURCE;
        diagnostic.code = name;
        return diagnostic;
      }),
    );
  }

  private forget({ uri }: vscode.TextDocument): void {
    this.found.delete(uri.toString());
    this.collection.delete(uri);
  }
}

interface Finding extends Comparison {
  /** The text of the input's value when it was compared. */
  readonly was: string | undefined;
}

function valueText(text: string, { fix }: Comparison): string | undefined {
  const places = new PlanText(text);
  const path = parsePath(fix?.field ?? '');
  if (!fix || !places.has(path)) return undefined;
  const { from, to } = places.spanOf(path);
  return text.slice(from, to);
}

/** Undefined where the plan would have no results: then the values belong to another plan. */
function editOf(
  document: vscode.TextDocument,
  inputs: readonly NonNullable<Comparison['fix']>[],
): vscode.WorkspaceEdit | undefined {
  try {
    return measuredEdit(document, inputs);
  } catch {
    return undefined;
  }
}
