import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { DashboardState, FromDashboardPage } from '../../protocol/dashboard';
import type { EnsembleSamplers } from '../../zk/ensemble/samplers';
import type { Sessions } from '../../zk/sessions';
import { DASHBOARD_VIEW } from '../contributions';
import { plainText } from '../plainText';
import { Cancelled, type UserInput } from '../userInput';
import { showPage } from '../webviewPage';
import { DashboardController } from './controller';
import { choosePlan, rereadPlan } from './plans';

export interface DashboardPanelPorts {
  readonly sessions: Pick<Sessions, 'onDidChange'>;
  readonly samplers: Pick<EnsembleSamplers, 'of'>;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly intervalMs: () => number;
  readonly extensionUri: vscode.Uri;
  readonly ui: UserInput;
  readonly log: Logger;
}

/** The open dashboards, one for each connection. */
export class DashboardPanels {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly ports: DashboardPanelPorts) {}

  show(connectionId: string): void {
    const open = this.panels.get(connectionId);
    if (open) return open.reveal();
    const name = this.ports.nameOf(connectionId) ?? connectionId;
    const title = vscode.l10n.t('Ensemble of {0}', plainText(name));
    const column = vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(DASHBOARD_VIEW, title, column);
    this.attach(panel, { connectionId, planUri: '' });
  }

  /** Fills a panel that VS Code kept over a reload of the window. */
  restore(panel: vscode.WebviewPanel, saved: unknown): void {
    const state = stateOf(saved);
    if (state && !this.panels.has(state.connectionId)) this.attach(panel, state);
    else panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, { connectionId, planUri }: DashboardState): void {
    const { sessions, samplers, nameOf, intervalMs, extensionUri, log } = this.ports;
    const { webview } = panel;
    this.panels.set(connectionId, panel);
    const own = new DisposableStore();
    const controller = own.add(
      new DashboardController({
        connectionId,
        name: plainText(nameOf(connectionId) ?? connectionId),
        intervalMs,
        l10n: vscode.l10n,
        post: (message) => void webview.postMessage(message),
      }),
    );
    const follow = (): void => controller.follow(samplers.of(connectionId));
    own.add(sessions.onDidChange((id) => (id === connectionId ? follow() : undefined)));
    own.add(panel.onDidChangeViewState(() => controller.setVisible(panel.visible)));
    own.add(
      webview.onDidReceiveMessage((message: FromDashboardPage) => {
        this.receive(message, controller).catch((error: unknown) => {
          if (error instanceof Cancelled) return;
          log.error('dashboard', error);
          this.ports.ui.notify({ severity: 'error', message: String(error) });
        });
      }),
    );
    panel.onDidDispose(() => {
      own.dispose();
      this.panels.delete(connectionId);
    });
    controller.setVisible(panel.visible);
    follow();
    rereadPlan(planUri).then(
      (plan) => plan && controller.attach(plan),
      (error: unknown) => log.error('plan of the dashboard', error),
    );
    showPage(webview, extensionUri, { page: 'dashboard', title: panel.title });
  }

  private async receive(
    message: FromDashboardPage,
    controller: DashboardController,
  ): Promise<void> {
    switch (message.type) {
      case 'ready':
        return controller.ready();
      case 'pause':
        return controller.setPaused(message.isPaused);
      case 'choosePlan':
        return controller.attach(await choosePlan(this.ports.ui, controller.state.planUri));
      case 'export':
        return exportCsv(controller);
      case 'help':
        return showHelp(this.ports.extensionUri);
    }
  }
}

async function showHelp(extensionUri: vscode.Uri): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'media', 'docs', 'dashboard.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

/** Writes what is in memory to a file that the user names. */
async function exportCsv(controller: DashboardController): Promise<void> {
  const { csv, state } = controller;
  const name = `zookeeper-${state.connectionId}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.csv`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Samples of the Ensemble'),
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
}

/** The state of a page as VS Code kept it; undefined when it makes no sense. */
function stateOf(saved: unknown): DashboardState | undefined {
  const { connectionId, planUri } = (saved ?? {}) as Partial<Record<keyof DashboardState, unknown>>;
  if (typeof connectionId !== 'string' || !/^[a-z0-9-]{1,100}$/.test(connectionId))
    return undefined;
  return { connectionId, planUri: typeof planUri === 'string' ? planUri : '' };
}
