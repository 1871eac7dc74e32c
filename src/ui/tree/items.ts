import * as vscode from 'vscode';
import { contextValue } from '../../domain/contextValue';
import { formatBytes, formatCount, formatSessionId } from '../../domain/znode/format';
import { kindOf } from '../../domain/znode/kind';
import type { Layout } from '../../domain/znode/layout';
import { decodeName, displayName, shorten } from '../../domain/znode/displayName';
import { baseName } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { Session } from '../../zk/sessions';
import { Commands } from '../contributions';
import { describeClock } from '../relativeTime';
import { describeState } from '../stateText';
import { znodeUri } from '../uri';
import {
  idOf,
  type ConnectionNode,
  type MessageNode,
  type MoreNode,
  type ZnodeNode,
} from './nodes';

const LABEL_LENGTH = 200;
const { None, Collapsed } = vscode.TreeItemCollapsibleState;

export function renderConnection(
  node: ConnectionNode,
  session: Session | undefined,
  filter: string,
): vscode.TreeItem {
  const { profile } = node;
  const state = session?.client.state;
  const hasTree = session?.hasConnected === true;
  const item = new vscode.TreeItem(displayName(profile.name), hasTree ? Collapsed : None);
  item.id = idOf(node);
  const pausedSince = session?.model.pausedSince;
  const texts = [describeState(state, vscode.l10n)];
  if (pausedSince !== undefined) {
    texts.unshift(vscode.l10n.t('paused, stale since {0}', describeClock(pausedSince)));
  }
  if (profile.readOnly) texts.push(vscode.l10n.t('read-only'));
  if (filter !== '') texts.push(vscode.l10n.t('filter: {0}', filter));
  item.description = texts.join(' · ');
  item.iconPath = connectionIcon(state?.kind, pausedSince !== undefined);
  item.contextValue = contextValue('connection', {
    open: session !== undefined,
    closed: session === undefined,
    browsable: hasTree,
    paused: pausedSince !== undefined,
    filtered: filter !== '',
    user: profile.origin === 'user',
  });
  item.tooltip = [
    displayName(profile.name),
    displayName(profile.connectString),
    describeState(state, vscode.l10n),
    ...(session?.identity === undefined
      ? []
      : [vscode.l10n.t('Connected as {0}', displayName(session.identity))]),
    ...(profile.origin === 'workspace'
      ? [vscode.l10n.t('From the settings of this workspace')]
      : []),
  ].join('\n');
  if (!session) {
    item.command = {
      command: Commands.connectionConnect,
      title: vscode.l10n.t('Connect'),
      arguments: [node],
    };
  }
  return item;
}

function connectionIcon(kind: string | undefined, isPaused: boolean): vscode.ThemeIcon {
  const colour = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);
  switch (kind) {
    case undefined:
    case 'closed':
      return new vscode.ThemeIcon('debug-disconnect', colour('disabledForeground'));
    case 'connected':
      return isPaused
        ? new vscode.ThemeIcon('debug-pause', colour('charts.yellow'))
        : new vscode.ThemeIcon('database', colour('charts.green'));
    case 'connecting':
      return new vscode.ThemeIcon('loading~spin');
    case 'authFailed':
      return new vscode.ThemeIcon('lock', colour('charts.red'));
    default:
      return new vscode.ThemeIcon('warning', colour('charts.yellow'));
  }
}

export interface ZnodeRow {
  readonly stat: ZnodeStat | undefined;
  /** The layout that the siblings form. */
  readonly layout: Layout | undefined;
  readonly filter: string;
}

export function renderZnode(node: ZnodeNode, { stat, layout, filter }: ZnodeRow): vscode.TreeItem {
  const name = baseName(node.path);
  const kind = kindOf(name, stat);
  const isLeaf = stat?.numChildren === 0;
  const item = new vscode.TreeItem(
    shorten(decodeName(name) ?? displayName(name), LABEL_LENGTH),
    isLeaf ? None : Collapsed,
  );
  const isHolder = layout?.holders.includes(name) === true;
  item.id = idOf(node);
  item.resourceUri = znodeUri(node.connectionId, node.path);
  item.description = describe(stat, isHolder ? layout : undefined, filter);
  item.iconPath = new vscode.ThemeIcon(
    isHolder
      ? 'key'
      : kind.ephemeral
        ? 'pulse'
        : kind.sequential
          ? 'list-ordered'
          : isLeaf
            ? 'file'
            : 'folder',
    isHolder ? new vscode.ThemeColor('charts.yellow') : undefined,
  );
  item.contextValue = contextValue('znode', {
    ephemeral: kind.ephemeral,
    branch: !isLeaf,
    filtered: filter !== '',
  });
  // A row with a command unfolds by its arrow only, so one without data is left to unfold by a click.
  if (!isLeaf && !stat?.dataLength) return item;
  item.command = {
    command: Commands.znodeOpen,
    title: vscode.l10n.t('Open'),
    arguments: [node],
  };
  return item;
}

function describe(stat: ZnodeStat | undefined, heldIn: Layout | undefined, filter: string): string {
  const parts: string[] = [];
  if (heldIn) parts.push(describeHolder(heldIn));
  if (stat) {
    if (stat.numChildren > 0) parts.push(formatCount(stat.numChildren));
    if (stat.dataLength > 0) parts.push(formatBytes(stat.dataLength));
    if (stat.ephemeralOwner !== 0n) {
      parts.push(vscode.l10n.t('session {0}', formatSessionId(stat.ephemeralOwner)));
    }
  }
  if (filter !== '') parts.push(vscode.l10n.t('filter: {0}', filter));
  return parts.join(' · ');
}

function describeHolder({ kind }: Layout): string {
  switch (kind) {
    case 'lock':
    case 'readWriteLock':
      return vscode.l10n.t('holds the lock');
    case 'latch':
    case 'election':
      return vscode.l10n.t('leader');
    case 'queue':
      return vscode.l10n.t('next in the queue');
  }
}

export function renderMore(node: MoreNode): vscode.TreeItem {
  const label = vscode.l10n.t(
    'Show more ({0} of {1})',
    formatCount(node.shown),
    formatCount(node.total),
  );
  const item = new vscode.TreeItem(label, None);
  item.id = idOf(node);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = { command: Commands.treeShowMore, title: label, arguments: [node] };
  return item;
}

export function renderMessage(node: MessageNode): vscode.TreeItem {
  const item = new vscode.TreeItem(displayName(node.text), None);
  item.id = idOf(node);
  item.tooltip = node.text;
  item.iconPath = new vscode.ThemeIcon(node.retry ? 'error' : 'info');
  item.contextValue = node.retry ? 'message+retry' : 'message';
  if (node.retry) {
    item.description = vscode.l10n.t('click to try again');
    item.command = {
      command: Commands.treeRetry,
      title: vscode.l10n.t('Retry'),
      arguments: [node],
    };
  }
  return item;
}
