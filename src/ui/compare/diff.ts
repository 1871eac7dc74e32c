import * as vscode from 'vscode';
import { plainText } from '../plainText';
import { znodeUri } from '../uri';
import { snapshotUri, type ZnodeAddress } from './uri';

const NAME_LENGTH = 80;

/** Opens VS Code's diff editor; the right side is where one would type. */
export async function openDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, plainText(title));
}

/** The end of a path that is too long for a tab. */
export function shortPath(path: string): string {
  if (path.length <= NAME_LENGTH) return path;
  return `…${path.slice(-NAME_LENGTH).replace(/^[\udc00-\udfff]/, '')}`;
}

/**
 * A znode's own document, in which one can type, or all of its value when the document would show
 * only a part of it: comparing parts would hide differences.
 */
export function documentOf(address: ZnodeAddress, isLarge: boolean): vscode.Uri {
  const uri = znodeUri(address.connectionId, address.path);
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return isLarge && !open?.isDirty ? snapshotUri(address, 'now') : uri;
}
