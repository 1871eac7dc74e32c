import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { guessLanguage } from '../../domain/znode/language';
import { baseName } from '../../domain/znode/path';
import { SCHEME } from '../contributions';
import { parseZnodeUri } from '../uri';
import type { ZnodeFileSystem } from './provider';

const LOOK_AT_CHARACTERS = 64 * 1024;

/** Gives a znode the language that the setting says, or that its content has when VS Code found none. */
export function guessLanguages(files: ZnodeFileSystem): Disposable {
  // A user who sets a language opens the same document again: that choice is not guessed away.
  const seen = new WeakSet<vscode.TextDocument>();
  const guess = async (document: vscode.TextDocument): Promise<void> => {
    if (document.uri.scheme !== SCHEME || seen.has(document)) return;
    seen.add(document);
    const znode = parseZnodeUri(document.uri);
    const shown = files.shownOf(document.uri);
    if (!znode || shown?.form === 'hex') return;
    if (shown?.language !== undefined) return setLanguage(document, shown.language);
    if (document.languageId !== 'plaintext') return;
    const end = document.positionAt(LOOK_AT_CHARACTERS);
    const text = document.getText(new vscode.Range(new vscode.Position(0, 0), end));
    const language = guessLanguage(baseName(znode.path), text);
    if (language !== 'plaintext') await setLanguage(document, language);
  };
  return vscode.workspace.onDidOpenTextDocument((document) => void guess(document));
}

/** The setting may name a language that isn't there: then the text stays as VS Code found it. */
async function setLanguage(document: vscode.TextDocument, language: string): Promise<void> {
  await vscode.languages
    .setTextDocumentLanguage(document, language)
    .then(undefined, () => undefined);
}
