import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import { ZkError } from '../../zk/errors';
import type { Session, SessionChanges, Sessions } from '../../zk/sessions';
import { describeError } from '../errorText';
import { decodeRules } from '../settings';
import { parseZnodeUri, znodeUri } from '../uri';
import { PREVIEW_BYTES, showData, type Shown } from './content';
import { DocumentWatches } from './watches';

interface Address {
  readonly session: Session;
  readonly path: ZPath;
}

/**
 * Znodes as read-only files `zk://<connection>/<path>`. Every znode is a file here; the tree is the
 * browser of what lies below. Times and sizes are the server's, so that VS Code sees real changes.
 */
export class ZnodeFileSystem implements vscode.FileSystemProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly shownEmitter = new vscode.EventEmitter<vscode.Uri>();
  private readonly shown = new Map<string, Shown>();
  private readonly whole = new Set<string>();
  /** The transaction (mzxid) whose data was last read. */
  private readonly readAt = new Map<string, bigint>();
  private readonly watches: DocumentWatches;

  readonly onDidChangeFile = this.changed.event;
  /** Fires when another part or form of a znode's data is shown. */
  readonly onDidShow = this.shownEmitter.event;

  constructor(
    private readonly sessions: Sessions,
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
    this.store.add(sessions.onDidChangeZnodes((burst) => this.onChanges(burst)));
  }

  /** What was last shown of a znode; undefined before it was read. */
  shownOf(uri: vscode.Uri): Shown | undefined {
    return this.shown.get(uri.toString());
  }

  /** Shows all of a large znode from the next reading on. */
  loadAll(uri: vscode.Uri): void {
    this.whole.add(uri.toString());
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
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { session, path } = this.resolve(uri);
    let stat: ZnodeStat | undefined;
    try {
      stat = await session.client.exists(path);
    } catch (error) {
      throw toFileError(error, uri, session);
    }
    if (!stat) throw vscode.FileSystemError.FileNotFound(uri);
    return {
      type: vscode.FileType.File,
      ctime: stat.ctime,
      mtime: stat.mtime,
      size: stat.dataLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { session, path } = this.resolve(uri);
    const key = uri.toString();
    try {
      const { data, stat } = await session.client.getData(path);
      this.readAt.set(key, stat.mzxid);
      const shown = showData(path, data, this.whole.has(key) ? Infinity : PREVIEW_BYTES, decodeRules());
      this.shown.set(key, { ...shown, bytes: new Uint8Array() });
      this.shownEmitter.fire(uri);
      return shown.bytes;
    } catch (error) {
      throw toFileError(error, uri, session);
    }
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw refuseToWrite(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw refuseToWrite(uri);
  }

  delete(uri: vscode.Uri): never {
    throw refuseToWrite(uri);
  }

  rename(uri: vscode.Uri): never {
    throw refuseToWrite(uri);
  }

  dispose(): void {
    this.store.dispose();
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

function refuseToWrite(uri: vscode.Uri): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(
    vscode.l10n.t('{0} is read-only: this version does not write znodes.', uri.path),
  );
}

function toFileError(error: unknown, uri: vscode.Uri, session: Session): vscode.FileSystemError {
  if (ZkError.is(error, 'NoNode')) return vscode.FileSystemError.FileNotFound(uri);
  const reason = describeError(error, vscode.l10n, session.identity);
  const message = vscode.l10n.t('{0}: {1}', uri.path, reason);
  return ZkError.is(error, 'NoAuth')
    ? vscode.FileSystemError.NoPermissions(message)
    : vscode.FileSystemError.Unavailable(message);
}
