import * as vscode from 'vscode';
import { messageOf } from '../../base/assert';
import type { Logger } from '../../base/logger';
import type { FromReportPage, ReportSnapshot } from '../../protocol/report';
import { REPORT_VIEW } from '../contributions';
import { columnShowing } from '../editorColumns';
import { plainText } from '../plainText';
import { PlanFile } from '../planFile';
import { PlanPlaces } from '../planPlaces';
import { isPlanUri } from '../planUri';
import { showPage } from '../webviewPage';
import { ModelPages } from './models';
import { reportOf } from './snapshot';
import { reportStrings } from './strings';

export interface ReportPorts {
  readonly extensionUri: vscode.Uri;
  readonly log: Logger;
}

/** The open reports, one for each plan document. */
export class ReportPanels {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  private readonly pages: ModelPages;

  constructor(private readonly ports: ReportPorts) {
    this.pages = new ModelPages(ports.extensionUri, ports.log);
  }

  /** Shows the report of a plan beside it. */
  show(uri: vscode.Uri): void {
    const open = this.panels.get(uri.toString());
    if (open) return open.reveal(undefined, true);
    const title = vscode.l10n.t('Report of {0}', plainText(fileName(uri)));
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.attach(vscode.window.createWebviewPanel(REPORT_VIEW, title, where), uri);
  }

  /** Fills a panel that VS Code kept over a reload of the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const uri = uriOf(state);
    if (uri && !this.panels.has(uri.toString())) this.attach(panel, uri);
    else panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, uri: vscode.Uri): void {
    const key = uri.toString();
    this.panels.set(key, panel);
    const { webview } = panel;
    const report = new PlanReport(uri, this.pages, this.ports.log, (message) => {
      void webview.postMessage(message);
    });
    webview.onDidReceiveMessage((message: FromReportPage) => report.receive(message));
    panel.onDidDispose(() => {
      report.dispose();
      this.panels.delete(key);
    });
    showPage(webview, this.ports.extensionUri, { page: 'report', title: panel.title });
  }
}

/** The report of one plan: follows its text and tells its page. */
class PlanReport {
  private readonly text: PlanFile;
  private isReady = false;
  private version = 0;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly pages: ModelPages,
    private readonly log: Logger,
    private readonly post: (message: ReportSnapshot) => void,
  ) {
    this.text = new PlanFile(uri, () => this.update());
  }

  receive(message: FromReportPage): void {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        return this.update();
      case 'openModel':
        return this.run(this.pages.open(message.model));
      case 'openPlan':
        return this.run(openPlan(this.uri));
      case 'showInput':
        return this.run(showInput(this.uri, message.where));
    }
  }

  dispose(): void {
    this.isReady = false;
    this.text.dispose();
  }

  private update(): void {
    if (this.isReady) this.run(this.compute());
  }

  private async compute(): Promise<void> {
    const version = ++this.version;
    const snapshot = await this.snapshot();
    if (this.isReady && version === this.version) this.post(snapshot);
  }

  private async snapshot(): Promise<ReportSnapshot> {
    const head = {
      type: 'snapshot',
      strings: reportStrings(vscode.l10n),
      uri: this.uri.toString(),
      file: fileName(this.uri),
    } as const;
    let text: string;
    try {
      text = await this.text.read();
    } catch (error) {
      this.log.debug(`report: ${messageOf(error)}`);
      const message = vscode.l10n.t('The file cannot be read. It may have been moved or deleted.');
      const problems = [{ where: '', message }];
      return { ...head, title: '', outcome: { kind: 'problems', isInfeasible: false, problems } };
    }
    const { pages } = this;
    await pages.readAll();
    const modelOf = (id: string) => pages.describe(id);
    const { title, outcome } = reportOf(text, { l10n: vscode.l10n, modelOf });
    return { ...head, title, outcome };
  }

  private run(task: Promise<unknown>): void {
    task.catch((error: unknown) => this.log.error('plan report', error));
  }
}

/** Shows the document where it is open already, else in the first column. */
async function openPlan(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const column = columnShowing((one) => one.toString() === uri.toString());
  return vscode.window.showTextDocument(uri, { viewColumn: column ?? vscode.ViewColumn.One });
}

/** Selects the value of an input, or what it is missing in. */
async function showInput(uri: vscode.Uri, where: string): Promise<void> {
  const { document } = await openPlan(uri);
  const places = new PlanPlaces(document.getText());
  const { from, to } = places.spanOf(places.inputAt(where));
  const selection = new vscode.Range(document.positionAt(from), document.positionAt(to));
  await vscode.window.showTextDocument(document, { selection });
}

const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

/** The document of a state that VS Code kept; undefined when it names no plan. */
function uriOf(state: unknown): vscode.Uri | undefined {
  const { uri } = (state ?? {}) as { uri?: unknown };
  const parsed = typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined;
  return parsed && isPlanUri(parsed) ? parsed : undefined;
}
