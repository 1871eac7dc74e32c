import { Coalescer, Limiter } from '../base/async';
import { DisposableStore, toDisposable, type Disposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Logger } from '../base/logger';
import { isWithin, ROOT, type ZPath } from '../domain/znode/path';
import { isEphemeral, sameStat, type ZnodeStat } from '../domain/znode/stat';
import type { WatchEvent, ZkClient } from './client';
import { ZkError } from './errors';

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

/** What the model needs of a client. */
export type ModelClient = Pick<
  ZkClient,
  'state' | 'onDidChangeState' | 'onDidSeeWatch' | 'exists' | 'getChildren'
>;

/** One facet of one znode as last read. Loaded without a stat means that there is no such znode. */
interface Known {
  readonly path: ZPath;
  readonly facet: Facet;
  holders: number;
  loaded: boolean;
  readAt: number;
  /** Whether the server will tell us about the next change. */
  armed: boolean;
  names: readonly string[] | undefined;
  stat: ZnodeStat | undefined;
  error: ZkError | undefined;
  loading: Promise<void> | undefined;
}

const FIRST_CONCURRENCY = 8;
const RELOAD_DELAY_MS = 50;
const NOTIFY_DELAY_MS = 25;
const RETRY_DELAY_MS = 2_000;

/**
 * What this window shows of an ensemble, kept equal to the server by one-shot watches: whoever shows
 * a facet holds it, a watch event marks it dirty, dirty facets are read again (and watched again)
 * in one go, and what really differs is announced. Nothing that nobody holds is kept or read.
 */
export class ZnodeModel implements Disposable {
  private readonly known = new Map<string, Known>();
  private readonly dirty = new Set<Known>();
  private readonly store = new DisposableStore();
  private readonly limiter = new Limiter(FIRST_CONCURRENCY);
  private readonly changesEmitter = this.store.add(new Emitter<readonly ZnodeChange[]>());
  private readonly pauseEmitter = this.store.add(new Emitter<void>());
  private changes: ZnodeChange[] = [];
  private paused: number | undefined;
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
  readonly onDidChangePause = this.pauseEmitter.event;

  constructor(
    private readonly client: ModelClient,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.store.add(client.onDidSeeWatch((event) => this.onWatch(event)));
    this.store.add(
      client.onDidChangeState(({ kind }) => {
        if (kind !== 'connected') return;
        if (this.wasConnected) this.readAllAgain();
        this.wasConnected = true;
      }),
    );
  }

  /** Since when (ms) live updates are paused; undefined while live. */
  get pausedSince(): number | undefined {
    return this.paused;
  }

  /** How many facets are known to differ from what is shown; grows only while paused. */
  get waiting(): number {
    return this.dirty.size;
  }

  /** How many facets the server watches for us. */
  get watchCount(): number {
    let count = 0;
    for (const { armed } of this.known.values()) if (armed) count++;
    return count;
  }

