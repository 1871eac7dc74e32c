import * as vscode from 'vscode';
import { formatBytes } from '../../domain/znode/format';
import { Commands, PREFIX, Settings } from '../contributions';
import type { Shown } from './content';
import { describeCoding, describeReadOnly } from './lensText';
import type { ZnodeFileSystem } from './provider';

const HEX_EDITOR = 'ms-vscode.hexeditor';

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
    const hasHexEditor = vscode.extensions.getExtension(HEX_EDITOR) !== undefined;
    return titlesOf(shown, document, hasHexEditor).map(
      (command) => new vscode.CodeLens(top, { command: '', ...command }),
    );
  }
}

type Lens = Pick<vscode.Command, 'title' | 'arguments'> & { readonly command?: string };

function titlesOf(
  shown: Shown,
  { uri, languageId }: vscode.TextDocument,
  hasHexEditor: boolean,
): Lens[] {
  const { t } = vscode.l10n;
  const lenses: Lens[] = [];
  const coding = describeCoding(shown, languageId);
  if (coding !== undefined) lenses.push({ title: coding });
  if (shown.form === 'hex') {
    lenses.push({ title: t('Binary, shown as hex: {0}', formatBytes(shown.totalBytes)) });
    if (hasHexEditor) {
      const title = t('Open in Hex Editor');
      lenses.push({ title, command: Commands.znodeOpenInHexEditor, arguments: [uri] });
    }
  }
  const reason = describeReadOnly(shown, vscode.l10n);
  if (reason !== undefined) {
    const settings = { command: 'workbench.action.openSettings' };
    const query = `${PREFIX}.${Settings.decoders}`;
    const isBySetting = shown.readOnly === 'rule';
    lenses.push({ title: reason, ...(isBySetting && { ...settings, arguments: [query] }) });
  }
  if (shown.shownBytes < shown.totalBytes) {
    const [part, whole] = [formatBytes(shown.shownBytes), formatBytes(shown.totalBytes)];
    lenses.push({ title: t('Preview: the first {0} of {1}', part, whole) });
    lenses.push({ title: t('Load all'), command: Commands.znodeLoadAll, arguments: [uri] });
  }
  return lenses;
}
