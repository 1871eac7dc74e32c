import { OPEN_ACL } from '../domain/znode/acl';
import { RequestTimes } from './requestTimes';
import { Sessions, type SessionLimits } from './sessions';
import { Transaction } from './transaction';
import { DataTree } from './tree';
import { Watches } from './watches';

/** What a server cannot know by itself. */
export interface Surroundings {
  /** ms since 1970 */
  now(): number;
  randomBytes(count: number): Uint8Array;
}

/** All that a server keeps: znodes, watches, sessions, and the number of the last transaction. */
export class Database {
  readonly tree = new DataTree();
  readonly watches = new Watches();
  readonly times = new RequestTimes();
  readonly sessions: Sessions;
  private last = 0n;

  constructor(
    limits: SessionLimits,
    private readonly surroundings: Surroundings,
  ) {
    const firstId = (BigInt(surroundings.now()) << 16n) | 1n;
    this.sessions = new Sessions(limits, firstId, (count) => surroundings.randomBytes(count));
  }

  get zxid(): bigint {
    return this.last;
  }

  now(): number {
    return this.surroundings.now();
  }

  /** Serves one request; what takes a transaction's number is a write. */
  timed<T>(request: () => T): T {
    const [zxid, start] = [this.last, performance.now()];
    try {
      return request();
    } finally {
      this.times.add(performance.now() - start, this.last !== zxid);
    }
  }

  /** Makes a change as a whole and then tells the watchers; a failed one takes a number, too. */
  commit<T>(change: (tx: Transaction) => T): T {
    const tx = new Transaction(++this.last, this.now());
    let result: T;
    try {
      result = change(tx);
    } catch (error) {
      tx.rollBack();
      throw error;
    }
    for (const one of tx.changes) this.watches.fire(one);
    return result;
  }

  /** Takes away all znodes but the server's own; sessions and watches stay. */
  clear(): void {
    this.commit((tx) => {
      for (const path of this.tree.removable()) this.tree.remove(tx, path);
      const root = this.tree.get('/');
      if (root && root.data.length > 0) this.tree.setData(tx, '/', new Uint8Array(0));
      if (root && root.aversion > 0) this.tree.setAcl(tx, '/', OPEN_ACL);
    });
  }

  /** Ends a session: its ephemeral znodes go. */
  endSession(id: bigint): void {
    if (!this.sessions.has(id)) return;
    this.sessions.close(id);
    this.commit((tx) => {
      for (const path of this.tree.ephemeralsOf(id)) this.tree.remove(tx, path);
    });
  }

  /** Ends what its time has come for; returns the sessions that ended. */
  expire(): bigint[] {
    const now = this.now();
    const ended = this.sessions.expired(now);
    for (const id of ended) this.endSession(id);
    for (const path of this.tree.dueForRemoval(now)) {
      this.commit((tx) => this.tree.remove(tx, path));
    }
    return ended;
  }
}
