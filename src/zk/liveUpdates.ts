import { every } from '../base/async';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Logger } from '../base/logger';
import { isWithin, parentPath, type ZPath } from '../domain/znode/path';
import type { PersistentWatch, WatchEvent, ZkClient } from './client';
import type { Facets, Known } from './facets';
import { LiveWatches } from './liveWatches';
import { RateGuard } from './rateGuard';

/** What following changes needs of a client. */
export type FollowingClient = Pick<
  ZkClient,
  'state' | 'onDidSeeWatch' | 'onDidLoseWatches' | 'addWatch' | 'removeWatches'
>;

/** How often what isn't watched, for too many events or for lack of permission, is read instead. */
const CLOCK_MS = 2_000;
const UNREADABLE_AGE_MS = 15_000;

/**
 * Decides how the facets that are shown learn of changes, and which of them have to be read again:
 * by a persistent watch on each list, by one-shot watches on the other rows, by the clock where a
 * list or subtree brings more events than the rate guard allows, not at all while paused.
 */
export class LiveUpdates implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly watches: LiveWatches;
  private readonly guard: RateGuard;
  private paused: number | undefined;
  private readonly recent: number[] = [];

  /** Fires when following pauses or resumes, for everything or for a list with too many events. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly client: FollowingClient,
    private readonly facets: Facets,
    private readonly logger: Logger,
    private readonly options: { readonly eventRate: number; readonly now: () => number },
    /** Is told what has to be read again. */
    private readonly read: (outdated: readonly Known[]) => void,
  ) {
    this.guard = new RateGuard(options.now, options.eventRate);
    this.watches = new LiveWatches(client, logger, (path) => this.rewatch(path));
    this.store.add(client.onDidSeeWatch((event) => this.onEvent(event)));
    this.store.add(client.onDidLoseWatches((lost) => this.onLost(lost)));
    this.store.add(every(CLOCK_MS, () => this.tick()));
  }

  /** Since when (ms) everything is paused; undefined while live. */
  get pausedSince(): number | undefined {
    return this.paused;
  }

  get subtrees(): readonly ZPath[] {
    return this.watches.subtrees;
  }

  /** Watch events of the last second. */
  get eventsPerSecond(): number {
    const since = this.options.now() - 1_000;
    return this.recent.filter((time) => time > since).length;
  }

  isThrottled(root: ZPath): boolean {
    return this.guard.isPaused(root);
  }

  /** Sees to it that the next change is reported; true when the request has to leave a watch. */
  leaveWatch(known: Known): boolean {
    const { path, facet, holders } = known;
    if (holders === 0 || this.paused !== undefined) return false;
    if (this.guard.isPaused(this.rootOf(known))) return false;
    const isCovered =
      facet === 'children' ? this.watches.watchList(path) : this.watches.covers(path);
    if (isCovered || known.isArmed) return false;
    known.isArmed = true;
    return true;
  }

  /** Whether changes of a znode are reported without a one-shot watch on it. */
  covers(path: ZPath): boolean {
    return this.watches.covers(path);
  }

  /** Nobody shows this list any more. */
  unwatchList(path: ZPath): void {
    const removed = this.watches.unwatchList(path).then((was) => was && this.rewatch(path));
    this.logFailure(path, removed);
  }

  /** Takes all watches away. */
  pause(): void {
    if (this.paused !== undefined) return;
    this.paused = this.options.now();
    this.changed.fire();
    this.disarm(this.facets.all());
    this.logFailure('pause', this.watches.suspendAll());
  }

  /** Watches again; resolves when what is shown can be read without missing a later change. */
  async resume(): Promise<void> {
    if (this.paused === undefined) return;
    this.paused = undefined;
    this.changed.fire();
    await this.watches.restore();
  }

  /** Watches a subtree as a whole, by one watch. Rejects when the server has no recursive watches. */
  async watchSubtree(root: ZPath): Promise<void> {
    await this.watches.watchSubtree(root);
    this.read(this.facets.all().filter(({ path }) => isWithin(path, root)));
    this.changed.fire();
  }

  async unwatchSubtree(root: ZPath): Promise<void> {
    await this.watches.unwatchSubtree(root);
    this.rewatch(root);
    this.read(this.facets.all().filter(({ path }) => isWithin(path, root)));
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
  }

  private onEvent({ type, path }: WatchEvent): void {
    if (this.paused !== undefined) return;
    this.recent.push(this.options.now());
    if (this.recent.length > 10_000) this.recent.splice(0, 5_000);
    const subtree = this.watches.subtreeOf(path);
    if (type !== 'childrenChanged') this.outdate(path, 'stat');
    if (type === 'childrenChanged' || type === 'deleted') this.outdate(path, 'children');
    // A recursive watch doesn't report the parent's list separately.
    const parent = parentPath(path);
    const changesList = type === 'created' || type === 'deleted';
    if (subtree !== undefined && parent !== undefined && changesList)
      this.outdate(parent, 'children');
    const root = subtree ?? (type === 'childrenChanged' ? path : this.listOf(path));
    if (this.guard.hit(root)) this.throttle(root);
  }

  private outdate(path: ZPath, facet: Known['facet']): void {
    const known = this.facets.get(path, facet);
    if (!known) return;
    known.isArmed = false;
    this.read([known]);
  }

  /** The watch that covered a path is gone: what is still shown of it needs one of its own. */
  private rewatch(path: ZPath): void {
    this.outdate(path, 'children');
    this.outdate(path, 'stat');
  }

  private onLost(lost: readonly PersistentWatch[]): void {
    this.watches.lost(lost);
    this.changed.fire();
  }

  /** Takes the watches of a root away; `tick` reads it until the guard lets it be watched again. */
  private throttle(root: ZPath): void {
    this.logger.warn(`${root}: too many changes to follow one by one`);
    this.disarm(this.withRoot(root));
    if (this.subtrees.includes(root)) this.logFailure(root, this.watches.suspend(root));
    else this.unwatchList(root);
    this.changed.fire();
  }

  private tick(): void {
    if (this.client.state.kind !== 'connected' || this.paused !== undefined) return;
    const recovered = this.guard.recover() as ZPath[];
    if (recovered.length > 0) {
      this.logFailure('watch again', this.watches.restore(recovered));
      this.changed.fire();
    }
    const roots = [...recovered, ...(this.guard.paused() as ZPath[])];
    this.read(roots.flatMap((root) => this.withRoot(root)));
    const before = this.options.now() - UNREADABLE_AGE_MS;
    const isDue = ({ error, readAt }: Known): boolean =>
      error?.code === 'NoAuth' && readAt < before;
    this.read(this.facets.all().filter(isDue));
  }

  /** What a facet's events are counted under: its subtree, or the list that it is or stands in. */
  private rootOf({ path, facet }: Known): ZPath {
    return this.watches.subtreeOf(path) ?? (facet === 'children' ? path : this.listOf(path));
  }

  /** The shown list in which a znode stands, or the znode itself when nobody shows that list. */
  private listOf(path: ZPath): ZPath {
    const parent = parentPath(path);
    return parent !== undefined && this.facets.get(parent, 'children') ? parent : path;
  }

  private withRoot(root: ZPath): Known[] {
    return this.facets.all().filter((known) => this.rootOf(known) === root);
  }

  /** Takes one-shot watches away. */
  private disarm(all: readonly Known[]): void {
    for (const known of all) {
      if (!known.isArmed) continue;
      known.isArmed = false;
      if (this.watches.covers(known.path)) continue;
      const type = known.facet === 'stat' ? 'data' : 'children';
      // One that has fired meanwhile can't be removed, which is just as well.
      this.client.removeWatches(known.path, type).catch((error: unknown) => {
        this.logger.debug(`${known.path}: ${String(error)}`);
      });
    }
  }

  private logFailure(what: string, action: Promise<unknown>): void {
    action.catch((error: unknown) => this.logger.error(what, error));
  }
}
