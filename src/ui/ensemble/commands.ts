import * as vscode from 'vscode';
import { formatSessionId } from '../../domain/znode/format';
import type { TreeNode } from './nodes';

/** Copies what a row is about: the address of a server or client, a line for `zoo.cfg`, a path. */
export async function copyText(node: unknown): Promise<void> {
  const text = isNode(node) ? textOf(node) : undefined;
  if (text === undefined) {
    throw new Error(vscode.l10n.t('Select a server, session or znode in the Ensemble view first.'));
  }
  await vscode.env.clipboard.writeText(text);
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
