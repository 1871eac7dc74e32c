import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { Comparison } from '../../../domain/capacity/live/drift';
import { stillDiffering } from '../../../domain/capacity/live/stillDiffering';
import { parsePath } from '../../../domain/capacity/plan/paths';
import { ContextKeys, PlanCommands } from '../../contributions';
import { PLAN_FILES } from '../../planUri';
import { PlanPlaces } from '../../planPlaces';
import type { Compared, Comparisons } from './comparisons';
import { measuredEdit } from './planDocument';

const SOURCE = 'ZooKeeper, live';

/**
 * What differs between a plan and the ensemble, at the inputs of the plan, with quick fixes. The plan
 * is compared anew as it is edited, so that no finding outlives its cause.
 */
export class DriftDiagnostics implements Disposable, vscode.CodeActionProvider {
  private readonly store = new DisposableStore();
  private readonly collection = this.store.add(
    vscode.languages.createDiagnosticCollection('zookeeperWorkbench.drift'),
  );
  private readonly found = new Map<string, readonly Comparison[]>();

  constructor(private readonly comparisons: Comparisons) {
    const { workspace, languages, CodeActionKind } = vscode;
    this.store.add(
      languages.registerCodeActionsProvider(PLAN_FILES, this, {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
    );
    this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.update(document)));
    this.store.add(
      workspace.onDidCloseTextDocument(({ uri }) => comparisons.forget(uri.toString())),
    );
    this.store.add(
      comparisons.onDidForget((document) => {
        this.found.delete(document);
        this.collection.delete(vscode.Uri.parse(document));
        this.tell();
      }),
    );
  }

  /** Replaces what an earlier comparison found. */
  show(document: vscode.TextDocument, compared: Compared): void {
    this.comparisons.set(document.uri.toString(), compared);
    this.update(document);
    this.tell();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { t } = vscode.l10n;
    const all = this.found.get(document.uri.toString()) ?? [];
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
    const clear = new vscode.CodeAction(
      t('Clear what comparisons found'),
      vscode.CodeActionKind.QuickFix,
    );
    clear.command = { title: clear.title, command: PlanCommands.clearComparison };
    return [...actions, again, clear];
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Whether there is something to clear. */
  private tell(): void {
    const hasComparison = !this.comparisons.isEmpty;
    void vscode.commands.executeCommand('setContext', ContextKeys.hasComparison, hasComparison);
  }

  private update(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const compared = this.comparisons.get(key);
    if (!compared) return;
    const text = document.getText();
    const places = new PlanPlaces(text);
    const found = stillDiffering(text, compared.reality);
    const when = new Date(compared.reality.sample.at).toLocaleString(vscode.env.language, {
      ...{ dateStyle: 'medium', timeStyle: 'short' },
    });
    this.found.set(key, found);
    this.collection.set(
      document.uri,
      found.map(({ name, field, message }) => {
        const { from, to } = places.spanOf(parsePath(field));
        const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
        const told = vscode.l10n.t('{0} Measured at {1}, {2}.', message, compared.name, when);
        const diagnostic = new vscode.Diagnostic(range, told, vscode.DiagnosticSeverity.Warning);
        diagnostic.source = SOURCE;
        diagnostic.code = name;
        return diagnostic;
      }),
    );
  }
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
