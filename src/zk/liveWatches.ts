import type { Logger } from '../base/logger';
import { isWithin, type ZPath } from '../domain/znode/path';
import type { PersistentWatch, ZkClient } from './client';
import { ZkError } from './errors';

/** What live watching needs of a client. */
export type WatchingClient = Pick<ZkClient, 'state' | 'addWatch' | 'removeWatches'>;

/**
 * The watches that stay at the server: one persistent watch for each list that is shown, and a
 * recursive one where the user asked to watch a whole subtree. Never two kinds on one path, which
 * ends the first (ZOOKEEPER-4466): what they cover is read without leaving one-shot watches.
 *
 * Servers before 3.6 know neither; lists are then watched by one-shot watches.
 */
export class LiveWatches {
  private readonly lists = new Set<ZPath>();
  /** Subtrees that the user watches; suspended while their watch is taken away for a time. */
  private readonly roots = new Map<ZPath, 'watched' | 'suspended'>();
  private areUnknown = false;

  constructor(
    private readonly client: WatchingClient,
    private readonly logger: Logger,
    /** Called when a list is not watched after all and has to be read again. */
    private readonly onRefused: (path: ZPath) => void,
  ) {}

  get subtrees(): readonly ZPath[] {
    return [...this.roots.keys()];
  }

  /** Whether everything about this path is reported without a one-shot watch. */
  covers(path: ZPath): boolean {
    return this.lists.has(path) || this.subtreeOf(path) !== undefined;
  }

  /** The watched subtree that a path lies in. */
  subtreeOf(path: ZPath): ZPath | undefined {
    for (const root of this.roots.keys()) if (isWithin(path, root)) return root;
    return undefined;
  }

  /** Watches a list; false when the caller has to leave a one-shot watch with its request. */
  watchList(path: ZPath): boolean {
    if (this.covers(path)) return true;
    if (this.areUnknown) return false;
    this.lists.add(path);
    this.client.addWatch(path, 'persistent').catch((error: unknown) => {
      this.lists.delete(path);
      if (ZkError.is(error, 'Unimplemented')) this.areUnknown = true;
      else if (!isGone(error)) this.logger.warn(`${path}: no watch: ${String(error)}`);
      if (!isGone(error)) this.onRefused(path);
    });
    return true;
  }

  /** False when there was no such watch. */
  async unwatchList(path: ZPath): Promise<boolean> {
    if (!this.lists.delete(path)) return false;
    await this.remove(path);
    return true;
  }

  /** Watches everything below a path. Rejects when the server can't. */
  async watchSubtree(root: ZPath): Promise<void> {
    await this.client.addWatch(root, 'recursive');
    this.roots.set(root, 'watched');
    const inside = [...this.lists].filter((path) => isWithin(path, root));
    for (const path of inside) this.lists.delete(path);
    // The recursive watch has taken the place of a persistent one on the root itself.
    await Promise.all(inside.filter((path) => path !== root).map((path) => this.remove(path)));
  }

  async unwatchSubtree(root: ZPath): Promise<void> {
    if (this.roots.delete(root)) await this.remove(root);
  }

  /** Takes the watch of a subtree away until `restore`. */
  async suspend(root: ZPath): Promise<void> {
    if (!this.roots.has(root)) return;
    this.roots.set(root, 'suspended');
    await this.remove(root);
  }

  /** Takes everything away until `restore` for the subtrees, and `watchList` for the lists. */
  async suspendAll(): Promise<void> {
    const lists = [...this.lists];
    this.lists.clear();
    await Promise.all([
      ...lists.map((path) => this.remove(path)),
      ...this.subtrees.map((root) => this.suspend(root)),
    ]);
  }

  /** Watches suspended subtrees again. */
  async restore(roots: readonly ZPath[] = this.subtrees): Promise<void> {
    const suspended = roots.filter((root) => this.roots.get(root) === 'suspended');
    await Promise.all(suspended.map((root) => this.watchSubtree(root)));
  }

  /** Another server has taken over and has none of these. */
  lost(watches: readonly PersistentWatch[]): void {
    this.areUnknown = true;
    for (const { path } of watches) {
      this.lists.delete(path);
      this.roots.delete(path);
    }
  }

  private async remove(path: ZPath): Promise<void> {
    try {
      await this.client.removeWatches(path, 'any');
    } catch (error) {
      if (!isGone(error)) this.logger.warn(`${path}: watch not removed: ${String(error)}`);
    }
  }
}

/** Without a session, or after the znode's deletion, there is nothing left to watch or to remove. */
function isGone(error: unknown): boolean {
  return (
    ZkError.is(error, 'NoWatcher') ||
    ZkError.is(error, 'Closed') ||
    ZkError.is(error, 'SessionExpired')
  );
}
