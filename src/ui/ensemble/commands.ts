import * as vscode from 'vscode';
import { formatSessionId } from '../../domain/znode/format';
import { Commands } from '../contributions';
import { znodeUri } from '../uri';
import type { UserInput } from '../userInput';
import type { TreeNode } from './nodes';

/** Copies what a row is about: the address of a server or client, a line for `zoo.cfg`, a path. */
export async function copyText(node: unknown): Promise<void> {
  const text = isNode(node) ? textOf(node) : undefined;
  if (text === undefined) {
    throw new Error(vscode.l10n.t('Select a server, session or znode in the Ensemble view first.'));
  }
  await vscode.env.clipboard.writeText(text);
}

/** Shows the znode of a row in the *Clusters* view. */
export async function reveal(node: unknown): Promise<void> {
  const path = isNode(node) && node.kind === 'ephemeral' ? node.path : undefined;
  if (!isNode(node) || path === undefined) {
    throw new Error(vscode.l10n.t('Select a znode in the Ensemble view first.'));
  }
  await vscode.commands.executeCommand(Commands.znodeReveal, znodeUri(node.connectionId, path));
}

/** Says what the tooltip of a row says, for those who have no pointer to rest on it. */
export function explain(node: unknown, ui: Pick<UserInput, 'notify'>): void {
  if (!isNode(node) || node.kind !== 'note') {
    throw new Error(vscode.l10n.t('Select a remark in the Ensemble view first.'));
  }
  const message = `${node.text}. ${node.detail}`;
  const label = vscode.l10n.t('Copy Line');
  const copy = { label, command: Commands.ensembleCopyLine, argument: node };
  const actions = node.refusal?.remedy === undefined ? [] : [copy];
  ui.notify({ severity: node.icon, message, actions });
}

function textOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'server':
      return node.address;
    case 'session':
      return `${node.session.address} ${formatSessionId(node.session.id)}`;
    case 'ephemeral':
      return node.fullPath;
    case 'fact':
      return node.value;
    case 'note':
      return node.refusal?.remedy ?? node.text;
    case 'ensemble':
    case 'sessions':
      return undefined;
  }
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
