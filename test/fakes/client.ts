import { Emitter } from '../../src/base/event';
import {
  baseName,
  childPath,
  isWithin,
  parentPath,
  ROOT,
  type ZPath,
} from '../../src/domain/znode/path';
import type { ZnodeStat } from '../../src/domain/znode/stat';
import type {
  ConnectionState,
  CreateOptions,
  PersistentWatch,
  WatchEvent,
  WatchMode,
  WatchOptions,
  WatchType,
} from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import type { ModelClient } from '../../src/zk/znodeModel';

interface Znode {
  data: Uint8Array;
  stat: ZnodeStat;
  readonly children: Set<string>;
}

/**
 * A ZooKeeper in memory with one-shot watches, for what a real one can't do on demand: fail a chosen
 * request, drop the connection between two requests, answer late.
 */
export class FakeClient implements ModelClient {
  private readonly states = new Emitter<ConnectionState>();
  private readonly watches = new Emitter<WatchEvent>();
  private readonly nodes = new Map<ZPath, Znode>();
  private readonly armed = { data: new Set<ZPath>(), children: new Set<ZPath>() };
  private readonly persistent = new Map<ZPath, WatchMode>();
  private readonly losses = new Emitter<readonly PersistentWatch[]>();
  private zxid = 0n;
  private current: ConnectionState = CONNECTED;

  readonly onDidChangeState = this.states.event;
  readonly onDidSeeWatch = this.watches.event;
  readonly onDidLoseWatches = this.losses.event;
  /** A server before 3.6. */
  isOld = false;
  /** Every request as `operation path`. */
  readonly requests: string[] = [];
  /** Runs before a request is answered; what it throws is the answer. */
  beforeAnswer: (operation: string, path: ZPath) => void | Promise<void> = () => undefined;

  constructor() {
    this.nodes.set(ROOT, this.makeNode(new Uint8Array(), 0n));
  }

  get state(): ConnectionState {
    return this.current;
  }

  get requestCount(): number {
    return this.requests.length;
  }

  /** All watches as the server has them. */
  get watched(): string[] {
    const { data, children } = this.armed;
    return [
      ...[...data].map((path) => `data ${path}`),
      ...[...children].map((path) => `children ${path}`),
      ...[...this.persistent].map(([path, mode]) => `${mode} ${path}`),
    ].sort();
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.moveTo({ kind: 'closed' });
    return Promise.resolve();
  }

  moveTo(state: ConnectionState): void {
    this.current = state;
    this.states.fire(state);
  }

  /** Loses the session; the client leaves the watches again in the next one. */
  expire(): void {
    this.moveTo({ kind: 'expired' });
    this.moveTo(CONNECTED);
  }

  async addWatch(path: ZPath, mode: WatchMode): Promise<void> {
    await this.arrive('addWatch', path);
    if (this.isOld) throw new ZkError('Unimplemented', path, path);
    this.persistent.set(path, mode);
  }

  async removeWatches(path: ZPath, type: WatchType = 'any'): Promise<void> {
    await this.arrive('removeWatches', path);
    if (type !== 'children') this.armed.data.delete(path);
    if (type !== 'data') this.armed.children.delete(path);
    if (type === 'any') this.persistent.delete(path);
  }

  async exists(path: ZPath, { watch = false }: WatchOptions = {}): Promise<ZnodeStat | undefined> {
    await this.arrive('exists', path);
    if (watch) this.armed.data.add(path);
    return this.nodes.get(path)?.stat;
  }

  async getData(path: ZPath): Promise<{ data: Uint8Array; stat: ZnodeStat }> {
    await this.arrive('getData', path);
    return this.find(path);
  }

  async getChildren(path: ZPath, { watch = false }: WatchOptions = {}) {
    await this.arrive('getChildren', path);
    const { children, stat } = this.find(path);
    if (watch) this.armed.children.add(path);
    return { names: [...children], stat };
  }

  async getAcl(path: ZPath) {
    await this.arrive('getAcl', path);
    return { acl: [], stat: this.find(path).stat };
  }

  create(
    path: ZPath,
    data: Uint8Array = new Uint8Array(),
    { mode }: CreateOptions = {},
  ): Promise<ZPath> {
    const parent = parentPath(path) ?? ROOT;
    const above = this.find(parent);
    if (this.nodes.has(path)) throw new ZkError('NodeExists', path, path);
    this.nodes.set(path, this.makeNode(data, mode === 'ephemeral' ? 7n : 0n));
    above.children.add(baseName(path));
    this.childrenChanged(parent);
    this.fire('data', path, 'created');
    return Promise.resolve(path);
  }

  setData(path: ZPath, data: Uint8Array): Promise<ZnodeStat> {
    const node = this.find(path);
    node.data = data;
    node.stat = {
      ...node.stat,
      version: node.stat.version + 1,
      mzxid: ++this.zxid,
      dataLength: data.length,
    };
    this.fire('data', path, 'dataChanged');
    return Promise.resolve(node.stat);
  }

  delete(path: ZPath): Promise<void> {
    const node = this.find(path);
    for (const name of [...node.children]) void this.delete(childPath(path, name));
    const parent = parentPath(path) ?? ROOT;
    this.nodes.delete(path);
    this.find(parent).children.delete(baseName(path));
    this.fire('data', path, 'deleted');
    this.fire('children', path, 'deleted');
    this.childrenChanged(parent);
    return Promise.resolve();
  }

  private async arrive(operation: string, path: ZPath): Promise<void> {
    this.requests.push(`${operation} ${path}`);
    await Promise.resolve();
    await this.beforeAnswer(operation, path);
  }

  private find(path: ZPath): Znode {
    const node = this.nodes.get(path);
    if (!node) throw new ZkError('NoNode', path, path);
    return node;
  }

  private childrenChanged(path: ZPath): void {
    const node = this.find(path);
    node.stat = {
      ...node.stat,
      cversion: node.stat.cversion + 1,
      pzxid: ++this.zxid,
      numChildren: node.children.size,
    };
    this.fire('children', path, 'childrenChanged');
  }

  private fire(kind: 'data' | 'children', path: ZPath, type: WatchEvent['type']): void {
    const wasArmed = this.armed[kind].delete(path);
    if (wasArmed || this.isReported(kind, path, type)) this.watches.fire({ type, path });
  }

  /** By a persistent watch. A deletion is one event, though it concerns data and children. */
  private isReported(kind: 'data' | 'children', path: ZPath, type: WatchEvent['type']): boolean {
    if (kind === 'children' && type === 'deleted') return false;
    if (this.persistent.get(path) === 'persistent') return true;
    if (type === 'childrenChanged') return false;
    return [...this.persistent].some(
      ([root, mode]) => mode === 'recursive' && isWithin(path, root),
    );
  }

  private makeNode(data: Uint8Array, ephemeralOwner: bigint): Znode {
    const zxid = ++this.zxid;
    return {
      data,
      children: new Set(),
      stat: {
        ...{ czxid: zxid, mzxid: zxid, pzxid: zxid, ctime: 0, mtime: 0 },
        ...{ version: 0, cversion: 0, aversion: 0, ephemeralOwner },
        ...{ dataLength: data.length, numChildren: 0 },
      },
    };
  }
}

export const CONNECTED: ConnectionState = {
  kind: 'connected',
  server: '127.0.0.1:2181',
  sessionId: 1n,
  sessionTimeoutMs: 30_000,
  readOnly: false,
};
