import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import { columnShowing } from './editorColumns';

/** Texts about servers as read-only documents; each is kept until its document is closed. */
export class Answers implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registrations: vscode.Disposable;
  private count = 0;

  /** @param scheme of their URIs, one for each owner */
  constructor(private readonly scheme: string) {
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      vscode.l10n.t('This answer is no longer kept. Ask the server again.')
    );
  }

  /** Shows a text under a name such as `mntr 127.0.0.1:2181`. */
  async show(
    name: string,
    text: string,
    language: 'json' | 'plaintext',
    { beside = false }: { readonly beside?: boolean } = {},
  ): Promise<void> {
    const path = `/${++this.count}/${name.replaceAll('/', ' ')}`;
    const uri = vscode.Uri.from({ scheme: this.scheme, path });
    this.texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    const viewColumn = beside ? this.columnBeside() : vscode.ViewColumn.Active;
    await vscode.window.showTextDocument(document, {
      ...{ preview: true, viewColumn, preserveFocus: beside },
    });
  }

  /** The column of an earlier answer, unless it is the one that has to stay in sight. */
  private columnBeside(): vscode.ViewColumn {
    const earlier = columnShowing(({ scheme }) => scheme === this.scheme);
    const isActive = earlier === vscode.window.tabGroups.activeTabGroup.viewColumn;
    return earlier === undefined || isActive ? vscode.ViewColumn.Beside : earlier;
  }

  dispose(): void {
    this.registrations.dispose();
    this.texts.clear();
  }
}
