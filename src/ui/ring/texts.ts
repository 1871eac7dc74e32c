import * as vscode from 'vscode';
import { decodeUtf8 } from '../../domain/textCoding';
import { readBounded, type RingFolder } from './folder';
import type { RingTexts } from './questions';

/** Texts of this machine and of this window. */
export function ringTexts(folder: RingFolder): RingTexts {
  return {
    nameOf: (file) => folder.nameOf(vscode.Uri.file(file)),
    read: async (file) => {
      const text = decodeUtf8(await readBounded(vscode.Uri.file(file)));
      if (text === undefined) throw new Error(vscode.l10n.t('This is no text in UTF-8.'));
      return text.replace(/^\ufeff/, '');
    },
    open: () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const uris = tabs.flatMap(({ input }) =>
        input instanceof vscode.TabInputText ? [input.uri] : [],
      );
      const distinct = new Map(uris.map((uri) => [uri.toString(), uri]));
      return [...distinct.values()].map((uri) => ({
        label: vscode.workspace.asRelativePath(uri),
        read: async () => (await vscode.workspace.openTextDocument(uri)).getText(),
      }));
    },
  };
}
