import { EventType } from './protocol';

/** One-shot watches by what they wait for: data of a znode, a znode to appear, or its children. */
export type WatchKind = 'data' | 'exist' | 'child';
/** `recursive` reports the whole subtree but no changes of children, which it makes superfluous. */
export type PersistentMode = 'persistent' | 'recursive';

export interface WatchCounts {
  readonly oneShot: number;
  readonly persistent: number;
  readonly recursive: number;
}

/**
 * The watches that this client has at the server, so that they can be left again after a reconnect.
 * Pure bookkeeping: a reply adds, an event removes.
 */
export class Watches {
  private readonly oneShot: Readonly<Record<WatchKind, Set<string>>> = {
    data: new Set(),
    exist: new Set(),
    child: new Set(),
  };
  private readonly persistent = new Map<string, PersistentMode>();
  /** The persistent watches that are asked for and not answered, in their order. */
  private readonly requested = new Map<string, PersistentMode[]>();

  add(kind: WatchKind, path: string): void {
    this.oneShot[kind].add(path);
  }

  /** A persistent watch replaces one of the other mode on the same path, as it does at the server. */
  addPersistent(path: string, mode: PersistentMode): void {
    this.persistent.set(path, mode);
  }

  /** A persistent watch is being asked for; to be followed by `answered`, whatever the answer is. */
  request(path: string, mode: PersistentMode): void {
    this.requested.set(path, [...(this.requested.get(path) ?? []), mode]);
  }

  /** The first request for a path is settled: they are answered in their order. */
  answered(path: string): void {
    const left = this.requested.get(path)?.slice(1) ?? [];
    if (left.length > 0) this.requested.set(path, left);
    else this.requested.delete(path);
  }

  /** Forgets the watches of a path that `removeWatches` of this type removes at the server. */
  remove(path: string, type: 'children' | 'data' | 'any'): void {
    if (type !== 'data') this.oneShot.child.delete(path);
    if (type !== 'children') {
      this.oneShot.data.delete(path);
      this.oneShot.exist.delete(path);
    }
    if (type === 'any') this.persistent.delete(path);
  }

  /**
   * Whether a one-shot watch is pointless on a path, or worse: left on the same path it ends a
   * persistent watch at the server (ZOOKEEPER-4466). The persistent one reports all it would. What
   * is sent now reaches the server after the persistent watches that are asked for.
   */
  covers(path: string, kind: WatchKind): boolean {
    const mode = this.requested.get(path)?.at(-1) ?? this.persistent.get(path);
    return mode === 'persistent' || (mode === 'recursive' && kind !== 'child');
  }

  /**
   * Notes that an event came: one-shot watches that it used up are forgotten. False when nobody
   * waits for it: a changed list of children is sent to recursive watches of an ancestor as well
   * when the path has a one-shot child watch of this session (ZOOKEEPER-4475).
   */
  fired(type: number, path: string): boolean {
    const { data, exist, child } = this.oneShot;
    switch (type) {
      case EventType.created:
      case EventType.dataChanged:
        data.delete(path);
        exist.delete(path);
        return true;
      case EventType.deleted:
        data.delete(path);
        exist.delete(path);
        child.delete(path);
        return true;
      case EventType.childrenChanged: {
        const isAwaited = child.delete(path);
        return isAwaited || this.persistent.get(path) === 'persistent';
      }
      default:
        return false;
    }
  }

  get counts(): WatchCounts {
    const { data, exist, child } = this.oneShot;
    const modes = [...this.persistent.values()];
    const recursive = modes.filter((mode) => mode === 'recursive').length;
    return {
      oneShot: data.size + exist.size + child.size,
      persistent: modes.length - recursive,
      recursive,
    };
  }

  oneShotPaths(kind: WatchKind): Iterable<string> {
    return this.oneShot[kind];
  }

  *persistentPaths(mode: PersistentMode): Iterable<string> {
    for (const [path, itsMode] of this.persistent) if (itsMode === mode) yield path;
  }

  /** Forgets all persistent watches, for a server that has none; returns what they were. */
  dropPersistent(): { path: string; mode: PersistentMode }[] {
    const lost = [...this.persistent].map(([path, mode]) => ({ path, mode }));
    this.persistent.clear();
    return lost;
  }
}
