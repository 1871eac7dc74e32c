import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatBytes } from '../../domain/znode/format';
import type { DataSources } from './createDraft';

/** Files of this machine, the clipboard, and the active editor. */
export const dataSources: DataSources = {
  async readFile(path, maxBytes) {
    const info = await stat(path);
    if (!info.isFile()) throw new Error(vscode.l10n.t('{0} is not a file.', path));
    const refuse = (bytes: number): Error =>
      new Error(
        vscode.l10n.t(
          'The file has {0}, and a server takes 1 MB. Nothing was sent.',
          formatBytes(bytes),
        ),
      );
    if (info.size > maxBytes) throw refuse(info.size);
    const data = await readFile(path);
    if (data.length > maxBytes) throw refuse(data.length); // it has grown meanwhile
    return data;
  },
  readClipboard: () => vscode.env.clipboard.readText(),
  activeEditor() {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || document.uri.scheme === 'output') return undefined;
    const name = vscode.workspace.asRelativePath(document.uri);
    return { name, text: document.getText() };
  },
};
