import * as vscode from 'vscode';
import { Coalescer } from '../../base/async';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ConnectionStore } from './connectionStore';
import type { OpenSessions } from './connector';
import { Commands } from '../contributions';
import { plainText } from '../plainText';
import { describeState, summarize, type OpenConnection } from '../stateText';
import { nameOfTarget } from '../target';

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
    this.disposables.add(vscode.window.onDidChangeActiveColorTheme(() => redraw.schedule()));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private draw(): void {
    const shown = this.store.profiles.filter(({ id }) => this.sessions.get(id) !== undefined);
    const open = shown.flatMap((profile): OpenConnection[] => {
      const session = this.sessions.get(profile.id);
      const name = plainText(nameOfTarget(profile, vscode.l10n));
      return session ? [{ name, state: session.client.state }] : [];
    });
    const hasProduction = shown.some(({ production }) => production);
    const text = summarize(open, vscode.l10n);
    if (text === undefined) return this.item.hide();
    const isNamed = !hasProduction || shown.length === 1;
    const summary = isNamed ? text : vscode.l10n.t('{0}, production among them', text);
    this.item.text = `$(database) ${summary}`;
    this.colour(hasProduction);
    this.item.tooltip = tooltipOf(open);
    this.item.accessibilityInformation = { label: vscode.l10n.t('ZooKeeper, {0}', summary) };
    this.item.show();
  }

  /**
   * A status bar can have any colour, so ours would not be readable on each; the background that VS
   * Code has for this is. High contrast has none there, but its bar is black or white.
   */
  private colour(isProduction: boolean): void {
    const { kind } = vscode.window.activeColorTheme;
    const { HighContrast, HighContrastLight } = vscode.ColorThemeKind;
    const hasContrast = kind === HighContrast || kind === HighContrastLight;
    const [background, foreground] = hasContrast
      ? [undefined, 'zookeeperWorkbench.production']
      : ['statusBarItem.warningBackground', undefined];
    const colourOf = (id: string | undefined) =>
      isProduction && id !== undefined ? new vscode.ThemeColor(id) : undefined;
    this.item.backgroundColor = colourOf(background);
    this.item.color = colourOf(foreground);
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
