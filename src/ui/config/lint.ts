import * as vscode from 'vscode';
import { Coalescer } from '../../base/async';
import { DisposableStore } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Finding, Fix } from '../../domain/config/lint/finding';
import { lintZooCfg, looksLikeZooCfg } from '../../domain/config/lint/lint';
import { type CfgRange, MAX_CFG_LENGTH } from '../../domain/config/zooCfgParse';
import { plainText } from '../plainText';
import { isOneDevice } from './devices';
import { isCandidate, isDynamic, isZooCfg } from './lintFiles';
import { findingText, fixText } from './lintText';
import { NearbyPlans } from './nearbyPlan';

const TYPING_MS = 300;
const SOURCE = 'ZooKeeper';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Findings in open `zoo.cfg` files as diagnostics with quick fixes. */
export class ZooCfgLint implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly diagnostics = this.store.add(
    vscode.languages.createDiagnosticCollection('zookeeperWorkbench.config'),
  );
  private readonly fixes = new WeakMap<vscode.Diagnostic, Fix>();
  private readonly plans = new NearbyPlans();
  private readonly pending = new Set<vscode.TextDocument>();
  private readonly soon = this.store.add(new Coalescer(TYPING_MS, () => this.lintPending()));

  constructor(private readonly log: Logger) {
    const { workspace } = vscode;
    const later = (document: vscode.TextDocument): void => {
      this.pending.add(document);
      this.soon.schedule();
    };
    const all = (): void => workspace.textDocuments.filter(isCandidate).forEach(later);
    this.store.add(workspace.onDidOpenTextDocument((one) => isCandidate(one) && later(one)));
    this.store.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (isCandidate(document)) later(document);
        else if (document.uri.path.endsWith('.zkplan.json')) all();
      }),
    );
    this.store.add(workspace.onDidCloseTextDocument(({ uri }) => this.diagnostics.delete(uri)));
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    const files = [{ pattern: '**/*.cfg' }, { pattern: '**/*.cfg.dynamic*' }];
    this.store.add(vscode.languages.registerCodeActionsProvider(files, this, kinds));
    all();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const known = this.diagnostics.get(document.uri) ?? [];
    return known
      .filter((one) => diagnostics.some((asked) => isSame(asked, one)))
      .flatMap((diagnostic) => {
        const fix = this.fixes.get(diagnostic);
        if (fix === undefined) return [];
        const title = plainText(fixText(fix, vscode.l10n));
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.edit = new vscode.WorkspaceEdit();
        for (const { range, text } of fix.edits) {
          action.edit.replace(document.uri, rangeOf(range), text);
        }
        return [action];
      });
  }

  dispose(): void {
    this.store.dispose();
  }

  private lintPending(): void {
    const documents = [...this.pending];
    this.pending.clear();
    for (const document of documents) {
      this.lint(document).catch((error: unknown) => this.log.error(document.uri.path, error));
    }
  }

  private async lint(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const text = document.getText();
    if (text.length > MAX_CFG_LENGTH) return;
    if (!isZooCfg(uri.path) && !isDynamic(uri.path) && !looksLikeZooCfg(text)) {
      this.diagnostics.delete(uri);
      return;
    }
    const around = {
      plan: await this.plans.of(document),
      isOneDevice: uri.scheme === 'file' ? await isOneDevice(text) : undefined,
    };
    if (document.isClosed || document.version !== version) return;
    const findings = lintZooCfg(text, isDynamic(uri.path), around);
    this.diagnostics.set(
      uri,
      findings.map((finding) => this.diagnosticOf(finding)),
    );
  }

  private diagnosticOf(finding: Finding): vscode.Diagnostic {
    const message = plainText(findingText(finding, vscode.l10n));
    const severity = SEVERITIES[finding.severity];
    const diagnostic = new vscode.Diagnostic(rangeOf(finding.range), message, severity);
    diagnostic.source = SOURCE;
    diagnostic.code = finding.code;
    if (finding.fix !== undefined) this.fixes.set(diagnostic, finding.fix);
    return diagnostic;
  }
}

const rangeOf = ({ line, column, endLine, endColumn }: CfgRange): vscode.Range =>
  new vscode.Range(line, column, endLine, endColumn);

const isSame = (a: vscode.Diagnostic, b: vscode.Diagnostic): boolean =>
  a.code === b.code && a.message === b.message && a.range.isEqual(b.range);
