import * as vscode from 'vscode';
import { Coalescer } from '../../base/async';
import { insidePath } from '../../domain/ring/ringFile';
import { filePlace } from '../workspaceFiles';

/** VS Code tells a change of a file up to three times. */
const BURST_MS = 100;
/** Larger files hold neither servers nor keys that a ring could show. */
const MAX_BYTES = 64 << 20;

/** The folder that files of a ring are named from, and that none of them may leave. */
export class RingFolder {
  constructor(private readonly folder: vscode.Uri | undefined) {}

  /** The workspace folder of a document, or else the folder that it lies in. */
  static ofDocument(uri: vscode.Uri): RingFolder {
    const workspace = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    return new RingFolder(workspace ?? vscode.Uri.joinPath(uri, '..'));
  }

  /** The first folder of the workspace, for rings that are no document. */
  static ofWindow(): RingFolder {
    return new RingFolder(vscode.workspace.workspaceFolders?.[0]?.uri);
  }

  /** The name by which a ring can refer to a file; undefined for one that lies elsewhere. */
  nameOf(file: vscode.Uri): string | undefined {
    if (this.folder?.scheme !== file.scheme) return undefined;
    const root = this.folder.path.endsWith('/') ? this.folder.path : `${this.folder.path}/`;
    return file.path.startsWith(root) ? insidePath(file.path.slice(root.length)) : undefined;
  }

  /** Where a file is; throws with a sentence when it would be outside. */
  uriOf(file: string): vscode.Uri {
    const inside = insidePath(file);
    if (!this.folder) throw new Error(vscode.l10n.t('Open a folder to use files of it.'));
    if (inside === undefined) {
      throw new Error(outside());
    }
    return vscode.Uri.joinPath(this.folder, inside);
  }

  /** What a file holds. Links that lead out of the folder are not followed. */
  async read(file: string): Promise<Uint8Array> {
    const uri = this.uriOf(file);
    if (uri.scheme === 'file' && this.folder) {
      const place = await filePlace(this.folder.fsPath, insidePath(file) ?? file);
      if (place === 'outside') throw new Error(outside());
    }
    return readBounded(uri);
  }

  /** Calls `changed` when a file was written, made or deleted. */
  watch(file: string, changed: () => void): vscode.Disposable {
    const inside = insidePath(file);
    if (!this.folder || inside === undefined) return new vscode.Disposable(() => {});
    const name = inside.replace(/[?*[\]{}]/g, '?');
    const pattern = new vscode.RelativePattern(this.folder, name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const soon = new Coalescer(BURST_MS, changed);
    const schedule = (): void => soon.schedule();
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(schedule),
      watcher.onDidCreate(schedule),
      watcher.onDidDelete(schedule),
      soon,
    );
  }
}

/** What a file that the user chose holds. */
export async function readBounded(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) throw new Error(vscode.l10n.t('This file is too large.'));
  return vscode.workspace.fs.readFile(uri);
}

const outside = (): string =>
  vscode.l10n.t('A ring uses only files inside of its workspace folder.');
