import * as vscode from 'vscode';
import { displayName } from '../../domain/znode/displayName';
import { formatCount } from '../../domain/znode/format';
import { Commands } from '../contributions';
import { idOf, type MessageNode, type MoreNode } from './nodes';

const { None } = vscode.TreeItemCollapsibleState;

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
