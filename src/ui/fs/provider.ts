import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { encodeValue } from '../../domain/values/encode';
import type { ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import { ZkError } from '../../zk/errors';
import type { Session, SessionChanges, Sessions } from '../../zk/sessions';
import { describeError, describeWriteError } from '../errorText';
import { DocumentWatches } from '../documentWatches';
import { PREVIEW_BYTES } from '../preview';
import { decodeRules } from '../settings';
import { zlibCodecs } from '../zlibCodecs';
import { baseOf, type Bases } from './bases';
import { parseZnodeUri, znodeUri } from '../uri';
import { showData, type Shown } from './content';
import { describeEncodeProblem } from './encodeText';
import type { Address } from './save';
import { documentOf, type Writing } from './writing';

/** A znode's data as a document got it. */
export interface ReadValue {
  readonly uri: vscode.Uri;
  readonly data: Uint8Array;
  readonly stat: ZnodeStat;
}

/**
 * When znodes with unsaved texts seem to have been written. Before a save VS Code asks in its own way
 * about what is newer than it knows, but it sees only half of those conflicts (a change of the same
 * length escapes it), and the save would ask again; so all of them are left to the save.
 */
const NEVER = 0;

/**
 * Znodes as files `zk://<connection>/<path>`. Every znode is a file here; the tree is the browser of
 * what lies below, and where znodes are created, moved and deleted. Times and sizes are the server's,
 * so that VS Code sees real changes.
 */
export class ZnodeFileSystem implements vscode.FileSystemProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly shownEmitter = new vscode.EventEmitter<vscode.Uri>();
  private readonly shown = new Map<string, Shown>();
  private readonly whole = new Set<string>();
  /** The transaction (mzxid) whose data was last read. */
  private readonly readAt = new Map<string, bigint>();
  /** Whether the data of a transaction (mzxid) may be edited as it is shown. */
  private readonly editable = new Map<string, { mzxid: bigint; isEditable: boolean }>();
  private readonly watches: DocumentWatches;

  private readonly reads = new vscode.EventEmitter<ReadValue>();

  readonly onDidChangeFile = this.changed.event;
  /** Fires with each value that was read for a document. */
  readonly onDidRead = this.reads.event;
  /** Fires when another part or form of a znode's data is shown. */
  readonly onDidShow = this.shownEmitter.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly bases: Bases,
    private readonly writing: Writing,
    private readonly onUnconnected: (connectionId: string) => void,
  ) {
    const changed = (uri: vscode.Uri): void => this.reload(uri);
    const watching = (uri: vscode.Uri, stat: ZnodeStat | undefined): void => {
      const readAt = this.readAt.get(uri.toString());
      if (readAt !== undefined && readAt !== stat?.mzxid) this.reload(uri);
    };
    this.watches = this.store.add(new DocumentWatches(sessions, changed, watching));
    this.store.add(this.changed);
    this.store.add(this.shownEmitter);
    this.store.add(this.reads);
    this.store.add(sessions.onDidChangeZnodes((burst) => this.onChanges(burst)));
  }

  /** What was last shown of a znode; undefined before it was read. */
  shownOf(uri: vscode.Uri): Shown | undefined {
    return this.shown.get(uri.toString());
  }

  /** Shows all of a large znode from the next reading on. */
  loadAll(uri: vscode.Uri): void {
    this.whole.add(uri.toString());
    this.editable.delete(uri.toString());
  }

  /** What may be edited has changed for the documents of a connection. */
  recheck(connectionId: string): void {
    for (const key of this.readAt.keys()) {
      const uri = vscode.Uri.parse(key);
      if (uri.authority === connectionId) this.reload(uri);
    }
  }

  private reload(uri: vscode.Uri): void {
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const watch = this.watches.watch(uri);
    return new vscode.Disposable(() => {
      watch.dispose();
      this.shown.delete(uri.toString());
      this.whole.delete(uri.toString());
      this.readAt.delete(uri.toString());
      this.editable.delete(uri.toString());
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const address = this.resolve(uri);
    const stat = await this.guarded(uri, address, ({ client }, path) => client.exists(path));
    if (!stat) throw vscode.FileSystemError.FileNotFound(uri);
    const isEditable = await this.isEditable(uri, address, stat);
    const isUnsaved = documentOf(uri)?.isDirty ?? false;
    return {
      type: vscode.FileType.File,
      ctime: stat.ctime,
      mtime: isUnsaved ? NEVER : stat.mtime,
      size: stat.dataLength,
      ...(!isEditable && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const address = this.resolve(uri);
    const key = uri.toString();
    const { data, stat } = await this.guarded(uri, address, ({ client }, path) =>
      client.getData(path),
    );
    this.readAt.set(key, stat.mzxid);
    this.reads.fire({ uri, data, stat });
    const shown = this.show(uri, address.path, data);
    this.editable.set(key, { mzxid: stat.mzxid, isEditable: shown.readOnly === undefined });
    this.shown.set(key, { ...shown, bytes: new Uint8Array() });
    if (shown.form === 'text') {
      this.bases.onRead(key, baseOf(stat), new TextDecoder().decode(shown.bytes), documentOf(uri));
    }
    this.shownEmitter.fire(uri);
    return shown.bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const address = this.resolve(uri);
    const { path } = address;
    const shown = this.shown.get(uri.toString());
    if (shown?.readOnly !== undefined) throw vscode.FileSystemError.NoPermissions(uri);
    await this.guarded(
      uri,
      address,
      () =>
        this.writing.write(uri, address, content, (text, original) => {
          const coding = shown?.coding ?? this.show(uri, path, original).coding;
          const encoded = encodeValue(coding, original, text, zlibCodecs);
          if (encoded instanceof Uint8Array) return encoded;
          throw vscode.FileSystemError.Unavailable(describeEncodeProblem(encoded, vscode.l10n));
        }),
      'write',
    );
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw useTheTree(uri);
  }

  delete(uri: vscode.Uri): never {
    throw useTheTree(uri);
  }

  rename(uri: vscode.Uri): never {
    throw useTheTree(uri);
  }

  dispose(): void {
    this.store.dispose();
  }

  private show(uri: vscode.Uri, path: ZPath, data: Uint8Array): Shown {
    const limit = this.whole.has(uri.toString()) ? Infinity : PREVIEW_BYTES;
    return showData(path, data, limit, decodeRules());
  }

  /** Reads the data when that is what decides, which VS Code is about to do anyway. */
  private async isEditable(uri: vscode.Uri, address: Address, stat: ZnodeStat): Promise<boolean> {
    if (address.session.writer.refusal !== undefined) return false;
    const key = uri.toString();
    const known = this.editable.get(key);
    if (known?.mzxid === stat.mzxid) return known.isEditable;
    const found = await this.guarded(uri, address, ({ client }, path) => client.getData(path));
    const isEditable = this.show(uri, address.path, found.data).readOnly === undefined;
    this.editable.set(key, { mzxid: found.stat.mzxid, isEditable });
    return isEditable;
  }

  private async guarded<T>(
    uri: vscode.Uri,
    { session, path }: Address,
    ask: (session: Session, path: ZPath) => Promise<T>,
    intent: 'read' | 'write' = 'read',
  ): Promise<T> {
    try {
      return await ask(session, path);
    } catch (error) {
      throw error instanceof vscode.FileSystemError
        ? error
        : toFileError(error, uri, session, intent);
    }
  }

  private find(uri: vscode.Uri): Address | undefined {
    const znode = parseZnodeUri(uri);
    const session = znode && this.sessions.get(znode.connectionId);
    return session && { session, path: znode.path };
  }

  private resolve(uri: vscode.Uri): Address {
    const address = this.find(uri);
    if (address) return address;
    const znode = parseZnodeUri(uri);
    if (!znode) throw vscode.FileSystemError.FileNotFound(uri);
    this.onUnconnected(znode.connectionId);
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t('Connect to “{0}” to see this znode.', znode.connectionId),
    );
  }

  private onChanges({ connectionId, changes }: SessionChanges): void {
    const events: vscode.FileChangeEvent[] = [];
    for (const { path, type } of changes) {
      if (type === 'children' || type === 'stat') continue;
      const uri = znodeUri(connectionId, path);
      if (type === 'deleted') events.push({ type: vscode.FileChangeType.Deleted, uri });
      else if (type === 'created') events.push({ type: vscode.FileChangeType.Created, uri });
      else events.push({ type: vscode.FileChangeType.Changed, uri });
    }
    if (events.length > 0) this.changed.fire(events);
  }
}

function useTheTree(uri: vscode.Uri): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(
    vscode.l10n.t('{0}: create, move and delete znodes in the ZooKeeper view.', uri.path),
  );
}

function toFileError(
  error: unknown,
  uri: vscode.Uri,
  session: Session,
  intent: 'read' | 'write',
): vscode.FileSystemError {
  if (ZkError.is(error, 'NoNode')) return vscode.FileSystemError.FileNotFound(uri);
  const describe = intent === 'read' ? describeError : describeWriteError;
  const reason = describe(error, vscode.l10n, session.identity);
  const message = vscode.l10n.t('{0}: {1}', uri.path, reason);
  return ZkError.is(error, 'NoAuth')
    ? vscode.FileSystemError.NoPermissions(message)
    : vscode.FileSystemError.Unavailable(message);
}
