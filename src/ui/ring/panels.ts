import * as vscode from 'vscode';
import { baseName, type ZPath } from '../../domain/znode/path';
import type { FromRingPage, RingChoices } from '../../protocol/ring';
import { RING_VIEW } from '../contributions';
import { plainText } from '../plainText';
import { showPage } from '../webviewPage';
import { parseChoices } from './choices';
import { RingController, type RingPorts } from './controller';

export interface RingPanelPorts extends Omit<RingPorts, 'post' | 'now' | 'l10n'> {
  readonly extensionUri: vscode.Uri;
}

/** Shows the ring of a znode beside what is open. */
export function openRing(ports: RingPanelPorts, connectionId: string, path: ZPath): void {
  const title = vscode.l10n.t('Ring of {0}', plainText(baseName(path)));
  const column = vscode.ViewColumn.Active;
  const panel = vscode.window.createWebviewPanel(RING_VIEW, title, column);
  const whatIf = { removed: [], added: [] };
  attach(panel, { connectionId, path, options: {}, whatIf }, ports);
}

/** Fills a panel that VS Code kept over a reload of the window. */
export function restoreRing(
  ports: RingPanelPorts,
  panel: vscode.WebviewPanel,
  state: unknown,
): void {
  const choices = parseChoices(state);
  if (choices) attach(panel, choices, ports);
  else panel.dispose();
}

function attach(panel: vscode.WebviewPanel, choices: RingChoices, ports: RingPanelPorts): void {
  const { webview } = panel;
  const controller = new RingController(choices, {
    ...ports,
    l10n: vscode.l10n,
    now: Date.now,
    // A hidden page is gone and asks for all of it again with `ready`.
    post: (message) => void webview.postMessage(message),
  });
  webview.onDidReceiveMessage((message: FromRingPage) => controller.receive(message));
  panel.onDidDispose(() => controller.dispose());
  showPage(webview, ports.extensionUri, { page: 'ring', title: panel.title });
}
