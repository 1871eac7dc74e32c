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
      (uri?: vscode.Uri) => {
        const target = uri ?? vscode.window.activeTextEditor?.document.uri;
        if (target) files.loadAll(target);
      },
      log,
    ),
  );
  return store;
}
