import * as vscode from 'vscode';
import { filePlace } from '../workspaceFiles';
import type { PlanFolder, PlanPlace } from './wizard/draft';

/** The folders of the workspace as places for plans. */
export function planFolders(): WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).map((folder) => new WorkspaceFolder(folder));
}

export class WorkspaceFolder implements PlanFolder {
  readonly name: string;

  constructor(private readonly folder: vscode.WorkspaceFolder) {
    this.name = folder.name;
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder.uri, ...path.split('/'));
  }

  async check(path: string): Promise<PlanPlace> {
    const { t } = vscode.l10n;
    const uri = this.uriOf(path);
    if (uri.scheme !== 'file') return { exists: await exists(uri) };
    switch (await filePlace(this.folder.uri.fsPath, path)) {
      case 'free':
        return {};
      case 'file':
        return { exists: true };
      case 'folder':
        return { problem: t('{0} is a folder. Enter another name.', path) };
      case 'outside':
        return {
          problem: t(
            'A link on the way leads out of the folder {0}. Enter another path.',
            this.name,
          ),
        };
      case 'readOnly':
        return { problem: t('{0} cannot be written. Is it or its folder read-only?', path) };
    }
  }

  /**
   * Writes the text: a new file in one step that undo takes back, the text of a file that is there by
   * an edit, so that undo brings it back.
   */
  async write(path: string, text: string): Promise<vscode.TextDocument> {
    const uri = this.uriOf(path);
    const { problem, exists: isThere = false } = await this.check(path);
    if (problem !== undefined) throw new Error(problem);
    const edit = new vscode.WorkspaceEdit();
    if (isThere) {
      const document = await vscode.workspace.openTextDocument(uri);
      const end = document.lineAt(document.lineCount - 1).range.end;
      edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    } else {
      edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    }
    const isDone = await vscode.workspace.applyEdit(edit);
    if (!isDone) throw new Error(vscode.l10n.t('{0} could not be written.', path));
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty) await document.save();
    return document;
  }
}

function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
