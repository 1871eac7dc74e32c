import type * as vscode from 'vscode';
import { BookmarkStore } from './ui/bookmarks/bookmarkStore';
import { registerBookmarks } from './ui/bookmarks/register';
import { registerCommand } from './ui/commands';
import { ConnectionStore } from './ui/connections/connectionStore';
import { registerConnections } from './ui/connections/register';
import { VscodeConnectionSettings } from './ui/connections/vscodeConnectionSettings';
import { keepContextKeys } from './ui/contextKeys';
import { Commands } from './ui/contributions';
import { registerCopy } from './ui/edit/copyCommands';
import { registerDelete } from './ui/edit/deleteCommands';
import { UndoFiles } from './ui/edit/undoFiles';
import { registerZnodeCommands } from './ui/edit/znodeCommands';
import { registerDashboard } from './ui/dashboard/register';
import { registerCompare } from './ui/compare/register';
import { registerEnsemble } from './ui/ensemble/register';
import { registerConfig } from './ui/config/register';
import { registerDocuments } from './ui/fs/register';
import { createLog } from './ui/log';
import { registerPlans } from './ui/plan/register';
import { QuickInput } from './ui/quickInput';
import { registerReport } from './ui/report/register';
import { registerRing } from './ui/ring/register';
import { registerSandbox } from './ui/sandbox/register';
import { Secrets } from './ui/secrets';
import { registerServer } from './ui/server/register';
import { adminPort, ensembleIntervalMs, pageSize, stepsPerSecond, timing } from './ui/settings';
import { registerTree } from './ui/tree/register';
import { registerWriteLog } from './ui/writeLog';
import { ClientLoader } from './zk/clientLoader';
import { MadeModes } from './zk/edit/undo';
import { SamplersLoader } from './zk/ensemble/samplersLoader';
import { Sessions } from './zk/sessions';

/** Builds the object graph. Nothing connects here: that is always the user's doing. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, secrets: storage, globalState, workspaceState: memento } = context;
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(createLog());
  const clients = new ClientLoader();
  const store = own(new ConnectionStore(own(new VscodeConnectionSettings()), log));
  const isWritable = (id: string): boolean => store.find(id)?.readOnly === false;
  const sessions = own(new Sessions(clients.create, log, isWritable));
  const interval = { adminPort, intervalMs: ensembleIntervalMs };
  const samplers = own(new SamplersLoader({ sessions, ...interval, logger: log }));
  const secrets = new Secrets(storage);
  const ui = new QuickInput();
  const undo = new UndoFiles({
    folder: `${context.globalStorageUri.fsPath}/undo`,
    keeps: (id) => store.find(id)?.keepUndo ?? false,
    log,
  });
  const made = new MadeModes();
  const bookmarks = own(new BookmarkStore(globalState));

  own(keepContextKeys(store, sessions));
  own(registerConnections({ store, sessions, clients, secrets, ui, timing, log }));
  const tree = own(registerTree({ source: store, sessions, bookmarks, ui, pageSize, log }));
  const targetOf = (id: string) => store.find(id);
  const { onDidChange: onDidChangeTargets } = store;
  const compare = own(registerCompare({ sessions, nameOf: (id) => store.find(id)?.name, ui, log }));
  own(
    registerDocuments({
      sessions,
      targetOf,
      onDidChangeTargets,
      undo,
      ui,
      memento,
      onRead: compare.onRead,
      log,
    }),
  );
  const { selectedPlaces } = tree;
  const edit = { sessions, targetOf, undo, made, ui, selectedPlaces, log };
  own(registerDelete({ ...edit, perSecond: stepsPerSecond }));
  own(registerCopy({ ...edit, perSecond: stepsPerSecond }));
  own(registerZnodeCommands({ ...edit, perSecond: stepsPerSecond }));
  own(registerBookmarks({ ...edit, store: bookmarks, nameOf: (id) => store.find(id)?.name }));
  const { extensionUri } = context;
  const nameOf = (id: string) => store.find(id)?.name;
  own(registerPlans({ sessions, samplers, nameOf, store, extensionUri, ui, memento, log }));
  own(registerRing({ sessions, nameOf, extensionUri, selectedPlaces, ui, log }));
  own(registerReport({ extensionUri, log }));
  own(registerSandbox({ store, extensionUri, ui, log }));
  own(registerEnsemble({ sessions, samplers, nameOf, selectedPlaces, ui, log }));
  own(registerConfig({ ui, memento, log }));
  const { intervalMs } = interval;
  const look = { sessions, samplers, nameOf, ui, log };
  own(registerDashboard({ ...look, intervalMs, extensionUri }));
  own(registerServer({ sessions, ui, adminPort, log }));
  own(registerWriteLog({ sessions, connectionOf: (id) => store.find(id), log }));
  own(registerCommand(Commands.showLog, () => log.show(), log));
}
