import type { ZPath } from '../domain/znode/path';
import { sameStat, type ZnodeStat } from '../domain/znode/stat';
import type { ZkError } from './errors';

/** What can be known, and watched, of a znode. */
export type Facet = 'children' | 'stat';

/** What became different, for everyone who shows the znode. */
export interface ZnodeChange {
  readonly path: ZPath;
  /**
   * `children`: the list of names differs · `data`: it was written · `stat`: only counts or ACL
   * version differ · `created`, `deleted` · `error`: it can no longer be read, or can again
   */
  readonly type: 'children' | 'data' | 'stat' | 'created' | 'deleted' | 'error';
  /** With `children`: the names that came and went. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

/** A facet as it was read: without names, stat and error there is no such znode. */
export interface Reading {
  readonly path: ZPath;
  readonly facet: Facet;
  readonly names: readonly string[] | undefined;
  readonly stat: ZnodeStat | undefined;
  readonly error: ZkError | undefined;
}

/** What happened between two readings of the same facet, or undefined when nothing shown differs. */
export function changeBetween(before: Reading, after: Reading): ZnodeChange | undefined {
  const { path } = after;
  if (after.error?.code === 'NoNode') return before.error ? undefined : { path, type: 'deleted' };
  if (before.error?.code !== after.error?.code) return { path, type: 'error' };
  return after.facet === 'stat' ? statChange(before, after) : listChange(before, after);
}

function statChange(before: Reading, after: Reading): ZnodeChange | undefined {
  const { path } = after;
  if (sameStat(before.stat, after.stat)) return undefined;
  if (!after.stat) return { path, type: 'deleted' };
  if (!before.stat) return { path, type: 'created' };
  const isWritten =
    before.stat.mzxid !== after.stat.mzxid || before.stat.czxid !== after.stat.czxid;
  return { path, type: isWritten ? 'data' : 'stat' };
}

function listChange(before: Reading, after: Reading): ZnodeChange | undefined {
  const gone = new Set(before.names);
  const added = (after.names ?? []).filter((name) => !gone.delete(name));
  if (added.length === 0 && gone.size === 0) return undefined;
  return { path: after.path, type: 'children', added, removed: [...gone] };
}
