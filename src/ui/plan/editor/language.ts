import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/disposable';
import { modelPage } from '../../../domain/capacity/modelPages';
import { escapeMarkdown } from '../../plainText';
import { isPlanUri, PLAN_FILES } from '../../planUri';
import { examine, type Examination, type Finding, OUTDATED } from './findings';
import { hoverText } from './hoverText';
import { lensesOf } from './lenses';
import { PlanPlaces } from '../../planPlaces';
import { recomputeAction, remedyActions, renameActions } from './quickFixes';

/** How long typing has to rest before a plan is computed again, in milliseconds. */
const REST_MS = 300;
const SHOW_PAGE = 'markdown.showPreview';

/** Diagnostics, hovers and lenses of plans in editors. */
export class PlanLanguage
  implements Disposable, vscode.HoverProvider, vscode.CodeLensProvider, vscode.CodeActionProvider
{
  private readonly store = new DisposableStore();
  private readonly diagnostics = this.store.add(
    vscode.languages.createDiagnosticCollection('zookeeperWorkbench.plan'),
  );
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly examined = new Map<string, { version: number; result: Examination }>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** `docs` is the folder with the pages of the models. */
  constructor(private readonly docs: vscode.Uri) {
    const { workspace, languages } = vscode;
    this.store.add(workspace.onDidOpenTextDocument((document) => this.show(document)));
    this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.schedule(document)));
    this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
    this.store.add(languages.registerHoverProvider(PLAN_FILES, this));
    this.store.add(languages.registerCodeLensProvider(PLAN_FILES, this));
    this.store.add(languages.registerCodeActionsProvider(PLAN_FILES, this));
    workspace.textDocuments.forEach((document) => this.show(document));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isPlanUri(document.uri)) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const commands = lensesOf(this.examinationOf(document), document.uri);
    return commands.map((command) => new vscode.CodeLens(top, command));
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const text = document.getText();
    let root: unknown;
    try {
      root = JSON.parse(text);
    } catch {
      return undefined;
    }
    const path = new PlanPlaces(text).pathAt(document.offsetAt(position));
    const { computed } = this.examinationOf(document);
    const said = hoverText(path, root, computed, vscode.l10n);
    if (!said) return undefined;
    const markdown = new vscode.MarkdownString();
    markdown.appendMarkdown(`**${escapeMarkdown(said.heading)}**`);
    for (const line of said.lines) markdown.appendMarkdown(`\n\n${escapeMarkdown(line)}`);
    this.appendPage(markdown, said.model);
    return new vscode.Hover(markdown);
  }

  /** Results that are out of date are computed again, limits and misspelt names are put right. */
  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const outdated = diagnostics.filter(({ code }) => code === OUTDATED);
    return [
      ...(outdated.length > 0 ? [recomputeAction(document.uri, outdated)] : []),
      ...remedyActions(document, this.examinationOf(document).findings, diagnostics),
      ...renameActions(document, range),
    ];
  }

  /** A link to the page of a model; the only command that the hover may run opens it. */
  private appendPage(markdown: vscode.MarkdownString, model: string | undefined): void {
    const page = model === undefined ? undefined : modelPage(model);
    if (!page) return;
    const fragment = page.anchor;
    const uri = vscode.Uri.joinPath(this.docs, page.file).with({ fragment });
    const argument = encodeURIComponent(JSON.stringify([uri]));
    const label = escapeMarkdown(vscode.l10n.t('How it is computed'));
    markdown.isTrusted = { enabledCommands: [SHOW_PAGE] };
    markdown.appendMarkdown(`\n\n[${label}](command:${SHOW_PAGE}?${argument})`);
  }

  /** The examination of a document as it is now; results are kept until it changes. */
  private examinationOf(document: vscode.TextDocument): Examination {
    const key = document.uri.toString();
    const known = this.examined.get(key);
    if (known?.version === document.version) return known.result;
    const result = examine(document.getText(), vscode.l10n);
    this.examined.set(key, { version: document.version, result });
    return result;
  }

  private show(document: vscode.TextDocument): void {
    if (!isPlanUri(document.uri)) return;
    const { findings } = this.examinationOf(document);
    this.diagnostics.set(
      document.uri,
      findings.map((finding) => toDiagnostic(document, finding)),
    );
    this.changed.fire();
  }

  private schedule(document: vscode.TextDocument): void {
    if (!isPlanUri(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.show(document), REST_MS),
    );
  }

  private forget({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.examined.delete(key);
    this.diagnostics.delete(uri);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.store.dispose();
  }
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

function toDiagnostic(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const { from, to, message, severity, code } = finding;
  const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = 'ZooKeeper';
  diagnostic.code = code;
  return diagnostic;
}
