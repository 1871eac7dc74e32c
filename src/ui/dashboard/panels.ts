import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { DashboardState, FromDashboardPage } from '../../protocol/dashboard';
import type { EnsembleSamplers } from '../../zk/ensemble/samplers';
import type { Sessions } from '../../zk/sessions';
import { Commands, DASHBOARD_VIEW } from '../contributions';
import { describeError } from '../errorText';
import { plainText } from '../plainText';
import { Cancelled, type UserInput } from '../userInput';
import { showPage } from '../webviewPage';
import { DashboardController } from './controller';
import { choosePlan, FollowedPlan, rememberedPlan } from './plans';

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
        isKnown: () => nameOf(connectionId) !== undefined,
        intervalMs,
        l10n: vscode.l10n,
        post: (message) => void webview.postMessage(message),
      }),
    );
    const plan = own.add(new FollowedPlan((attached) => controller.attach(attached)));
    const follow = (): void => controller.follow(samplers.of(connectionId));
    own.add(sessions.onDidChange((id) => (id === connectionId ? follow() : undefined)));
    own.add(panel.onDidChangeViewState(() => controller.setVisible(panel.visible)));
    own.add(
      webview.onDidReceiveMessage((message: FromDashboardPage) => {
        this.receive(message, controller, plan).catch((error: unknown) => {
          if (error instanceof Cancelled) return;
          log.error('dashboard', error);
          const what = describeError(error, vscode.l10n);
          this.ports.ui.notify({ severity: 'error', message: what });
        });
      }),
    );
    panel.onDidDispose(() => {
      own.dispose();
      this.panels.delete(connectionId);
    });
    controller.setVisible(panel.visible);
    follow();
    const remembered = rememberedPlan(planUri);
    if (remembered) void plan.follow(remembered);
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'dashboard-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'dashboard-dark.svg'),
    };
    showPage(webview, extensionUri, { page: 'dashboard', title: panel.title });
  }

  private async receive(
    message: FromDashboardPage,
    controller: DashboardController,
    plan: FollowedPlan,
  ): Promise<void> {
    switch (message.type) {
      case 'ready':
        return controller.ready();
      case 'pause':
        return controller.setPaused(message.isPaused);
      case 'connect': {
        const { connectionId } = controller.state;
        await vscode.commands.executeCommand(Commands.connectionConnect, { connectionId });
        return;
      }
      case 'choosePlan':
        return plan.follow(await choosePlan(this.ports.ui, controller.state.planUri));
      case 'export':
        return exportCsv(controller, this.ports.ui);
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
async function exportCsv(controller: DashboardController, ui: UserInput): Promise<void> {
  const { csv, state } = controller;
  const name = `zookeeper-${state.connectionId}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.csv`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Samples of the Ensemble'),
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!uri) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(csv));
  ui.notify({
    severity: 'info',
    message: vscode.l10n.t('The samples were saved to {0}.', vscode.workspace.asRelativePath(uri)),
    actions: [{ label: vscode.l10n.t('Open'), command: 'vscode.open', argument: uri }],
  });
}

/** The state of a page as VS Code kept it; undefined when it makes no sense. */
function stateOf(saved: unknown): DashboardState | undefined {
  const { connectionId, planUri } = (saved ?? {}) as Partial<Record<keyof DashboardState, unknown>>;
  if (typeof connectionId !== 'string' || !/^[a-z0-9-]{1,100}$/.test(connectionId))
    return undefined;
  return { connectionId, planUri: typeof planUri === 'string' ? planUri : '' };
}
