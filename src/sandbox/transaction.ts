import type { AclEntry } from '../domain/znode/acl';

/** What a change did to one znode, for the watches. */
export interface ZnodeChange {
  readonly type: 'created' | 'deleted' | 'dataChanged';
  readonly path: string;
  /** Who may read the znode, and its parent, and so may be told. */
  readonly acl: readonly AclEntry[];
  readonly parentAcl: readonly AclEntry[];
}

/** The changes of one request: all of them stay, or none. */
export class Transaction {
  readonly changes: ZnodeChange[] = [];
  private readonly undoing: (() => void)[] = [];

  constructor(
    readonly zxid: bigint,
    /** ms since 1970 */
    readonly time: number,
  ) {}

  /** Notes a step that was just made, with what takes it back. */
  did(undo: () => void, change?: ZnodeChange): void {
    this.undoing.push(undo);
    if (change !== undefined) this.changes.push(change);
  }

  rollBack(): void {
    for (const undo of this.undoing.reverse()) undo();
    this.undoing.length = 0;
    this.changes.length = 0;
  }
}
