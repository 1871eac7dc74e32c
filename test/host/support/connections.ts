import * as vscode from 'vscode';

/** A connection as it stands in the settings. */
export interface Preset {
  readonly id: string;
  readonly connectString: string;
  readonly name?: string;
  readonly readOnly?: boolean;
}

/** Makes these the connections that the settings of the open workspace define. */
export async function definePresets(presets: readonly Preset[] | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('zookeeperWorkbench')
    .update('connections', presets, vscode.ConfigurationTarget.Workspace);
}

export async function connect(connectionId: string): Promise<void> {
  await vscode.commands.executeCommand('zookeeperWorkbench.connection.connect', { connectionId });
}

export async function disconnect(connectionId: string): Promise<void> {
  await vscode.commands.executeCommand('zookeeperWorkbench.connection.disconnect', {
    connectionId,
  });
}

export function znode(connectionId: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'zk', authority: connectionId, path });
}