  /** Keeps a facet known and watched until disposed. Reading it is what `children` and `stat` do. */
  hold(path: ZPath, facet: Facet): Disposable {
    const key = keyOf(path, facet);
    let known = this.known.get(key);
    if (!known) this.known.set(key, (known = unknown(path, facet)));
    const held = known;
    held.holders++;
    return toDisposable(() => {
      if (--held.holders > 0) return;
      this.dirty.delete(held);
      if (this.known.get(key) === held) this.known.delete(key);
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
    return this.known.get(keyOf(path, 'stat'))?.stat;
  }

  /** What is known without asking the server. */
  peekChildren(path: ZPath): readonly string[] | undefined {
    return this.known.get(keyOf(path, 'children'))?.names;
  }

  /** Reads again what is shown of a znode and all below it. */
  refresh(path: ZPath = ROOT): void {
    for (const known of this.known.values()) if (isWithin(known.path, path)) this.dirty.add(known);
    this.reloadDirty(true);
  }

  /** Stops asking the server for changes; what is shown grows stale from now on. */
  pause(): void {
    if (this.paused !== undefined) return;
    this.paused = this.now();
    this.pauseEmitter.fire();
  }

  /** Catches up with all that was missed and watches again. */
  resume(): void {
    if (this.paused === undefined) return;
    this.paused = undefined;
    for (const known of this.known.values()) if (!known.armed) this.dirty.add(known);
    this.pauseEmitter.fire();
    this.reloadSoon.schedule();
  }

  /**
   * Reads the stats again that were read longest ago and whose children nobody shows: no watch tells
   * of a changed child count without sending all names. At most `limit`, none younger than `minAgeMs`.
   */
  recheck(limit: number, minAgeMs: number): void {
    if (this.client.state.kind !== 'connected' || this.paused !== undefined) return;
    const before = this.now() - minAgeMs;
    const due = [...this.known.values()]
      .filter((known) => known.armed && known.readAt < before && this.canGoStale(known))
      .sort((a, b) => a.readAt - b.readAt)
      .slice(0, limit);
    for (const known of due) this.dirty.add(known);
    this.reloadDirty();
  }

  private canGoStale({ facet, path, stat }: Known): boolean {
    if (facet !== 'stat' || !stat || isEphemeral(stat)) return false;
    return !this.known.has(keyOf(path, 'children'));
  }

  dispose(): void {
    this.store.dispose();
    this.known.clear();
    this.dirty.clear();
  }

  /** After a reconnect: the session may be a new one without our watches, and events were missed. */
  private readAllAgain(): void {
    for (const known of this.known.values()) known.armed = false;
    this.refresh();
  }

  private onWatch({ type, path }: WatchEvent): void {
    if (type !== 'childrenChanged') this.markDirty(path, 'stat');
    if (type === 'childrenChanged' || type === 'deleted') this.markDirty(path, 'children');
  }

  private markDirty(path: ZPath, facet: Facet): void {
    const known = this.known.get(keyOf(path, facet));
    if (!known) return;
    known.armed = false;
    this.dirty.add(known);
    if (this.paused === undefined) this.reloadSoon.schedule();
  }

  private reloadDirty(evenPaused = false): void {
    if (this.client.state.kind !== 'connected') return;
    if (this.paused !== undefined && !evenPaused) return;
    for (const known of this.dirty) {
      if (known.loading) continue;
      this.load(known).catch((error: unknown) => this.logger.error(known.path, error));
    }
  }

  private async ensure(path: ZPath, facet: Facet): Promise<Known> {
    const known = this.known.get(keyOf(path, facet)) ?? unknown(path, facet);
    if (!known.loaded || (known.error && !known.loading)) await this.load(known);
    return known;
  }

  private load(known: Known): Promise<void> {
    known.loading ??= this.limiter
      .run(() => this.read(known))
      .finally(() => {
        known.loading = undefined;
      })
      .then((isSettled) => {
        if (!this.dirty.has(known) || this.paused !== undefined) return;
        if (isSettled) this.reloadSoon.schedule();
        else this.retrySoon.schedule();
      });
    return known.loading;
  }

  /**
   * Reads a facet and leaves a watch. `armed` and `dirty` are set before the request is sent: an event
   * may follow the reply in the same network chunk and must not be overwritten when we get to run.
   * False when the link failed, what is known stays, and it has to be tried again.
   */
  private async read(known: Known): Promise<boolean> {
    const watch = this.paused === undefined && known.holders > 0;
    const before = { ...known };
    this.dirty.delete(known);
    known.armed = watch;
    const options = { watch: watch && !before.armed };
    try {
      if (known.facet === 'stat') known.stat = await this.client.exists(known.path, options);
      else {
        const { names, stat } = await this.client.getChildren(known.path, options);
        known.names = names;
        this.learnStat(known.path, stat);
      }
      known.error = undefined;
    } catch (error) {
      known.armed = false;
      if (!(error instanceof ZkError)) throw error;
      if (isPassing(error) && known.loaded && known.holders > 0) {
        this.dirty.add(known);
        return false;
      }
      known.error = error;
      known.names = undefined;
      known.stat = undefined;
    }
    known.loaded = true;
    known.readAt = this.now();
    if (before.loaded && known.holders > 0) this.record(before, known);
    return true;
  }

  /** A listing carries the stat too: the child count of the row that shows it is right at once. */
  private learnStat(path: ZPath, stat: ZnodeStat): void {
    const known = this.known.get(keyOf(path, 'stat'));
    if (!known?.loaded) return;
    const before = { ...known };
    known.stat = stat;
    known.readAt = this.now();
    this.record(before, known);
  }

  private record(before: Known, after: Known): void {
    const change = difference(before, after);
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

function unknown(path: ZPath, facet: Facet): Known {
  return {
    path,
    facet,
    holders: 0,
    loaded: false,
    readAt: 0,
    armed: false,
    names: undefined,
    stat: undefined,
    error: undefined,
    loading: undefined,
  };
}

function keyOf(path: ZPath, facet: Facet): string {
  return `${facet}:${path}`;
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

function difference(before: Known, after: Known): ZnodeChange | undefined {
  const { path } = after;
  if (after.error?.code === 'NoNode') return before.error ? undefined : { path, type: 'deleted' };
  if (before.error?.code !== after.error?.code) return { path, type: 'error' };
  if (after.facet === 'stat') {
    if (sameStat(before.stat, after.stat)) return undefined;
    if (!after.stat) return { path, type: 'deleted' };
    if (!before.stat) return { path, type: 'created' };
    const written =
      before.stat.mzxid !== after.stat.mzxid || before.stat.czxid !== after.stat.czxid;
    return { path, type: written ? 'data' : 'stat' };
  }
  const old = new Set(before.names);
  const added = (after.names ?? []).filter((name) => !old.delete(name));
  if (added.length === 0 && old.size === 0) return undefined;
  return { path, type: 'children', added, removed: [...old] };
}
