import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { Commands, Views } from '../contributions';
import type { SandboxPorts, WindowSandbox } from './windowSandbox';

export interface SandboxFeature extends Pick<SandboxPorts, 'store' | 'ui' | 'log'> {
  readonly extensionUri: vscode.Uri;
}

/** *Start*, *Stop* and *Reset Sandbox*; all but this is loaded with the first one. */
export function registerSandbox({ extensionUri, ...ports }: SandboxFeature): vscode.Disposable {
  const { executeCommand } = vscode.commands;
  let sandbox: Promise<WindowSandbox> | undefined;
  const load = async (): Promise<WindowSandbox> => {
    const { WindowSandbox } = await import('./windowSandbox');
    return new WindowSandbox({
      ...ports,
      l10n: vscode.l10n,
      workerFile: vscode.Uri.joinPath(extensionUri, 'dist/sandbox.js').fsPath,
      showView: async () => {
        await executeCommand(`${Views.clusters}.focus`);
      },
      connect: async (connectionId) => {
        await executeCommand(Commands.connectionConnect, { connectionId });
      },
      disconnect: async (connectionId) => {
        await executeCommand(Commands.connectionDisconnect, { connectionId });
      },
      showProgress: (task) =>
        void vscode.window.withProgress({ location: { viewId: Views.clusters } }, () => task),
    });
  };
  const register = (id: string, run: (sandbox: WindowSandbox) => Promise<void>) =>
    registerCommand(id, async () => run(await (sandbox ??= load())), ports.log);
  return vscode.Disposable.from(
    register(Commands.sandboxStart, (one) => one.start()),
    register(Commands.sandboxStop, (one) => one.stop()),
    register(Commands.sandboxReset, (one) => one.reset()),
    { dispose: () => void sandbox?.then((one) => one.dispose()) },
  );
}
