import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ValueHistory } from '../../domain/values/history';
import type { ZnodeStat } from '../../domain/znode/stat';
import { ZkError } from '../../zk/errors';
import type { Session, SessionChanges, Sessions } from '../../zk/sessions';
import { DocumentWatches } from '../documentWatches';
import { describeError } from '../errorText';
import { decodeRules } from '../settings';
import { znodeUri } from '../uri';
import { parseSnapshotUri, type View, type ZnodeAddress } from './uri';
import { formatted, readable } from './views';

interface Snapshot {
  readonly data: Uint8Array;
  readonly mtime: number;
}

/** Read-only documents `zkro://<connection>/<path>?<view>`. Those of present values follow the znode. */
export class SnapshotFileSystem implements vscode.FileSystemProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly watched = new Set<vscode.Uri>();
  private readonly watches: DocumentWatches;
  readonly onDidChangeFile = this.changed.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly history: ValueHistory,
  ) {
    const changed = ({ authority, path }: vscode.Uri): void =>
      this.reload((uri) => uri.authority === authority && (uri.path || '/') === path);
    // A document may have been read before watching began, so it is asked for again then.
    this.watches = this.store.add(new DocumentWatches(sessions, changed, changed));
    this.store.add(this.changed);
    this.store.add(sessions.onDidChangeZnodes((burst) => this.onChanges(burst)));
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const { connectionId, path } = this.parse(uri);
    this.watched.add(uri);
    const watch = this.watches.watch(znodeUri(connectionId, path));
    return new vscode.Disposable(() => {
      this.watched.delete(uri);
      watch.dispose();
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { data, mtime } = await this.read(uri);
    const { type, permissions } = {
      type: vscode.FileType.File,
      permissions: vscode.FilePermission.Readonly,
    };
    return { type, permissions, ctime: 0, mtime, size: data.length };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.read(uri)).data;
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.store.dispose();
  }

  private async read(uri: vscode.Uri): Promise<Snapshot> {
    const { view, ...address } = this.parse(uri);
    if (typeof view === 'number') return this.readEarlier(address, view);
    const { data, stat } = await this.readServer(uri, address);
    return { data: this.show(uri, address, view, data), mtime: stat.mtime };
  }

  private readEarlier(address: ZnodeAddress, id: number): Snapshot {
    const value = this.history.get(keyOf(address), id);
    if (value) {
      const { bytes } = readable(address.path, value.data, decodeRules());
      return { data: bytes, mtime: value.mtime };
    }
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t('This earlier value is no longer in memory: windows keep the last ones only.'),
    );
  }

  private async readServer(
    uri: vscode.Uri,
    { connectionId, path }: ZnodeAddress,
  ): Promise<{ data: Uint8Array; stat: ZnodeStat }> {
    const session = this.sessions.get(connectionId);
    if (!session) {
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Connect to “{0}” to see this znode.', connectionId),
      );
    }
    try {
      const { data, stat } = await session.client.getData(path);
      this.history.add(keyOf({ connectionId, path }), {
        data,
        version: stat.version,
        mtime: stat.mtime,
      });
      return { data, stat };
    } catch (error) {
      throw toFileError(error, uri, session);
    }
  }

  private show(
    uri: vscode.Uri,
    { path }: ZnodeAddress,
    view: Exclude<View, number>,
    data: Uint8Array,
  ): Uint8Array {
    if (view === 'bytes') return data;
    if (view === 'now') return readable(path, data, decodeRules()).bytes;
    const text = formatted(path, data, decodeRules());
    if (text) return text;
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t('{0} is neither valid JSON nor well-formed XML.', uri.path),
    );
  }

  private parse(uri: vscode.Uri): ZnodeAddress & { view: View } {
    const parsed = parseSnapshotUri(uri);
    if (!parsed) throw vscode.FileSystemError.FileNotFound(uri);
    return parsed;
  }

  private onChanges({ connectionId, changes }: SessionChanges): void {
    const paths = new Set<string>(
      changes.filter(({ type }) => type !== 'children' && type !== 'stat').map(({ path }) => path),
    );
    this.reload((uri) => uri.authority === connectionId && paths.has(uri.path || '/'));
  }

  private reload(isMeant: (uri: vscode.Uri) => boolean): void {
    const { Changed } = vscode.FileChangeType;
    const events = [...this.watched].filter(isMeant).map((uri) => ({ type: Changed, uri }));
    if (events.length > 0) this.changed.fire(events);
  }
}

/** By which the values of a znode are remembered. */
export function keyOf({ connectionId, path }: ZnodeAddress): string {
  return znodeUri(connectionId, path).toString();
}

function toFileError(error: unknown, uri: vscode.Uri, session: Session): vscode.FileSystemError {
  if (ZkError.is(error, 'NoNode')) return vscode.FileSystemError.FileNotFound(uri);
  const reason = describeError(error, vscode.l10n, session.identity);
  return vscode.FileSystemError.Unavailable(vscode.l10n.t('{0}: {1}', uri.path, reason));
}
