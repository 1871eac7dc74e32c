import * as library from 'node-zookeeper-client';
import type { Socket } from 'node:net';
import { abortable } from '../base/async';
import { Emitter } from '../base/event';
import type { AclEntry } from '../domain/znode/acl';
import type { ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import type {
  ClientFactory,
  ClientOptions,
  ConnectionState,
  CreateMode,
  CreateOptions,
  RequestOptions,
  WatchEvent,
  WatchOptions,
  ZkClient,
} from './client';
import { formatConnectString, parseConnectString } from './connectString';
import { ZkError } from './errors';

const DEFAULT_SESSION_TIMEOUT_MS = 30_000;
const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 1_000;

/** The inside of the library that its types don't show and that we need to explain failures. */
interface ConnectionManager {
  state: number;
  socket?: Socket;
  servers: { host: string; port: number }[];
  nextServerIndex: number;
  pendingBuffer: Buffer | null;
  onSocketError(error: Error): void;
  onSocketConnectTimeout(): void;
  onSocketConnected(): void;
  onSocketClosed(hadError: boolean): void;
  onSocketData(chunk: Buffer): void;
}
const CLOSING = -1;

type Callback<T extends unknown[]> = (
  error: Error | library.Exception | null,
  ...results: T
) => void;

/** A `ZkClient` on the package `node-zookeeper-client`. */
export const createNodeClient: ClientFactory = (options) => new NodeClient(options);

class NodeClient implements ZkClient {
  private current: ConnectionState = { kind: 'connecting', attempt: 1 };
  private readonly states = new Emitter<ConnectionState>();
  private readonly watches = new Emitter<WatchEvent>();
  private readonly pending = new Set<(error: Error) => void>();
  private wire: library.Client | undefined;
  private failedAttempts = 0;
  private cause: string | undefined;
  private sent = 0;

  readonly onDidChangeState = this.states.event;
  readonly onDidSeeWatch = this.watches.event;

  constructor(private readonly options: ClientOptions) {}

  get state(): ConnectionState {
    return this.current;
  }

  get requestCount(): number {
    return this.sent;
  }

  connect(options: RequestOptions = {}): Promise<void> {
    const address = parseConnectString(this.options.connectString);
    if ('kind' in address) {
      throw new ZkError(
        'BadArguments',
        `connect string ${this.options.connectString}: ${address.kind}`,
      );
    }
    const hosts = address.hosts.length;
    const first = this.track<void>('connect', undefined, (resolve, reject) => {
      const subscription = this.onDidChangeState((state) => {
        if (state.kind === 'connected') resolve();
        else if (state.kind === 'authFailed')
          reject(new ZkError('AuthFailed', 'credentials refused'));
        else if (state.kind === 'closed') reject(new ZkError('Closed', 'closed while connecting'));
        else if (this.failedAttempts >= hosts) {
          reject(new ZkError('ConnectionLoss', this.cause ?? 'no server could be reached'));
        } else return;
        subscription.dispose();
      });
      this.open(formatConnectString(address));
    });
    return abortable(first, options.signal);
  }

  private open(connectString: string): void {
    const wire = library.createClient(connectString, {
      sessionTimeout: this.options.sessionTimeoutMs ?? DEFAULT_SESSION_TIMEOUT_MS,
      spinDelay: 1_000,
      retries: 0,
    });
    this.wire = wire;
    const isCurrent = (): boolean => this.wire === wire && this.current.kind !== 'closed';
    this.explainFailures(managerOf(wire), isCurrent);
    for (const { scheme, auth } of this.options.credentials ?? []) {
      wire.addAuthInfo(scheme, Buffer.from(auth));
    }
    wire.on('state', (state) => {
      if (!isCurrent()) return;
      if (state === library.State.SYNC_CONNECTED) this.onConnected(wire);
      else if (state === library.State.DISCONNECTED) this.onDisconnected();
      else if (state === library.State.AUTH_FAILED) {
        this.moveTo({ kind: 'authFailed' });
        this.failPending(new ZkError('AuthFailed', 'credentials refused'));
      } else if (state === library.State.EXPIRED) {
        this.moveTo({ kind: 'expired' });
        this.failPending(new ZkError('SessionExpired', 'the session expired'));
        this.open(connectString);
      }
    });
    wire.connect();
  }

  /** The library swallows why a connection failed and throws on malformed replies; both end here. */
  private explainFailures(manager: ConnectionManager, isCurrent: () => boolean): void {
    const original = {
      onSocketError: manager.onSocketError,
      onSocketConnectTimeout: manager.onSocketConnectTimeout,
      onSocketConnected: manager.onSocketConnected,
      onSocketClosed: manager.onSocketClosed,
      onSocketData: manager.onSocketData,
    };
    const server = (): string => {
      const last = manager.servers[Math.max(0, manager.nextServerIndex - 1)];
      return last ? `${last.host}:${last.port}` : '';
    };
    manager.onSocketError = (error) => {
      this.cause = `${server()}: ${error.message}`;
      original.onSocketError.call(manager, error);
    };
    manager.onSocketConnectTimeout = () => {
      this.cause = `${server()}: no answer`;
      original.onSocketConnectTimeout.call(manager);
    };
    manager.onSocketConnected = () => {
      if (isCurrent()) original.onSocketConnected.call(manager);
      else manager.socket?.destroy();
    };
    manager.onSocketClosed = (hadError) => {
      manager.pendingBuffer = null;
      if (!isCurrent()) return;
      original.onSocketClosed.call(manager, hadError);
    };
    manager.onSocketData = (chunk) => {
      try {
        original.onSocketData.call(manager, chunk);
      } catch (error) {
        this.cause = `${server()}: not a ZooKeeper reply (${String(error)})`;
        manager.socket?.destroy();
      }
    };
  }

  private onConnected(wire: library.Client): void {
    const { socket } = managerOf(wire);
    this.failedAttempts = 0;
    this.cause = undefined;
    this.moveTo({
      kind: 'connected',
      server: `${socket?.remoteAddress ?? '?'}:${socket?.remotePort ?? 0}`,
      sessionId: wire.getSessionId().readBigInt64BE(),
      sessionTimeoutMs: wire.getSessionTimeout(),
      readOnly: false,
    });
  }

  private onDisconnected(): void {
    const cause = this.cause === undefined ? {} : { cause: this.cause };
    if (this.current.kind === 'connected') this.moveTo({ kind: 'suspended', ...cause });
    else {
      this.failedAttempts++;
      this.moveTo({ kind: 'connecting', attempt: this.failedAttempts + 1, ...cause });
    }
  }

  private moveTo(state: ConnectionState): void {
    this.current = state;
    this.states.fire(state);
  }

  private failPending(error: ZkError): void {
    for (const fail of [...this.pending]) fail(error);
  }

  /** A promise that settles once: by `start`, by the deadline, or because the session ended. */
  private track<T>(
    operation: string,
    path: ZPath | undefined,
    start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
  ): Promise<T> {
    const timeoutMs = this.options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        const why = this.current.kind === 'connected' ? '' : ` (${this.cause ?? 'not connected'})`;
        fail(new ZkError('OperationTimeout', `no answer in ${timeoutMs} ms${why}`, path));
      }, timeoutMs);
      const settle = (): void => {
        clearTimeout(timer);
        this.pending.delete(fail);
      };
      const fail = (error: Error): void => {
        settle();
        reject(error);
      };
      this.pending.add(fail);
      start((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }

  private async request<R extends unknown[], T>(
    operation: string,
    path: ZPath,
    options: RequestOptions,
    send: (wire: library.Client, callback: Callback<R>) => void,
    read: (...results: R) => T,
  ): Promise<T> {
    options.signal?.throwIfAborted();
    if (this.current.kind === 'closed') throw new ZkError('Closed', `${operation} ${path}`, path);
    const answer = this.track<T>(operation, path, (resolve, reject) => {
      const go = (): void => {
        if (!this.wire || options.signal?.aborted) return;
        this.sent++;
        try {
          send(this.wire, (error, ...results) => {
            if (error) reject(toZkError(error, operation, path));
            else resolve(read(...results));
          });
        } catch (error) {
          reject(new ZkError('BadArguments', `${operation} ${path}: ${String(error)}`, path));
        }
      };
      if (this.current.kind === 'connected') return go();
      const subscription = this.onDidChangeState(({ kind }) => {
        if (kind === 'connected') go();
        if (kind === 'connected' || kind === 'closed') subscription.dispose();
      });
    });
    return abortable(answer, options.signal);
  }

  private readonly watcher = (event: library.Event): void => {
    const type = EVENT_TYPES.get(event.getType());
    if (type) this.watches.fire({ type, path: event.getPath() as ZPath });
  };

  exists(path: ZPath, options: WatchOptions = {}): Promise<ZnodeStat | undefined> {
    return this.request<[library.Stat | null], ZnodeStat | undefined>(
      'exists',
      path,
      options,
      (wire, callback) =>
        options.watch ? wire.exists(path, this.watcher, callback) : wire.exists(path, callback),
      (stat) => (stat ? toStat(stat) : undefined),
    );
  }

  getData(path: ZPath, options: WatchOptions = {}): Promise<{ data: Uint8Array; stat: ZnodeStat }> {
    return this.request<[Buffer | undefined, library.Stat], { data: Uint8Array; stat: ZnodeStat }>(
      'getData',
      path,
      options,
      (wire, callback) =>
        options.watch ? wire.getData(path, this.watcher, callback) : wire.getData(path, callback),
      (data, stat) => ({ data: new Uint8Array(data ?? []), stat: toStat(stat) }),
    );
  }

  getChildren(
    path: ZPath,
    options: WatchOptions = {},
  ): Promise<{ names: string[]; stat: ZnodeStat }> {
    return this.request<[string[], library.Stat], { names: string[]; stat: ZnodeStat }>(
      'getChildren',
      path,
      options,
      (wire, callback) =>
        options.watch
          ? wire.getChildren(path, this.watcher, callback)
          : wire.getChildren(path, callback),
      (names, stat) => ({ names, stat: toStat(stat) }),
    );
  }

  getAcl(path: ZPath, options: RequestOptions = {}): Promise<{ acl: AclEntry[]; stat: ZnodeStat }> {
    return this.request<[library.ACL[], library.Stat], { acl: AclEntry[]; stat: ZnodeStat }>(
      'getACL',
      path,
      options,
      (wire, callback) => wire.getACL(path, callback),
      (acl, stat) => ({ acl: acl.map(toAclEntry), stat: toStat(stat) }),
    );
  }

  create(path: ZPath, data: Uint8Array, options: CreateOptions = {}): Promise<ZPath> {
    const acl = options.acl?.map(
      ({ permissions, scheme, id }) => new library.ACL(permissions, new library.Id(scheme, id)),
    );
    const mode = MODES[options.mode ?? 'persistent'];
    return this.request<[string], ZPath>(
      'create',
      path,
      options,
      (wire, callback) =>
        acl
          ? wire.create(path, Buffer.from(data), acl, mode, callback)
          : wire.create(path, Buffer.from(data), mode, callback),
      (created) => created as ZPath,
    );
  }

  setData(
    path: ZPath,
    data: Uint8Array,
    version: number,
    options: RequestOptions = {},
  ): Promise<ZnodeStat> {
    return this.request<[library.Stat], ZnodeStat>(
      'setData',
      path,
      options,
      (wire, callback) => wire.setData(path, Buffer.from(data), version, callback),
      toStat,
    );
  }

  delete(path: ZPath, version: number, options: RequestOptions = {}): Promise<void> {
    return this.request<[], void>(
      'delete',
      path,
      options,
      (wire, callback) => wire.remove(path, version, callback),
      () => undefined,
    );
  }

  async close(): Promise<void> {
    if (this.current.kind === 'closed') return;
    const wasConnected = this.current.kind === 'connected';
    const wire = this.wire;
    this.moveTo({ kind: 'closed' });
    this.failPending(new ZkError('Closed', 'the connection was closed'));
    if (!wire) return;
    const manager = managerOf(wire);
    const { socket } = manager;
    if (wasConnected && socket) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, CLOSE_TIMEOUT_MS);
        socket.once('close', () => {
          clearTimeout(timer);
          done();
        });
        wire.close();
      });
    }
    manager.state = CLOSING;
    manager.socket?.destroy();
  }
}

