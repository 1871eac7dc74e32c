import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Folders } from '../../domain/connectionFiles';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { registerCommand } from '../commands';
import { Commands, Views } from '../contributions';
import { readCertificateFile, type CertificateFiles } from './certificateFiles';
import { ConnectionChooser } from './chooser';
import type { ConnectionStore } from './connectionStore';
import { Connector, type ConnectorPorts } from './connector';
import { ConnectionEditor } from './editor';
import { StatusBar } from './statusBar';
import { testConnection } from './testConnection';

export interface ConnectionFeature extends Omit<
  ConnectorPorts,
  'l10n' | 'showProgress' | 'store' | 'files'
> {
  readonly store: ConnectionStore;
}

/** The commands about connections, and their status-bar item. */
export function registerConnections(feature: ConnectionFeature): Disposable {
  const { store, clients, log } = feature;
  const { l10n } = vscode;
  const disposables = new DisposableStore();
  const files: CertificateFiles = { folders, read: readCertificateFile };
  const connector = disposables.add(new Connector({ ...feature, files, l10n, showProgress }));
  const chooser = new ConnectionChooser({ ...feature, l10n });
  const editor = new ConnectionEditor({
    ...feature,
    files,
    l10n,
    connector,
    test: async (options, signal) => {
      await clients.load();
      return testConnection(clients.create, options, signal);
    },
  });
  const register = (id: string, handler: (target?: unknown) => Promise<void>): void => {
    disposables.add(registerCommand(id, handler, log));
  };

  register(Commands.connectionAdd, () => editor.add());
  register(Commands.connectionEdit, async (target) => {
    const profile = await chooser.choose(target, l10n.t('Edit Connection'), 'saved');
    if (profile) await editor.edit(profile);
  });
  register(Commands.connectionDuplicate, async (target) => {
    const profile = await chooser.choose(target, l10n.t('Duplicate Connection'), 'saved');
    if (profile) await editor.duplicate(profile);
  });
  register(Commands.connectionRemove, async (target) => {
    const profile = await chooser.choose(target, l10n.t('Remove Connection'), 'saved');
    if (profile) await editor.remove(profile);
  });
  register(Commands.connectionConnect, async (target) => {
    const profile = await chooser.choose(target, l10n.t('Connect'), 'notOpen');
    if (profile) await connector.connect(profile);
  });
  register(Commands.connectionDisconnect, async (target) => {
    const profile = await chooser.choose(target, l10n.t('Disconnect'), 'open');
    if (profile) await connector.disconnect(profile.id);
  });
  register(Commands.connectionChoose, async () => {
    const choice = await chooser.chooseAction();
    if (choice.kind === 'add') await editor.add();
    else if (choice.kind === 'connect') await connector.connect(choice.profile);
    else await connector.disconnect(choice.profile.id);
  });

  disposables.add(new StatusBar(store, feature.sessions));
  return disposables;
}

function showProgress(task: Promise<unknown>): void {
  void vscode.window.withProgress({ location: { viewId: Views.clusters } }, () => task);
}

function folders(): Folders {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const workspace = folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
  return { home: homedir(), workspace };
}
