import * as vscode from 'vscode';
import type { FileChange } from '../../domain/config/changes';
import { plainText } from '../plainText';

/** Of texts that are not written yet. */
const SCHEME = 'zkplan-preview';

/** Shows what files would become beside what they are; gone again when it is disposed. */
export class Preview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(
    SCHEME,
    this,
  );
  private count = 0;

  constructor(private readonly uriOf: (path: string) => vscode.Uri) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show(changes: readonly FileChange[]): Promise<void> {
    const [first] = changes;
    if (first === undefined) return;
    if (changes.length === 1) return this.showOne(first);
    const resources = changes.map((change) => {
      const uri = this.uriOf(change.path);
      return [uri, change.kind === 'new' ? undefined : uri, this.planned(change)];
    });
    await vscode.commands.executeCommand('vscode.changes', multiTitle(), resources);
  }

  dispose(): void {
    this.registration.dispose();
    const ours = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input, label }) =>
        input instanceof vscode.TabInputTextDiff
          ? input.modified.scheme === SCHEME
          : input instanceof vscode.TabInputText
            ? input.uri.scheme === SCHEME
            : label.startsWith(multiTitle()),
      );
    // A tab that is closed by hand at the same moment is closed too.
    vscode.window.tabGroups.close(ours, true).then(undefined, () => undefined);
  }

  private async showOne(change: FileChange): Promise<void> {
    const uri = this.uriOf(change.path);
    const options = { preview: true, preserveFocus: true };
    if (change.kind === 'unchanged' || change.kind === 'foreign') {
      await vscode.commands.executeCommand('vscode.open', uri, options);
      return;
    }
    const planned = this.planned(change);
    const title = plainText(vscode.l10n.t('{0} (as planned)', change.path));
    const before = change.kind === 'new' ? this.add(change.path, '') : uri;
    await vscode.commands.executeCommand('vscode.diff', before, planned, title, options);
  }

  private planned(change: FileChange): vscode.Uri {
    return this.add(change.path, 'text' in change ? change.text : '');
  }

  /** Each text has a URI of its own, since documents of earlier ones may still be open. */
  private add(path: string, text: string): vscode.Uri {
    const query = String(++this.count);
    // The file's own path: VS Code would call another one a rename.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: this.uriOf(path).path, query });
    this.texts.set(uri.toString(), text);
    return uri;
  }
}

const multiTitle = (): string => vscode.l10n.t('Files as Planned');
