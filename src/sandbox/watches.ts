import { EventType } from '../zk/engine/protocol';
import type { ZnodeChange } from './transaction';
import { parentOf, type DataTree } from './tree';
import { WatchTable, type Watcher, type WatchMode } from './watchTable';

export type WatcherKind = 'children' | 'data' | 'any';

/** Paths whose watches a client brings along when it reconnects. */
export interface WatchPaths {
  readonly data: readonly string[];
  readonly exist: readonly string[];
  readonly child: readonly string[];
  readonly persistent: readonly string[];
  readonly recursive: readonly string[];
}

/** Watches on data and on children; a persistent one is in both tables (`DataTree.addWatch`). */
export class Watches {
  readonly data = new WatchTable();
  readonly child = new WatchTable();

  get count(): number {
    return this.data.count + this.child.count;
  }

  addPersistent(path: string, watcher: Watcher, mode: WatchMode): void {
    this.data.add(path, watcher, mode);
    this.child.add(path, watcher, mode);
  }

  has(path: string, kind: WatcherKind): boolean {
    return this.tables(kind).some((table) => table.has(path));
  }

  /** Whether there was one. */
  remove(path: string, watcher: Watcher, kind: WatcherKind): boolean {
    return this.tables(kind).filter((table) => table.remove(path, watcher)).length > 0;
  }

  removeAll(watcher: Watcher): void {
    this.data.removeAll(watcher);
    this.child.removeAll(watcher);
  }

  /** Tells the watchers of what happened; a deletion once to who watches both data and children. */
  fire({ type, path, acl, parentAcl }: ZnodeChange): void {
    if (type === 'dataChanged') {
      this.data.fire(path, EventType.dataChanged, acl);
      return;
    }
    const told = this.data.fire(path, EventType[type], acl);
    if (type === 'deleted') this.child.fire(path, EventType.deleted, acl, told);
    this.child.fire(parentOf(path) ?? '/', EventType.childrenChanged, parentAcl);
  }

  /** Leaves watches again, or tells at once what they missed since `seen` (`DataTree.setWatches`). */
  restore(tree: DataTree, watcher: Watcher, seen: bigint, paths: WatchPaths): void {
    for (const path of paths.data) {
      const node = tree.get(path);
      if (node === undefined) watcher.notify(EventType.deleted, path);
      else if (node.mzxid > seen) watcher.notify(EventType.dataChanged, path);
      else this.data.add(path, watcher, 'oneShot');
    }
    for (const path of paths.exist) {
      if (tree.get(path) !== undefined) watcher.notify(EventType.created, path);
      else this.data.add(path, watcher, 'oneShot');
    }
    for (const path of paths.child) {
      const node = tree.get(path);
      if (node === undefined) watcher.notify(EventType.deleted, path);
      else if (node.pzxid > seen) watcher.notify(EventType.childrenChanged, path);
      else this.child.add(path, watcher, 'oneShot');
    }
    for (const path of paths.persistent) this.addPersistent(path, watcher, 'persistent');
    for (const path of paths.recursive) this.addPersistent(path, watcher, 'recursive');
  }

  private tables(kind: WatcherKind): readonly WatchTable[] {
    if (kind === 'any') return [this.data, this.child];
    return [kind === 'data' ? this.data : this.child];
  }
}
