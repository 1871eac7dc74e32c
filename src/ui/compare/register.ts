import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { ValueHistory } from '../../domain/values/history';
import { guessLanguage } from '../../domain/znode/language';
import { baseName } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import { registerCommand } from '../commands';
import { Commands, ContextKeys, SCHEME, SNAPSHOT_SCHEME } from '../contributions';
import { plainText } from '../plainText';
import { parseZnodeUri } from '../uri';
import { Comparisons, requireZnode, type CompareContext } from './commands';
import { shortPath } from './diff';
import { SnapshotFileSystem } from './snapshots';
import { parseSnapshotUri, snapshotUri } from './uri';

export interface CompareFeature extends Omit<CompareContext, 'history'> {
  readonly log: Logger;
}

/** A value as a document got it. */
interface ReadValue {
  readonly uri: vscode.Uri;
  readonly data: Uint8Array;
  readonly stat: ZnodeStat;
}

export interface Compare extends Disposable {
  /** Remembers a value, to compare later ones with it. */
  readonly onRead: (value: ReadValue) => void;
}

const HEX_EDITOR = { extension: 'ms-vscode.hexeditor', view: 'hexEditor.hexedit' };
const LOOK_AT_CHARACTERS = 64 * 1024;

/** Znodes beside other znodes, files and what they were; formatted, and as bytes. */
export function registerCompare({ log, ...context }: CompareFeature): Compare {
  const { sessions } = context;
  const history = new ValueHistory();
  const store = new DisposableStore();
  const snapshots = store.add(new SnapshotFileSystem(sessions, history));
  const options = { isCaseSensitive: true, isReadonly: true };
  store.add(vscode.workspace.registerFileSystemProvider(SNAPSHOT_SCHEME, snapshots, options));
  store.add(vscode.workspace.onDidOpenTextDocument(setLanguage));
  store.add(keepHexEditorKnown());
  const compare = new Comparisons({ ...context, history });

  const showFormatted = async (target: unknown): Promise<void> => {
    const znode = requireZnode(target);
    const uri = snapshotUri(znode, 'formatted');
    await snapshots.readFile(uri); // the editor itself would not say why it can't
    const title = vscode.l10n.t('{0} (formatted)', shortPath(baseName(znode.path)));
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false }, plainText(title));
  };
  const openInHexEditor = async (target: unknown): Promise<void> => {
    if (!hasHexEditor()) {
      throw new Error(
        vscode.l10n.t('Install the extension Hex Editor (ms-vscode.hexeditor) first.'),
      );
    }
    const uri = snapshotUri(requireZnode(target), 'bytes');
    await snapshots.readFile(uri);
    await vscode.commands.executeCommand('vscode.openWith', uri, HEX_EDITOR.view);
  };
  const commands = {
    [Commands.znodeShowFormatted]: showFormatted,
    [Commands.znodeOpenInHexEditor]: openInHexEditor,
    [Commands.znodeSelectForCompare]: compare.select,
    [Commands.znodeCompareWithSelected]: compare.withSelected,
    [Commands.znodeCompareWithConnection]: compare.withConnection,
    [Commands.znodeCompareWithFile]: compare.withFile,
    [Commands.znodeCompareWithServer]: compare.withServer,
    [Commands.znodeCompareWithEarlier]: compare.withEarlier,
  };
  for (const [id, run] of Object.entries(commands)) store.add(registerCommand(id, run, log));
  const onRead = ({ uri, data, stat }: ReadValue): void =>
    history.add(uri.toString(), { data, version: stat.version, mtime: stat.mtime });
  // VS Code knows what it has just saved and doesn't read it.
  store.add(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const znode = uri.scheme === SCHEME ? parseZnodeUri(uri) : undefined;
      const session = znode && sessions.get(znode.connectionId);
      if (!session) return;
      session.client
        .getData(znode.path)
        .then((value) => onRead({ uri, ...value }))
        .catch((error: unknown) => log.error(uri.path, error));
    }),
  );
  return { onRead, dispose: () => store.dispose() };
}

function hasHexEditor(): boolean {
  return vscode.extensions.getExtension(HEX_EDITOR.extension) !== undefined;
}

function keepHexEditorKnown(): Disposable {
  const tell = (): void =>
    void vscode.commands.executeCommand('setContext', ContextKeys.hasHexEditor, hasHexEditor());
  tell();
  return vscode.extensions.onDidChange(tell);
}

/** Both sides of a comparison are coloured alike, with or without a telling name. */
function setLanguage(document: vscode.TextDocument): void {
  const snapshot = parseSnapshotUri(document.uri);
  if (!snapshot || snapshot.view === 'bytes' || document.languageId !== 'plaintext') return;
  const end = document.positionAt(LOOK_AT_CHARACTERS);
  const text = document.getText(new vscode.Range(new vscode.Position(0, 0), end));
  const language = guessLanguage(baseName(snapshot.path), text);
  if (language !== 'plaintext') void vscode.languages.setTextDocumentLanguage(document, language);
}
