import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Sessions } from '../../zk/sessions';
import { Commands } from '../contributions';
import { plainText } from '../plainText';
import { parseZnodeUri } from '../uri';

/**
 * Tabs of znodes that were restored, or outlived their connection: nothing connects by itself, so one
 * message for each connection offers it, and the tabs in front load when it stands.
 */
export class OfferConnect implements Disposable {
  private readonly store = new DisposableStore();
  private readonly offered = new Set<string>();

  constructor(
    private readonly sessions: Sessions,
    private readonly nameOf: (connectionId: string) => string | undefined,
    private readonly log: Logger,
  ) {
    this.store.add(
      sessions.onDidChange((id) => {
        if (sessions.get(id)?.client.state.kind === 'connected') this.reopen(id);
      }),
    );
  }

  /** Called for every attempt to read through a connection that isn't open. */
  offer(connectionId: string): void {
    const name = this.nameOf(connectionId);
    if (this.offered.has(connectionId) || name === undefined) return;
    this.offered.add(connectionId);
    void this.ask(connectionId, name);
  }

  dispose(): void {
    this.store.dispose();
  }

  private async ask(connectionId: string, name: string): Promise<void> {
    const connect = vscode.l10n.t('Connect');
    const choice = await vscode.window.showInformationMessage(
      plainText(vscode.l10n.t('Open znodes of “{0}” are not connected.', name)),
      connect,
    );
    if (choice === connect && !this.sessions.get(connectionId)) {
      await vscode.commands.executeCommand(Commands.connectionConnect, { connectionId });
    }
  }

  /** VS Code keeps showing why a tab failed until it is opened again. */
  private reopen(connectionId: string): void {
    if (!this.offered.delete(connectionId)) return;
    for (const group of vscode.window.tabGroups.all) {
      const input = group.activeTab?.input;
      if (!(input instanceof vscode.TabInputText)) continue;
      if (parseZnodeUri(input.uri)?.connectionId !== connectionId) continue;
      const options = { viewColumn: group.viewColumn, preserveFocus: true };
      vscode.commands
        .executeCommand('vscode.open', input.uri, options)
        .then(undefined, (error: unknown) => this.log.error(input.uri.path, error));
    }
  }
}
