import * as vscode from 'vscode';
import { contextValue } from '../../domain/contextValue';
import { displayName } from '../../domain/znode/displayName';
import { formatCount } from '../../domain/znode/format';
import type { ConnectionState } from '../../zk/client';
import type { Session } from '../../zk/sessions';
import { Commands } from '../contributions';
import { describeClock } from '../relativeTime';
import { describeState } from '../stateText';
import { describeBranch, type BranchState } from './branchState';
import { idOf, type ConnectionNode } from './nodes';

const PRODUCTION = new vscode.ThemeColor('zookeeperWorkbench.production');

export function renderConnection(
  node: ConnectionNode,
  session: Session | undefined,
  branch: BranchState,
): vscode.TreeItem {
  const { profile } = node;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const state = session?.client.state;
  const pausedSince = session?.model.live.pausedSince;
  const isBrowsable = session?.hasConnected === true;
  const item = new vscode.TreeItem(displayName(profile.name), isBrowsable ? Collapsed : None);
  const texts = [describeState(state, vscode.l10n), ...describeBranch(branch)];
  if (pausedSince !== undefined) {
    texts.unshift(vscode.l10n.t('paused, stale since {0}', describeClock(pausedSince)));
  }
  if (profile.production) texts.unshift(vscode.l10n.t('production'));
  if (profile.origin === 'sandbox') texts.unshift(vscode.l10n.t('in memory'));
  if (profile.readOnly) texts.push(vscode.l10n.t('read-only'));
  item.id = idOf(node);
  item.description = texts.join(' · ');
  const { id, color } = iconOf(state?.kind, pausedSince !== undefined);
  item.iconPath = new vscode.ThemeIcon(id, profile.production ? PRODUCTION : color);
  item.contextValue = contextValue('connection', {
    open: session !== undefined,
    closed: session === undefined,
    browsable: isBrowsable,
    paused: pausedSince !== undefined,
    filtered: branch.filter !== '',
    watched: branch.isWatched,
    production: profile.production,
    sandbox: profile.origin === 'sandbox',
    user: profile.origin === 'user',
    writable: isBrowsable && session.writer.refusal === undefined,
  });
  if (!session) {
    const title = vscode.l10n.t('Connect');
    item.command = { command: Commands.connectionConnect, title, arguments: [node] };
  }
  return item;
}

/** Everything about a connection that a row has no room for, as plain text. */
export function connectionTooltip(
  { profile }: ConnectionNode,
  session: Session | undefined,
): string {
  const { t } = vscode.l10n;
  const lines = [
    displayName(profile.name),
    displayName(profile.connectString),
    describeState(session?.client.state, vscode.l10n),
  ];
  if (profile.production) lines.push(t('Marked as production'));
  if (profile.readOnly) lines.push(t('Writing through this connection is refused'));
  if (profile.origin === 'workspace') lines.push(t('From the settings of this workspace'));
  if (profile.origin === 'sandbox') {
    lines.push(t('In the memory of this window: gone when it is stopped or the window closes'));
  }
  if (session) {
    const { client, model, identity } = session;
    const { oneShot, persistent, recursive } = client.watchCounts;
    const { facets, names } = model.size;
    if (identity !== undefined) lines.push(t('Connected as {0}', displayName(identity)));
    lines.push(
      t('Watches: {0}', formatCount(oneShot + persistent + recursive)),
      t('Events in the last second: {0}', formatCount(model.live.eventsPerSecond)),
      t('In memory: {0} readings with {1} names', formatCount(facets), formatCount(names)),
      t('Requests sent: {0}', formatCount(client.requestCount)),
    );
  }
  return lines.join('\n');
}

function iconOf(kind: ConnectionState['kind'] | undefined, isPaused: boolean): vscode.ThemeIcon {
  const icon = (id: string, colour?: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));
  switch (kind) {
    case undefined:
    case 'closed':
      return icon('debug-disconnect', 'disabledForeground');
    case 'connected':
      return isPaused ? icon('debug-pause', 'charts.yellow') : icon('database', 'charts.green');
    case 'connecting':
      return icon('loading~spin');
    case 'authFailed':
      return icon('lock', 'charts.red');
    case 'suspended':
    case 'expired':
      return icon('warning', 'charts.yellow');
  }
}
