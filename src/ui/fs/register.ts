import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Sessions } from '../../zk/sessions';
import { registerCommand } from '../commands';
import { Commands, SCHEME } from '../contributions';
import { guessLanguages } from './languages';
import { ContentLenses } from './lenses';
import { OfferConnect } from './offerConnect';
import { ZnodeFileSystem } from './provider';

export interface DocumentsFeature {
  readonly sessions: Sessions;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly log: Logger;
}

/** Znodes as documents of VS Code's own editor. */
export function registerDocuments({ sessions, nameOf, log }: DocumentsFeature): Disposable {
  const store = new DisposableStore();
  const offer = store.add(new OfferConnect(sessions, nameOf, log));
  const files = store.add(new ZnodeFileSystem(sessions, (id) => offer.offer(id)));
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
