import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { Logger } from '../../base/logger';
import type { UndoStore } from '../../zk/edit/undo';
import type { Sessions } from '../../zk/sessions';
import { registerCommand } from '../commands';
import { Commands, SCHEME } from '../contributions';
import { nameOfTarget, type Target } from '../target';
import type { UserInput } from '../userInput';
import { Bases } from './bases';
import { guessLanguages } from './languages';
import { ContentLenses } from './lenses';
import { OfferConnect } from './offerConnect';
import { ZnodeFileSystem, type ReadValue } from './provider';
import { SaveActions } from './saveActions';
import { Writing } from './writing';

export interface DocumentsFeature {
  readonly sessions: Sessions;
  readonly targetOf: (connectionId: string) => Target | undefined;
  /** Fires when what `targetOf` gives, or what may be written, may have changed. */
  readonly onDidChangeTargets: Event<void>;
  readonly undo: UndoStore;
  readonly ui: UserInput;
  readonly onRead: (value: ReadValue) => void;
  /** Of the workspace: hot exit restores unsaved texts of this workspace. */
  readonly memento: vscode.Memento;
  readonly log: Logger;
}

/** Znodes as documents of VS Code's own editor. */
export function registerDocuments(feature: DocumentsFeature): Disposable {
  const { sessions, targetOf, undo, ui, memento, log } = feature;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const nameOf = (id: string): string => {
    const target = targetOf(id);
    return target ? nameOfTarget(target, l10n) : id;
  };
  const bases = new Bases(memento);
  const actions = new SaveActions(memento, ui, l10n);
  const writing = store.add(new Writing(bases, actions, { ui, l10n, nameOf, undo }, log));
  const offer = store.add(new OfferConnect(sessions, (id) => targetOf(id)?.name, log));
  const files = store.add(new ZnodeFileSystem(sessions, bases, writing, (id) => offer.offer(id)));
  store.add(
    feature.onDidChangeTargets(() => {
      for (const { id } of sessions.all()) files.recheck(id);
    }),
  );
  store.add(files.onDidRead(feature.onRead));
  store.add(registerCommand(Commands.saveForgetChoices, () => actions.forget(), log));
  store.add(
    vscode.workspace.registerFileSystemProvider(SCHEME, files, {
      isCaseSensitive: true,
      isReadonly: false,
    }),
  );
  store.add(
    vscode.languages.registerCodeLensProvider({ scheme: SCHEME }, new ContentLenses(files)),
  );
  store.add(guessLanguages(files));
  store.add(
    registerCommand(
      Commands.znodeLoadAll,
      async (uri?: vscode.Uri) => {
        const active = vscode.window.activeTextEditor?.document.uri;
        const target = uri ?? active;
        if (!target) return;
        files.loadAll(target);
        if (target.toString() !== active?.toString()) await vscode.window.showTextDocument(target);
        // A change is not enough: VS Code reads again only what has another time or size.
        await vscode.commands.executeCommand('workbench.action.files.revert');
      },
      log,
    ),
  );
  return store;
}