const MODES: Record<CreateMode, number> = {
  persistent: library.CreateMode.PERSISTENT,
  persistentSequential: library.CreateMode.PERSISTENT_SEQUENTIAL,
  ephemeral: library.CreateMode.EPHEMERAL,
  ephemeralSequential: library.CreateMode.EPHEMERAL_SEQUENTIAL,
};

const EVENT_TYPES = new Map<number, WatchEvent['type']>([
  [library.Event.NODE_CREATED, 'created'],
  [library.Event.NODE_DELETED, 'deleted'],
  [library.Event.NODE_DATA_CHANGED, 'dataChanged'],
  [library.Event.NODE_CHILDREN_CHANGED, 'childrenChanged'],
]);

function managerOf(client: library.Client): ConnectionManager {
  return (client as unknown as { connectionManager: ConnectionManager }).connectionManager;
}

function toStat(stat: library.Stat): ZnodeStat {
  return {
    czxid: stat.czxid.readBigInt64BE(),
    mzxid: stat.mzxid.readBigInt64BE(),
    pzxid: stat.pzxid.readBigInt64BE(),
    ctime: Number(stat.ctime.readBigInt64BE()),
    mtime: Number(stat.mtime.readBigInt64BE()),
    version: stat.version,
    cversion: stat.cversion,
    aversion: stat.aversion,
    ephemeralOwner: stat.ephemeralOwner.readBigInt64BE(),
    dataLength: stat.dataLength,
    numChildren: stat.numChildren,
  };
}

/** The package's types call the field `perms`, at run time it is `permission`. */
function toAclEntry(entry: library.ACL): AclEntry {
  const { permission } = entry as unknown as { permission: number };
  return { scheme: entry.id.scheme, id: entry.id.id, permissions: permission };
}

function toZkError(error: Error | library.Exception, operation: string, path: ZPath): ZkError {
  const code = (error as Partial<library.Exception>).code;
  return typeof code === 'number'
    ? ZkError.fromServer(code, operation, path)
    : new ZkError('Unknown', `${operation} ${path}: ${String(error)}`, path);
}
