import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import { PREFIX, Settings } from '../contributions';
import type { ConnectionSettings } from './connectionStore';

/** The setting `zookeeperWorkbench.connections`. `inspect` also sees what isn't trusted, hence the check. */
export class VscodeConnectionSettings implements ConnectionSettings, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new Emitter<void>());

  readonly onDidChange = this.changes.event;

  constructor() {
    const { onDidChangeConfiguration, onDidGrantWorkspaceTrust } = vscode.workspace;
    this.disposables.add(
      onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${PREFIX}.${Settings.connections}`)) this.changes.fire();
      }),
    );
    this.disposables.add(onDidGrantWorkspaceTrust(() => this.changes.fire()));
  }

  readUser(): unknown {
    return this.inspect()?.globalValue;
  }

  readWorkspace(): unknown {
    if (!vscode.workspace.isTrusted) return undefined;
    const values = this.inspect();
    return values?.workspaceFolderValue ?? values?.workspaceValue;
  }

  async writeUser(value: readonly unknown[]): Promise<void> {
    await vscode.workspace
      .getConfiguration(PREFIX)
      .update(Settings.connections, value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private inspect() {
    return vscode.workspace.getConfiguration(PREFIX).inspect<unknown>(Settings.connections);
  }
}
