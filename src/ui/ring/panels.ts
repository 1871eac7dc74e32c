import * as vscode from 'vscode';
import { parseChoices } from '../../domain/ring/parseChoices';
import type { RingChoices } from '../../domain/ring/choices';
import { NOTHING_TRIED } from '../../domain/placement/whatIf';
import { baseName, type ZPath } from '../../domain/znode/path';
import type { FromRingPage } from '../../protocol/ring';
import { RING_VIEW } from '../contributions';
import { plainText } from '../plainText';
import { showPage } from '../webviewPage';
import { RingController, type RingPorts } from './controller';
import { listedMembers } from './feed';
import { ZnodeFeed, type ZnodeFeedPorts } from './znodeFeed';

export interface RingPanelPorts extends Omit<ZnodeFeedPorts, 'l10n'> {
  readonly extensionUri: vscode.Uri;
}

/** Shows the ring of a znode beside what is open. */
export function openRing(ports: RingPanelPorts, connection: string, path: ZPath): void {
  const title = vscode.l10n.t('Ring of {0}', plainText(baseName(path)));
  const column = vscode.ViewColumn.Active;
  const panel = vscode.window.createWebviewPanel(RING_VIEW, title, column);
  attach(panel, { members: { connection, path }, options: {}, whatIf: NOTHING_TRIED }, ports);
}

/** Fills a panel that VS Code kept over a reload of the window. */
export function restoreRing(
  ports: RingPanelPorts,
  panel: vscode.WebviewPanel,
  state: unknown,
): void {
  const { choices } = parseChoices((state as { choices?: unknown } | undefined)?.choices);
  if (choices) attach(panel, choices, ports);
  else panel.dispose();
}

function attach(panel: vscode.WebviewPanel, choices: RingChoices, ports: RingPanelPorts): void {
  const { webview } = panel;
  const controller = new RingController(choices, {
    ...portsOf(ports),
    // A hidden page is gone and asks for all of it again with `ready`.
    post: (message) => void webview.postMessage(message),
  });
  webview.onDidReceiveMessage((message: FromRingPage) => controller.receive(message));
  panel.onDidDispose(() => controller.dispose());
  showPage(webview, ports.extensionUri, { page: 'ring', title: panel.title });
}

/** What a ring gets from VS Code and from the connections. */
function portsOf(ports: RingPanelPorts): Omit<RingPorts, 'post'> {
  const { l10n } = vscode;
  const noFiles = (): Promise<never> => Promise.reject(new Error(l10n.t('No file can be read.')));
  return {
    l10n,
    nameOf: ports.nameOf,
    now: Date.now,
    feed: (members, tell) => {
      if ('path' in members) return new ZnodeFeed(members, { ...ports, l10n }, tell);
      const servers = 'servers' in members ? members.servers : [];
      tell({ members: listedMembers(servers), problems: [], kind: undefined, message: '' });
      return { dispose: () => {} };
    },
    keys: {
      readFile: noFiles,
      childrenOf: async (connectionId, path) => {
        const session = ports.sessions.get(connectionId);
        if (!session) throw new Error(l10n.t('Connect to {0} first.', connectionId));
        return (await session.client.getChildren(path as ZPath)).names;
      },
    },
    act: () => {},
  };
}
