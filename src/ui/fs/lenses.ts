import * as vscode from 'vscode';
import { formatBytes } from '../../domain/znode/format';
import { Commands } from '../contributions';
import type { ZnodeFileSystem } from './provider';

/** Says above the first line when an editor shows a znode's data in part or not as it is. */
export class ContentLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly files: ZnodeFileSystem) {
    files.onDidShow(() => this.changed.fire());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.files.shownOf(document.uri);
    if (!shown) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lenses: vscode.CodeLens[] = [];
    if (shown.form === 'hex') {
      const title = vscode.l10n.t('Binary, shown as hex: {0}', formatBytes(shown.totalBytes));
      lenses.push(new vscode.CodeLens(top, { title, command: '' }));
    }
    if (shown.shownBytes < shown.totalBytes) {
      const part = formatBytes(shown.shownBytes);
      const title = vscode.l10n.t(
        'Preview: the first {0} of {1}',
        part,
        formatBytes(shown.totalBytes),
      );
      lenses.push(new vscode.CodeLens(top, { title, command: '' }));
      lenses.push(
        new vscode.CodeLens(top, {
          title: vscode.l10n.t('Load all'),
          command: Commands.znodeLoadAll,
          arguments: [document.uri],
        }),
      );
    }
    return lenses;
  }
}
