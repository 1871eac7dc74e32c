import { Coalescer, Limiter } from '../base/async';
import { DisposableStore, toDisposable, type Disposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Logger } from '../base/logger';
import { isWithin, ROOT, type ZPath } from '../domain/znode/path';
import { isEphemeral, type ZnodeStat } from '../domain/znode/stat';
import type { ZkClient } from './client';
import { ZkError } from './errors';
import { emptyFacet, Facets, type Known } from './facets';
import { LiveUpdates, type FollowingClient } from './liveUpdates';
import { DEFAULT_EVENT_RATE } from './rateGuard';
import { changeBetween, type Facet, type Reading, type ZnodeChange } from './znodeChange';

/** What the model needs of a client. */
export type ModelClient = FollowingClient &
  Pick<ZkClient, 'onDidChangeState' | 'exists' | 'getChildren'>;

export interface ModelOptions {
  /** Events a second of one list or subtree above which it is read by the clock instead. */
  readonly eventRate?: number;
  /** How many requests may be under way at once. */
  readonly concurrency?: number;
  readonly now?: () => number;
}

const DEFAULT_CONCURRENCY = 8;
const RELOAD_DELAY_MS = 50;
const NOTIFY_DELAY_MS = 25;
const RETRY_DELAY_MS = 2_000;

/**
 * What this window shows of an ensemble, kept equal to the server: whoever shows a facet holds it,
 * `live` tells which ones are outdated, those are read again in one go, and what really differs is
 * announced. Nothing that nobody holds is kept, read or watched.
 */
export class ZnodeModel implements Disposable {
  /** How changes are followed: pause, resume, watch subtrees. */
  readonly live: LiveUpdates;
  private readonly facets = new Facets();
  private readonly dirty = new Set<Known>();
  private readonly store = new DisposableStore();
  private readonly limiter: Limiter;
  private readonly changesEmitter = this.store.add(new Emitter<readonly ZnodeChange[]>());
  private readonly now: () => number;
  private changes: ZnodeChange[] = [];
  private wasConnected = false;

  private readonly reloadSoon = this.store.add(
    new Coalescer(RELOAD_DELAY_MS, () => this.reloadDirty()),
  );
  private readonly retrySoon = this.store.add(
    new Coalescer(RETRY_DELAY_MS, () => this.reloadDirty()),
  );
  private readonly notifySoon = this.store.add(new Coalescer(NOTIFY_DELAY_MS, () => this.notify()));

  /** Fires with all that changed in one burst. */
  readonly onDidChange = this.changesEmitter.event;

  constructor(
    private readonly client: ModelClient,
    private readonly logger: Logger,
    options: ModelOptions = {},
  ) {
    const { eventRate = DEFAULT_EVENT_RATE, now = Date.now } = options;
    this.limiter = new Limiter(options.concurrency ?? DEFAULT_CONCURRENCY);
    this.now = now;
    const readSoon = (outdated: readonly Known[]): void => {
      for (const known of outdated) this.dirty.add(known);
      if (this.dirty.size > 0) this.reloadSoon.schedule();
    };
    this.live = this.store.add(
      new LiveUpdates(client, this.facets, logger, { eventRate, now }, readSoon),
    );
    this.store.add(
      client.onDidChangeState(({ kind }) => {
        if (kind !== 'connected') return;
        // The client has left the watches again, but what happened meanwhile has no events.
        if (this.wasConnected && !this.isPaused) this.refresh();
        this.wasConnected = true;
      }),
    );
  }

  /** What the model keeps: facets, and names in them. */
  get size(): { facets: number; names: number } {
    const all = this.facets.all();
    return {
      facets: all.length,
      names: all.reduce((sum, { names }) => sum + (names?.length ?? 0), 0),
    };
  }

  /** Keeps a facet known and watched until disposed. Reading it is what `children` and `stat` do. */
  hold(path: ZPath, facet: Facet): Disposable {
    const known = this.facets.hold(path, facet);
    return toDisposable(() => {
      if (!this.facets.release(known)) return;
      this.dirty.delete(known);
      if (facet === 'children') this.live.unwatchList(path);
    });
  }

  /** The names of the children, from memory while they are held. Throws the `ZkError` of the reading. */
  async children(path: ZPath): Promise<readonly string[]> {
    const known = await this.ensure(path, 'children');
    if (known.names) return known.names;
    throw known.error ?? new ZkError('NoNode', `${path} does not exist`, path);
  }

  /** The stat, from memory while it is held; undefined when there is no such znode. */
  async stat(path: ZPath): Promise<ZnodeStat | undefined> {
    const known = await this.ensure(path, 'stat');
    if (known.error) throw known.error;
    return known.stat;
  }

  /** What is known without asking the server. */
  peekStat(path: ZPath): ZnodeStat | undefined {
    return this.facets.get(path, 'stat')?.stat;
  }

