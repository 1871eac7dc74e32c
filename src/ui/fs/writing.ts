import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { Commands, SCHEME } from '../contributions';
import { baseOf, type Bases } from './bases';
import { saveZnode, type Address, type SavePorts } from './save';
import { RecentTexts, type OnSave } from './recentTexts';
import type { SaveActions } from './saveActions';

/** A save that VS Code has announced. */
interface Announced {
  readonly reason: vscode.TextDocumentSaveReason;
  /** Before the actions that run on save. */
  readonly text: string;
}

/** Makes the data for an editor's text (UTF-8), in the manner of the value that it replaces. */
export type Encode = (text: Uint8Array, original: Uint8Array) => Uint8Array;

/** What happens between *Save* and the server: only what the user typed and meant reaches a znode. */
export class Writing implements Disposable {
  private readonly store = new DisposableStore();
  private readonly announced = new Map<string, Announced>();
  private readonly recent = new Map<string, RecentTexts>();
  /** Documents that show something else than what their save wrote. */
  private readonly stale = new Set<string>();

  constructor(
    private readonly bases: Bases,
    private readonly actions: SaveActions,
    private readonly ports: SavePorts,
    private readonly log: Logger,
  ) {
    const { workspace } = vscode;
    this.store.add(workspace.onWillSaveTextDocument((event) => this.announce(event)));
    const follow = (document: vscode.TextDocument): void => {
      if (isOurs(document)) this.follow(document);
    };
    this.store.add(workspace.onDidOpenTextDocument(follow));
    this.store.add(
      workspace.onDidSaveTextDocument((document) => {
        follow(document);
        if (!this.stale.delete(document.uri.toString())) return;
        this.later(async () => {
          if (!document.isDirty) await revert(document.uri); // else somebody is typing on
        });
      }),
    );
    this.store.add(workspace.onDidChangeTextDocument(({ document }) => follow(document)));
    this.store.add(
      workspace.onDidCloseTextDocument((document) => {
        // Another language closes a document and opens it again at once.
        if (isOurs(document)) queueMicrotask(() => this.forget(document.uri));
      }),
    );
    workspace.textDocuments.forEach(follow);
  }

  /** @throws FileSystemError with the reason why the document stays unsaved */
  async write(
    uri: vscode.Uri,
    address: Address,
    content: Uint8Array,
    encode: Encode,
  ): Promise<void> {
    const key = uri.toString();
    const announced = this.announced.get(key);
    this.announced.delete(key);
    refuseReadOnly(address);
    refuseAutoSave(announced);
    const text = await this.chooseText(uri, address, content, announced);
    const base = this.bases.of(key);
    const outcome = await saveZnode(
      address,
      (original) => encode(text, original),
      base,
      this.ports,
    );
    if ('stat' in outcome) {
      this.bases.onSaved(key, baseOf(outcome.stat));
      if (text !== content) this.stale.add(key);
      return;
    }
    if (outcome.kind === 'compare') {
      this.later(() => vscode.commands.executeCommand(Commands.znodeCompareWithServer, uri));
    }
    if (outcome.kind === 'revert') this.later(() => revert(uri));
    throw vscode.FileSystemError.Unavailable(outcome.reason);
  }

  dispose(): void {
    this.store.dispose();
  }

  private follow(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.bases.onDocument(key, document);
    const text = document.getText();
    const recent = this.recent.get(key);
    if (recent && document.isDirty) recent.onChange(text);
    else this.recent.set(key, new RecentTexts(text));
  }

  private forget(uri: vscode.Uri): void {
    if (documentOf(uri)) return;
    this.bases.forget(uri.toString());
    this.recent.delete(uri.toString());
  }

  private announce({ document, reason }: vscode.TextDocumentWillSaveEvent): void {
    if (!isOurs(document)) return;
    const key = document.uri.toString();
    const text = this.recent.get(key)?.asTyped(onSave(document)) ?? document.getText();
    this.announced.set(key, { reason, text });
  }

  /** The bytes that the user wants to be written. */
  private async chooseText(
    uri: vscode.Uri,
    { session, path }: Address,
    content: Uint8Array,
    announced: Announced | undefined,
  ): Promise<Uint8Array> {
    const { t } = vscode.l10n;
    const document = documentOf(uri);
    if (document && !['utf8', 'utf8bom'].includes(document.encoding)) {
      throw vscode.FileSystemError.Unavailable(
        t(
          '{0} is open with the encoding {1}, which would garble it. Use “Reopen with Encoding” with UTF-8, then edit and save.',
          path,
          document.encoding,
        ),
      );
    }
    if (!announced) return content;
    const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
    const chosen = await this.actions.choose(
      { connectionId: session.id, path },
      announced.text,
      after,
    );
    if (chosen === undefined)
      throw vscode.FileSystemError.Unavailable(t('The save was cancelled.'));
    return chosen === after ? content : new TextEncoder().encode(chosen);
  }

  /** VS Code hears of the end of the save first. */
  private later(action: () => Thenable<unknown>): void {
    setTimeout(() => {
      action().then(undefined, (error: unknown) => this.log.error('after a save', error));
    }, 0);
  }
}

function isOurs({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === SCHEME;
}

/** The document that shows a znode, if any does. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** What VS Code is set to do when it saves the document. */
function onSave(document: vscode.TextDocument): OnSave {
  const files = vscode.workspace.getConfiguration('files', document);
  const editor = vscode.workspace.getConfiguration('editor', document);
  const actions = Object.values(editor.get<Record<string, unknown>>('codeActionsOnSave') ?? {});
  return {
    byteOrderMark: false, // comes with the encoding, after the announcement
    finalLineEnd: files.get('insertFinalNewline') === true,
    finalLineEndsTrimmed: files.get('trimFinalNewlines') === true,
    trailingSpaces: files.get('trimTrailingWhitespace') === true,
    formatting:
      editor.get('formatOnSave') === true ||
      actions.some((when) => when !== false && when !== 'never'),
  };
}

function refuseReadOnly({ session, path }: Address): void {
  const { refusal } = session.writer;
  if (refusal === undefined) return;
  const { t } = vscode.l10n;
  throw vscode.FileSystemError.NoPermissions(
    refusal === 'readOnlyConnection'
      ? t('{0} was not saved: its connection is read-only.', path)
      : t('{0} was not saved: the server has lost its ensemble and only serves reads.', path),
  );
}

function refuseAutoSave(announced: Announced | undefined): void {
  if (!announced || announced.reason === vscode.TextDocumentSaveReason.Manual) return;
  throw vscode.FileSystemError.Unavailable(
    vscode.l10n.t(
      'Auto save does not write to ZooKeeper, where half a text would be live at once. Save by hand (File: Save).',
    ),
  );
}

async function revert(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
