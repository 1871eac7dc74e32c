import type { AclEntry } from '../domain/znode/acl';
import { EventType } from '../zk/engine/protocol';
import { parentOf } from './tree';

export type WatchMode = 'oneShot' | 'persistent' | 'recursive';

/** Who is told: a connection. */
export interface Watcher {
  /**
   * @param type one of `EventType`
   * @param acl of the znode: nothing is told to who may not read it. Absent, everybody may.
   */
  notify(type: number, path: string, acl?: readonly AclEntry[]): void;
}

/**
 * Who watches what (`WatchManager`). A watcher has one watch on a path: the last one replaces the
 * one before, so that a one-shot watch ends a recursive one (ZOOKEEPER-4466), as on real servers.
 */
export class WatchTable {
  private readonly byPath = new Map<string, Map<Watcher, WatchMode>>();
  private readonly byWatcher = new Map<Watcher, Set<string>>();
  private recursive = 0;

  get count(): number {
    let count = 0;
    for (const paths of this.byWatcher.values()) count += paths.size;
    return count;
  }

  get watchers(): number {
    return this.byWatcher.size;
  }

  get paths(): number {
    return this.byPath.size;
  }

  add(path: string, watcher: Watcher, mode: WatchMode): void {
    this.remove(path, watcher);
    const modes = this.byPath.get(path) ?? new Map<Watcher, WatchMode>();
    this.byPath.set(path, modes.set(watcher, mode));
    const paths = this.byWatcher.get(watcher) ?? new Set<string>();
    this.byWatcher.set(watcher, paths.add(path));
    if (mode === 'recursive') this.recursive++;
  }

  /** Whether anybody watches a path: servers of 3.8 do not ask who (`containsWatcher`). */
  has(path: string): boolean {
    return this.byPath.has(path);
  }

  /** Whether there was one. */
  remove(path: string, watcher: Watcher): boolean {
    const modes = this.byPath.get(path);
    const mode = modes?.get(watcher);
    if (modes === undefined || mode === undefined) return false;
    modes.delete(watcher);
    if (modes.size === 0) this.byPath.delete(path);
    const paths = this.byWatcher.get(watcher);
    paths?.delete(path);
    if (paths?.size === 0) this.byWatcher.delete(watcher);
    if (mode === 'recursive') this.recursive--;
    return true;
  }

  removeAll(watcher: Watcher): void {
    for (const path of [...(this.byWatcher.get(watcher) ?? [])]) this.remove(path, watcher);
  }

  /** Tells everybody concerned but those in `except`; returns who that was. */
  fire(
    path: string,
    type: number,
    acl: readonly AclEntry[],
    except?: ReadonlySet<Watcher>,
  ): ReadonlySet<Watcher> {
    const told = new Set<Watcher>();
    for (const [watcher, mode] of this.byPath.get(path) ?? []) {
      if (mode === 'recursive') continue;
      told.add(watcher);
      if (mode === 'oneShot') this.remove(path, watcher);
    }
    if (this.recursive > 0 && type !== EventType.childrenChanged) this.addRecursive(path, told);
    for (const watcher of told) if (!except?.has(watcher)) watcher.notify(type, path, acl);
    return told;
  }

  private addRecursive(path: string, told: Set<Watcher>): void {
    for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) {
      for (const [watcher, mode] of this.byPath.get(at) ?? []) {
        if (mode === 'recursive') told.add(watcher);
      }
    }
  }
}
