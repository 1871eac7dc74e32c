import * as vscode from 'vscode';
import { Coalescer } from '../base/async';
import { type Disposable, DisposableStore } from '../base/disposable';
import { MAX_DOCUMENT } from '../domain/capacity/plan/document';

/** How long typing has to rest before a plan is computed again. */
const REST_MS = 200;

/** The text of one plan document: of its editor where it is open, of the file otherwise. */
export class PlanFile implements Disposable {
  private readonly own = new DisposableStore();

  constructor(
    private readonly uri: vscode.Uri,
    onDidChange: () => void,
  ) {
    const soon = this.own.add(new Coalescer(REST_MS, onDidChange));
    const schedule = (changed: vscode.Uri): void => {
      if (changed.toString() === uri.toString()) soon.schedule();
    };
    this.own.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => schedule(document.uri)),
    );
    this.own.add(vscode.workspace.onDidCloseTextDocument((document) => schedule(document.uri)));
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const pattern = new vscode.RelativePattern(folder, escapeGlob(name));
    const watcher = this.own.add(vscode.workspace.createFileSystemWatcher(pattern));
    watcher.onDidChange(schedule);
    watcher.onDidCreate(schedule);
    watcher.onDidDelete(schedule);
  }

  async read(): Promise<string> {
    const open = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === this.uri.toString(),
    );
    if (open !== undefined) return open.getText();
    const { size } = await vscode.workspace.fs.stat(this.uri);
    // UTF-8 takes at most four bytes for what counts as one; the parser refuses what is too long.
    if (size > 4 * MAX_DOCUMENT) return ' '.repeat(MAX_DOCUMENT + 1);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri));
  }

  dispose(): void {
    this.own.dispose();
  }
}

const escapeGlob = (name: string): string => name.replace(/[[\]{}*?]/g, '[$&]');