  /** What is known without asking the server. */
  peekChildren(path: ZPath): readonly string[] | undefined {
    return this.facets.get(path, 'children')?.names;
  }

  /** Reads again what is shown of a znode and all below it, even while paused. */
  refresh(path: ZPath = ROOT): void {
    for (const known of this.facets.all()) if (isWithin(known.path, path)) this.dirty.add(known);
    this.reloadDirty(true);
  }

  /** Catches up with all that was missed and watches again. */
  async resume(): Promise<void> {
    await this.live.resume();
    this.refresh();
  }

  /**
   * Reads the stats again that were read longest ago and whose children nobody shows: no watch tells
   * of a changed child count without sending all names. At most `limit`, none younger than `minAgeMs`.
   */
  recheck(limit: number, minAgeMs: number): void {
    const before = this.now() - minAgeMs;
    const due = this.facets
      .all()
      .filter((known) => known.isLoaded && known.readAt < before && this.canGoStale(known))
      .sort((a, b) => a.readAt - b.readAt)
      .slice(0, limit);
    for (const known of due) this.dirty.add(known);
    this.reloadDirty();
  }

  dispose(): void {
    this.store.dispose();
    this.facets.clear();
    this.dirty.clear();
  }

  private get isPaused(): boolean {
    return this.live.pausedSince !== undefined;
  }

  private canGoStale({ facet, path, stat }: Known): boolean {
    if (facet !== 'stat' || !stat || isEphemeral(stat)) return false;
    return this.facets.get(path, 'children') === undefined;
  }

  private reloadDirty(evenPaused = false): void {
    if (this.client.state.kind !== 'connected' || (this.isPaused && !evenPaused)) return;
    for (const known of this.dirty) {
      if (known.loading) continue;
      this.load(known).catch((error: unknown) => this.logger.error(known.path, error));
    }
  }

  private async ensure(path: ZPath, facet: Facet): Promise<Known> {
    const known = this.facets.get(path, facet) ?? emptyFacet(path, facet);
    if (!known.isLoaded || (known.error && !known.loading)) await this.load(known);
    return known;
  }

  private load(known: Known): Promise<void> {
    known.loading ??= this.limiter
      .run(() => this.read(known))
      .finally(() => {
        known.loading = undefined;
      })
      .then((isSettled) => {
        if (!this.dirty.has(known) || this.isPaused) return;
        if (isSettled) this.reloadSoon.schedule();
        else this.retrySoon.schedule();
      });
    return known.loading;
  }

  /**
   * Reads a facet and sees to its watch. `dirty` is cleared before the request is sent: an event may
   * follow the reply in the same network chunk and must not be overwritten when we get to run.
   * False when the link failed, what is known stays, and it has to be tried again.
   */
  private async read(known: Known): Promise<boolean> {
    const before = { ...known };
    this.dirty.delete(known);
    const options = { watch: this.live.leaveWatch(known) };
    try {
      if (known.facet === 'stat') known.stat = await this.client.exists(known.path, options);
      else {
        const { names, stat } = await this.client.getChildren(known.path, options);
        known.names = names;
        this.learnStat(known.path, stat);
      }
      known.error = undefined;
    } catch (error) {
      known.isArmed = false;
      if (!(error instanceof ZkError)) throw error;
      if (isPassing(error) && known.isLoaded && known.holders > 0) {
        this.dirty.add(known);
        return false;
      }
      known.error = error;
      known.names = undefined;
      known.stat = undefined;
    }
    known.isLoaded = true;
    known.readAt = this.now();
    if (before.isLoaded && known.holders > 0) this.record(before, known);
    return true;
  }

  /** A listing carries the stat too: the row that shows it is right at once, and needn't be read. */
  private learnStat(path: ZPath, stat: ZnodeStat): void {
    const known = this.facets.get(path, 'stat');
    if (!known || !(known.isLoaded || this.live.covers(path))) return;
    const before = { ...known };
    known.stat = stat;
    known.error = undefined;
    known.isLoaded = true;
    known.readAt = this.now();
    if (before.isLoaded) this.record(before, known);
  }

  private record(before: Reading, after: Reading): void {
    const change = changeBetween(before, after);
    if (!change) return;
    this.changes.push(change);
    this.notifySoon.schedule();
  }

  private notify(): void {
    const { changes } = this;
    this.changes = [];
    this.changesEmitter.fire(changes);
  }
}

/** Errors of the link rather than of the znode: worth trying again. */
function isPassing(error: ZkError): boolean {
  return (
    ZkError.is(error, 'ConnectionLoss') ||
    ZkError.is(error, 'OperationTimeout') ||
    ZkError.is(error, 'SessionExpired') ||
    ZkError.is(error, 'Throttled')
  );
}
