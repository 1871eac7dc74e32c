import type { AclEntry } from '../domain/znode/acl';
import type { ZnodeStat } from '../domain/znode/stat';

/** One znode as the data tree keeps it. Times are ms since 1970. */
export interface Znode {
  data: Uint8Array;
  acl: readonly AclEntry[];
  readonly czxid: bigint;
  mzxid: bigint;
  pzxid: bigint;
  readonly ctime: number;
  mtime: number;
  version: number;
  aversion: number;
  /** Children ever created: the next sequence number, and what `cversion` is made of. */
  creations: number;
  /** The session of an ephemeral znode, else 0n. */
  readonly owner: bigint;
  readonly lifetime: Lifetime;
  /** Names, absent while there were none: most znodes are leaves. */
  children: Set<string> | undefined;
}

/** When a znode goes by itself: never, when emptied, or unchanged and childless for `ttlMs`. */
export type Lifetime = 'unlimited' | 'container' | { readonly ttlMs: number };

export function childCount({ children }: Znode): number {
  return children?.size ?? 0;
}

/**
 * What clients are told. `cversion` counts creations and deletions of children: each child created
 * is counted twice, save those that still exist (`DataNode.copyStat`).
 */
export function statOf(node: Znode): ZnodeStat {
  const numChildren = childCount(node);
  return {
    czxid: node.czxid,
    mzxid: node.mzxid,
    pzxid: node.pzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion: (node.creations * 2 - numChildren) | 0,
    aversion: node.aversion,
    ephemeralOwner: node.owner,
    dataLength: node.data.length,
    numChildren,
  };
}
