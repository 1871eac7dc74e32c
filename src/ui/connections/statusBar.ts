import * as vscode from 'vscode';
import { Coalescer } from '../../base/async';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ConnectionStore } from './connectionStore';
import type { OpenSessions } from './connector';
import { Commands } from '../contributions';
import { plainText } from '../plainText';
import { describeState, summarize, type OpenConnection } from '../stateText';

/** How long a burst of changes is collected before the item is drawn, in milliseconds. */
const DELAY_MS = 100;

/** The one status-bar item: how the open connections are. Hidden while none is open. */
export class StatusBar implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly item: vscode.StatusBarItem;

  constructor(
    private readonly store: Pick<ConnectionStore, 'profiles' | 'onDidChange'>,
    private readonly sessions: Pick<OpenSessions, 'get' | 'onDidChange'>,
  ) {
    this.item = this.disposables.add(
      vscode.window.createStatusBarItem('connections', vscode.StatusBarAlignment.Left),
    );
    this.item.name = vscode.l10n.t('ZooKeeper Connections');
    this.item.command = Commands.connectionChoose;
    const redraw = this.disposables.add(new Coalescer(DELAY_MS, () => this.draw()));
    this.disposables.add(sessions.onDidChange(() => redraw.schedule()));
    this.disposables.add(store.onDidChange(() => redraw.schedule()));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private draw(): void {
    const open = this.store.profiles.flatMap(({ id, name }): OpenConnection[] => {
      const session = this.sessions.get(id);
      return session ? [{ name: plainText(name), state: session.client.state }] : [];
    });
    const summary = summarize(open, vscode.l10n);
    if (summary === undefined) return this.item.hide();
    this.item.text = `$(database) ${summary}`;
    this.item.tooltip = tooltipOf(open);
    this.item.accessibilityInformation = { label: vscode.l10n.t('ZooKeeper, {0}', summary) };
    this.item.show();
  }
}

/** Names and causes come from outside, so they are appended as text. */
function tooltipOf(open: readonly OpenConnection[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  for (const { name, state } of open) {
    const line = vscode.l10n.t('{0}: {1}', name, describeState(state, vscode.l10n));
    tooltip.appendMarkdown('- ').appendText(plainText(line)).appendMarkdown('\n');
  }
  return tooltip;
}
