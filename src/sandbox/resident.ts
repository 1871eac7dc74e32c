import { toDisposable } from '../base/disposable';
import { OPEN_ACL } from '../domain/znode/acl';
import type { ZPath } from '../domain/znode/path';
import { ZkError } from '../zk/errors';
import { CreateFlag } from '../zk/engine/protocol';
import type { Database } from './database';
import { readable } from './requests';
import type { SampleClient, SampleCreate } from './sample/client';
import { create, remove, setData, type Caller } from './writes';
import { statOf } from './znode';

/** Who lives in the sandbox itself: a session without a connection, which never expires. */
export class Resident implements SampleClient {
  readonly onDidChangeState = () => toDisposable(() => {});
  private sessionId: bigint | undefined;

  constructor(private readonly db: Database) {}

  get state(): SampleClient['state'] {
    const { sessionId } = this;
    return sessionId === undefined ? { kind: 'closed' } : { kind: 'connected', sessionId };
  }

  connect(): Promise<void> {
    return this.request(() => {
      this.sessionId ??= this.db.commit(() => this.db.sessions.openLasting().id);
    });
  }

  close(): Promise<void> {
    return this.request(() => {
      if (this.sessionId !== undefined) this.db.endSession(this.sessionId);
      this.sessionId = undefined;
    });
  }

  exists(path: ZPath) {
    return this.request(() => {
      const node = this.db.tree.get(path);
      return node && statOf(node);
    });
  }

  getData(path: ZPath) {
    return this.request(() => {
      const node = readable(this.db, this.caller, path);
      return { data: node.data, stat: statOf(node) };
    });
  }

  getChildren(path: ZPath) {
    return this.request(() => ({
      names: [...(readable(this.db, this.caller, path).children ?? [])],
    }));
  }

  create(path: ZPath, data: Uint8Array, { mode = 'persistent', acl }: SampleCreate = {}) {
    const request = { path, data, acl: acl ?? OPEN_ACL, flags: CreateFlag[mode], ttlMs: -1n };
    return this.request(() => {
      const { caller, db } = this;
      return db.commit((tx) => create(db.tree, tx, caller, request)).path as ZPath;
    });
  }

  setData(path: ZPath, data: Uint8Array, version: number) {
    return this.request(() => {
      const { caller, db } = this;
      return db.commit((tx) => setData(db.tree, tx, caller, { path, data, version }));
    });
  }

  delete(path: ZPath, version: number): Promise<void> {
    return this.request(() => {
      const { caller, db } = this;
      db.commit((tx) => remove(db.tree, tx, caller, { path, version }));
    });
  }

  private request<T>(action: () => T): Promise<T> {
    return new Promise((resolve) => resolve(this.db.timed(action)));
  }

  private get caller(): Caller {
    if (this.sessionId === undefined) throw new ZkError('Closed', 'the session has ended');
    return { sessionId: this.sessionId, identities: [{ scheme: 'ip', id: '127.0.0.1' }] };
  }
}
