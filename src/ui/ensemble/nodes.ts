import type { Refusal } from '../../domain/metrics/ensembleSample';
import type { ZPath } from '../../domain/znode/path';
import type { ClientSession } from '../../zk/ensemble/clients';

/** An open connection with the servers of its ensemble. */
export interface EnsembleNode {
  readonly kind: 'ensemble';
  readonly connectionId: string;
}

export interface ServerNode {
  readonly kind: 'server';
  readonly connectionId: string;
  readonly parent: EnsembleNode;
  readonly address: string;
}

/** One line about a server: `Connections  14 · 1.1 × an even share`. */
export interface FactNode {
  readonly kind: 'fact';
  readonly connectionId: string;
  readonly parent: ServerNode;
  readonly name: string;
  readonly value: string;
  readonly icon: string;
}

/** The sessions of a server, which are asked for when the row is unfolded. */
export interface SessionsNode {
  readonly kind: 'sessions';
  readonly connectionId: string;
  readonly parent: ServerNode;
}

export interface SessionNode {
  readonly kind: 'session';
  readonly connectionId: string;
  readonly parent: SessionsNode;
  readonly session: ClientSession;
  /** It is that of this connection. */
  readonly isOurs: boolean;
  /** Without chroot; undefined when no server tells. */
  readonly ephemerals: readonly string[] | undefined;
}

export interface EphemeralNode {
  readonly kind: 'ephemeral';
  readonly connectionId: string;
  readonly parent: SessionNode;
  readonly fullPath: string;
  /** Undefined outside of the chroot of the connection. */
  readonly path: ZPath | undefined;
}

/** A sentence: advice, a refused source, why there is nothing. */
export interface NoteNode {
  readonly kind: 'note';
  readonly connectionId: string;
  readonly parent: EnsembleNode | ServerNode | SessionsNode | SessionNode;
  readonly key: string;
  readonly text: string;
  readonly detail: string;
  readonly icon: 'info' | 'warning' | 'error';
  /** What the servers would have to allow. */
  readonly refusal: Refusal | undefined;
}

export type TreeNode =
  EnsembleNode | ServerNode | FactNode | SessionsNode | SessionNode | EphemeralNode | NoteNode;

/** Stable over refreshes, so that VS Code keeps expansion and selection. */
export function idOf(node: TreeNode): string {
  switch (node.kind) {
    case 'ensemble':
      return node.connectionId;
    case 'server':
      return `${idOf(node.parent)}#${node.address}`;
    case 'fact':
      return `${idOf(node.parent)}#${node.name}`;
    case 'sessions':
      return `${idOf(node.parent)}#sessions`;
    case 'session':
      return `${idOf(node.parent)}#${node.session.id}`;
    case 'ephemeral':
      return `${idOf(node.parent)}#${node.fullPath}`;
    case 'note':
      return `${idOf(node.parent)}#note#${node.key}`;
  }
}
