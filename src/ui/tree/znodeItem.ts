import * as vscode from 'vscode';
import { contextValue } from '../../domain/contextValue';
import { decodeName, displayName, shorten, withoutLeadingId } from '../../domain/znode/displayName';
import { formatBytes, formatCount, formatSessionId } from '../../domain/znode/format';
import { kindOf, type ZnodeKind } from '../../domain/znode/kind';
import type { Layout } from '../../domain/znode/layout';
import { baseName, isWithin, SYSTEM } from '../../domain/znode/path';
import { isEphemeral, type ZnodeStat } from '../../domain/znode/stat';
import { Commands } from '../contributions';
import { znodeUri } from '../uri';
import { describeBranch, type BranchState } from './branchState';
import { idOf, type ZnodeNode } from './nodes';

const LABEL_LENGTH = 200;
/** Tells the command that its row was clicked, or chosen by keyboard. */
export const BY_ROW = 'row';

export interface ZnodeRow extends BranchState {
  /** Undefined as long as it isn't known. */
  readonly stat: ZnodeStat | undefined;
  /** Whether znodes of the connection may be written now. */
  readonly isWritable: boolean;
  readonly isBookmarked: boolean;
  /** Our session with the server, which ends with the connection. */
  readonly sessionId: bigint | undefined;
  /** The recipe that the siblings follow. */
  readonly layout: Layout | undefined;
}

export function renderZnode(node: ZnodeNode, row: ZnodeRow): vscode.TreeItem {
  const { stat, layout } = row;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const name = baseName(node.path);
  const kind = kindOf(name, stat);
  const isLeaf = stat?.numChildren === 0;
  const holds = layout?.holders.includes(name) ? layout.kind : undefined;
  const readable = decodeName(name) ?? displayName(name);
  const label = shorten(kind.sequential ? withoutLeadingId(readable) : readable, LABEL_LENGTH);
  const item = new vscode.TreeItem(label, isLeaf ? None : Collapsed);
  item.id = idOf(node);
  item.resourceUri = znodeUri(node.connectionId, node.path);
  item.description = [
    ...(holds ? [describeHolder(holds)] : []),
    ...(stat ? describeStat(stat, row.sessionId) : []),
    ...describeBranch(row),
  ].join(' · ');
  item.iconPath = iconOf(kind, isLeaf, holds !== undefined);
  item.contextValue = contextValue('znode', {
    ephemeral: kind.ephemeral,
    branch: !isLeaf,
    bookmarked: row.isBookmarked,
    filtered: row.filter !== '',
    system: isWithin(node.path, SYSTEM),
    watched: row.isWatched,
    writable: row.isWritable,
  });
  // A row with a command unfolds by its arrow only, so one without data is left to unfold by a click.
  if (isLeaf || stat?.dataLength) {
    const title = vscode.l10n.t('Open');
    item.command = { command: Commands.znodeOpen, title, arguments: [node, BY_ROW] };
  }
  return item;
}

function describeStat(stat: ZnodeStat, ourSession: bigint | undefined): string[] {
  const parts: string[] = [];
  if (stat.numChildren > 0) parts.push(formatCount(stat.numChildren));
  if (stat.dataLength > 0) parts.push(formatBytes(stat.dataLength));
  if (isEphemeral(stat)) {
    parts.push(
      stat.ephemeralOwner === ourSession
        ? vscode.l10n.t('ours, until this window disconnects')
        : vscode.l10n.t('session {0}', formatSessionId(stat.ephemeralOwner)),
    );
  }
  return parts;
}

function describeHolder(kind: Layout['kind']): string {
  switch (kind) {
    case 'lock':
    case 'readWriteLock':
      return vscode.l10n.t('holds the lock');
    case 'latch':
    case 'election':
      return vscode.l10n.t('leads');
    case 'queue':
      return vscode.l10n.t('next in the queue');
  }
}

function iconOf(kind: ZnodeKind, isLeaf: boolean, isHolder: boolean): vscode.ThemeIcon {
  if (isHolder) return new vscode.ThemeIcon('key', new vscode.ThemeColor('charts.yellow'));
  if (kind.ephemeral) return new vscode.ThemeIcon('pulse');
  if (kind.sequential) return new vscode.ThemeIcon('list-ordered');
  // Not `file` and `folder`: those would be drawn by the file icon theme, which knows no znodes.
  return new vscode.ThemeIcon(isLeaf ? 'symbol-file' : 'symbol-folder');
}
