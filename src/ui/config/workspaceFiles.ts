import * as vscode from 'vscode';
import type { FileChange } from '../../domain/config/changes';
import { leavesFolder } from '../../domain/config/inside';
import { filePlace, realPathOf } from '../workspaceFiles';
import type { ConfigFolder } from './flow';
import { Preview } from './preview';

/** Larger files are none that was written here. */
const MOST_BYTES = 4 << 20;

/** Files of a workspace folder, read and written as an editor does it. */
export class WorkspaceFiles implements ConfigFolder, vscode.Disposable {
  private readonly preview = new Preview((path) => this.uriOf(path));

  constructor(private readonly root: vscode.Uri) {}

  dispose(): void {
    this.preview.dispose();
  }

  async refusal(path: string): Promise<string | undefined> {
    const { t } = vscode.l10n;
    const { scheme, fsPath } = this.root;
    const shown = path === '' ? this.root.path : path;
    const isWritable = vscode.workspace.fs.isWritableFileSystem(scheme) ?? true;
    const place = scheme === 'file' ? await filePlace(fsPath, path) : 'free';
    if (!isWritable || place === 'readOnly') {
      return t('{0} cannot be written. Is it or its folder read-only?', shown);
    }
    return place === 'outside' ? outsideText(shown) : undefined;
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const path of paths) {
      if (await this.leaves(path)) {
        throw new Error(outsideText(path));
      }
      const text = await this.textOf(path);
      if (text !== undefined) texts.set(path, text);
    }
    return texts;
  }

  showChanges(changes: readonly FileChange[]): Promise<void> {
    return this.preview.show(changes);
  }

  /**
   * New files are created and existing ones edited in one change, so that one undo takes all of it
   * back: creating over a file that is there would let undo delete it.
   */
  async write(changes: readonly FileChange[]): Promise<void> {
    this.preview.dispose();
    const edit = new vscode.WorkspaceEdit();
    const edited: vscode.TextDocument[] = [];
    for (const change of changes) {
      if (change.kind !== 'new' && change.kind !== 'changed') continue;
      const uri = this.uriOf(change.path);
      if (change.kind === 'new') {
        const contents = new TextEncoder().encode(change.text);
        edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents });
        continue;
      }
      const document = await vscode.workspace.openTextDocument(uri);
      edited.push(document);
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      edit.replace(uri, all, change.text.replace(/^\ufeff/, ''));
    }
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error(
        vscode.l10n.t(
          'VS Code could not write the files: is the folder read-only, or did one of them change meanwhile?',
        ),
      );
    }
    // At once, before VS Code opens editors for what stays unsaved.
    const areSaved = await Promise.all(edited.map((document) => document.save()));
    const unsaved = edited.find((_, at) => areSaved[at] !== true);
    if (unsaved === undefined) return;
    throw new Error(
      vscode.l10n.t('{0} is changed in the editor but could not be saved.', unsaved.uri.path),
    );
  }

  private uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, ...path.split('/'));
  }

  /** What an editor shows, unsaved changes included; undefined when there is no such file. */
  private async textOf(path: string): Promise<string | undefined> {
    const uri = this.uriOf(path);
    const stat = await statOf(uri);
    if (stat === undefined) return undefined;
    if ((stat.type & vscode.FileType.File) === 0 || stat.size > MOST_BYTES) {
      throw new Error(
        vscode.l10n.t(
          '{0} is there already and is no configuration file. Nothing was written.',
          path,
        ),
      );
    }
    return (await vscode.workspace.openTextDocument(uri)).getText();
  }

  /** Real paths are known of this machine's files only; elsewhere no link is followed at all. */
  private async leaves(path: string): Promise<boolean> {
    if (this.root.scheme === 'file') {
      return leavesFolder(this.root.fsPath.replace(/\\/g, '/'), path, realPathOf);
    }
    const parts = path.split('/');
    for (let count = 1; count <= parts.length; count++) {
      const stat = await statOf(this.uriOf(parts.slice(0, count).join('/')));
      if (stat !== undefined && (stat.type & vscode.FileType.SymbolicLink) !== 0) return true;
    }
    return false;
  }
}

const outsideText = (path: string): string =>
  vscode.l10n.t(
    '{0} leads out of the workspace folder by a symbolic link. Nothing was written.',
    path,
  );

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
