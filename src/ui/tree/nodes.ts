import type { ConnectionProfile } from '../../domain/connection';
import type { ZPath } from '../../domain/znode/path';

/** A saved connection; expanded it shows the children of its root znode. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly connectionId: string;
  readonly profile: ConnectionProfile;
}

export interface ZnodeNode {
  readonly kind: 'znode';
  readonly connectionId: string;
  readonly path: ZPath;
  readonly parent: BranchNode;
}

/** `Show more (200 of 5,000)` */
export interface MoreNode {
  readonly kind: 'more';
  readonly connectionId: string;
  readonly parent: BranchNode;
  readonly shown: number;
  readonly total: number;
}

/** A row that says why there are no others; `retry` when asking again may help. */
export interface MessageNode {
  readonly kind: 'message';
  readonly connectionId: string;
  readonly parent: BranchNode;
  readonly text: string;
  readonly retry: boolean;
}

export type BranchNode = ConnectionNode | ZnodeNode;
export type TreeNode = BranchNode | MoreNode | MessageNode;

/** Stable across refreshes, so that VS Code keeps expansion and selection. */
export function idOf(node: TreeNode): string {
  switch (node.kind) {
    case 'connection':
      return node.connectionId;
    case 'znode':
      return znodeId(node.connectionId, node.path);
    case 'more':
    case 'message':
      return `${idOf(node.parent)}#${node.kind}`;
  }
}

/** `#` can't be part of a connection id, so no znode is mistaken for another kind of row. */
export function znodeId(connectionId: string, path: ZPath): string {
  return `${connectionId}#znode${path}`;
}
