import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { Comparison, Reality } from '../../../domain/capacity/live/drift';
import { stillDiffering } from '../../../domain/capacity/live/stillDiffering';
import { parsePath } from '../../../domain/capacity/plan/paths';
import type { Sessions } from '../../../zk/sessions';
import { ContextKeys, PlanCommands } from '../../contributions';
import { PLAN_FILES } from '../../planUri';
import { PlanPlaces } from '../../planPlaces';
import { measuredEdit } from './planDocument';

const SOURCE = 'ZooKeeper, live';

/** What a plan was compared with. */
export interface Compared {
  readonly reality: Reality;
  readonly connectionId: string;
  /** Of the connection, as it may be shown. */
  readonly name: string;
}

/**
 * What differs between a plan and the ensemble, at the inputs of the plan, with quick fixes. The plan
 * is compared anew as it is edited, so that no finding outlives its cause; all of them end with the
 * connection that they are about.
 */
export class DriftDiagnostics implements Disposable, vscode.CodeActionProvider {
  private readonly store = new DisposableStore();
  private readonly collection = this.store.add(
    vscode.languages.createDiagnosticCollection('zookeeperWorkbench.drift'),
  );
  private readonly compared = new Map<string, Compared>();
  private readonly found = new Map<string, readonly Comparison[]>();

  constructor(sessions: Pick<Sessions, 'get' | 'onDidChange'>) {
    const { workspace, languages, CodeActionKind } = vscode;
    this.store.add(
      languages.registerCodeActionsProvider(PLAN_FILES, this, {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
    );
    this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.update(document)));
    this.store.add(workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)));
    this.store.add(
      sessions.onDidChange((id) => {
        if (!sessions.get(id)) this.clear(({ connectionId }) => connectionId === id);
      }),
    );
  }

  /** Replaces what an earlier comparison found. */
  show(document: vscode.TextDocument, compared: Compared): void {
    this.compared.set(document.uri.toString(), compared);
    this.update(document);
    this.tell();
  }

  /** Takes away what comparisons found. */
  clear(isWanted: (compared: Compared) => boolean = () => true): void {
    for (const [key, compared] of this.compared) {
      if (isWanted(compared)) this.forget(vscode.Uri.parse(key));
    }
  }

  /** The same for one plan. */
  forget(uri: vscode.Uri): void {
    this.compared.delete(uri.toString());
    this.found.delete(uri.toString());
    this.collection.delete(uri);
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
    const hasComparison = this.compared.size > 0;
    void vscode.commands.executeCommand('setContext', ContextKeys.hasComparison, hasComparison);
  }

  private update(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const compared = this.compared.get(key);
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
