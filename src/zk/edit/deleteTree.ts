import { Limiter } from '../../base/async';
import { parentPath, type ZPath } from '../../domain/znode/path';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';
import { batches, realAcl, seeAll } from './lostState';
import type { Pacer } from './pacer';
import { stopFor, type Stop } from './stop';
import type { Surveyed, Survey } from './survey';
import { isOutcomeUnknown, modeOf, type LostMode, type UndoWriter } from './undo';
import type { Writer } from './writer';
import type { ZnodeStat } from '../../domain/znode/stat';

export interface DeleteOutcome {
  readonly deleted: number;
  /** Somebody else deleted them meanwhile. */
  readonly vanished: number;
  /** They are still there, as far as we know. */
  readonly remaining: number;
  /** Nobody knows whether they were deleted: the connection was lost and has not come back. */
  readonly unknown: number;
  /** Deleted without being kept, because we may not read them. */
  readonly unkept: number;
  readonly stop: Stop | undefined;
}

export interface DeleteOptions {
  readonly client: ZkReader;
  readonly writer: Writer;
  readonly pacer: Pacer;
  /** Takes down what is lost before it is; undefined when it is not kept. The caller ends it. */
  readonly undo: UndoWriter | undefined;
  readonly signal?: AbortSignal;
  readonly modeOf?: (path: ZPath, stat: ZnodeStat) => LostMode;
  /** @param deleted how many so far */
  readonly onProgress?: (deleted: number) => void;
}

/** As much of a survey as a deletion needs. */
export type Deletable = Pick<Survey, 'levels'> & Partial<Pick<Survey, 'obstacles'>>;

const BATCH = 200;
const BATCHES_AT_ONCE = 6;

/**
 * Deletes what a survey saw, and nothing else: children before their parents, one generation after
 * the other, in transactions of up to 200. Each znode is looked at right before (the transaction that
 * made it and its version must be those of the survey) and deleted with that version. At the first
 * surprise nothing further is sent, and the outcome is exact: a transaction is done in full or not at
 * all, and after a lost connection the server is asked which. Never rejects.
 */
export function deleteTree(survey: Deletable, options: DeleteOptions): Promise<DeleteOutcome> {
  return new Deletion(survey, options).run();
}

class Deletion {
  private deleted = 0;
  private vanished = 0;
  private unkept = 0;
  private stop: Stop | undefined;
  private readonly doubtful: Surveyed[][] = [];

  constructor(
    private readonly survey: Deletable,
    private readonly options: DeleteOptions,
  ) {}

  async run(): Promise<DeleteOutcome> {
    for (const level of this.survey.levels.toReversed()) {
      const limiter = new Limiter(BATCHES_AT_ONCE);
      const open = [...batches(level, BATCH)];
      await Promise.all(open.map((batch) => limiter.run(() => this.attempt(batch))));
      if (this.stop) break;
    }
    const unknown = await this.resolveDoubts();
    const { deleted, vanished, unkept, stop } = this;
    const total = this.survey.levels.reduce((sum, { length }) => sum + length, 0);
    const remaining = total - deleted - vanished - unknown;
    return { deleted, vanished, remaining, unknown, unkept, stop };
  }

  private async attempt(batch: Surveyed[]): Promise<void> {
    if (this.options.signal?.aborted) this.end({ reason: 'cancelled' });
    if (this.stop) return;
    try {
      await this.deleteBatch(batch);
    } catch (error) {
      this.end(stopFor(error));
    }
  }

  private async deleteBatch(batch: readonly Surveyed[]): Promise<void> {
    const { undo } = this.options;
    const look = undo ? this.keep(batch, undo) : this.check(batch);
    const present = await look.catch(async (error: unknown) => {
      await this.spare(batch);
      throw error;
    });
    this.vanished += batch.length - present.length;
    await this.send(present);
  }

  /** Deletes what is there; what vanishes at the last moment is left out and the rest sent again. */
  private async send(batch: readonly Surveyed[]): Promise<void> {
    const { writer, pacer, undo, signal } = this.options;
    let rest = batch.map((znode) => ({ znode, path: znode.path }));
    while (rest.length > 0) {
      if (signal?.aborted) this.end({ reason: 'cancelled' });
      if (this.stop) return this.spare(rest);
      const steps = rest.map(({ path, znode: { version } }) => ({
        type: 'delete' as const,
        path,
        version,
      }));
      try {
        await pacer.run(() => writer.transaction(steps), 'write', steps.length);
        this.deleted += rest.length;
        this.options.onProgress?.(this.deleted);
        return;
      } catch (error) {
        const gone = ZkError.is(error, 'NoNode') ? error.path : undefined;
        const others = rest.filter(({ path }) => path !== gone);
        if (others.length === rest.length) return this.fail(rest, error);
        await undo?.spared(gone as ZPath);
        this.vanished++;
        rest = others;
      }
    }
  }

  private async fail(rest: readonly Located[], error: unknown): Promise<void> {
    this.end(this.explained(stopFor(error)));
    if (isOutcomeUnknown(error)) this.doubtful.push(rest.map(({ znode }) => znode));
    else await this.spare(rest);
  }

  /** Children that nobody could list, or look at, are not new. */
  private explained(stop: Stop): Stop {
    if (stop.reason !== 'newChildren') return stop;
    const hidden = this.survey.obstacles?.find(
      ({ kind, path }) =>
        kind === 'unlistable' && (path === stop.path || parentPath(path) === stop.path),
    );
    return hidden ? { ...stop, reason: 'noPermission', path: hidden.path } : stop;
  }

  private async check(batch: readonly Surveyed[]): Promise<Surveyed[]> {
    const { client, pacer } = this.options;
    const paths = batch.map(({ path }) => path);
    // With their data, which is not needed: the only stats of which many come in one answer.
    const seen = await seeAll(client, pacer, paths);
    return batch.filter((znode, index) => this.isExpected(znode, seen[index]?.stat));
  }

  /** Takes down what will be lost. Returns those that are there, and as they were surveyed. */
  private async keep(batch: readonly Surveyed[], undo: UndoWriter): Promise<Surveyed[]> {
    const { client, pacer } = this.options;
    const paths = batch.map(({ path }) => path);
    const seen = await seeAll(client, pacer, paths);
    const present = batch.filter((znode, index) => this.isExpected(znode, seen[index]?.stat));
    if (this.stop) return present;
    const readable = batch.flatMap(({ path }, index) => {
      const { data, stat } = seen[index] ?? {};
      return data && stat ? [{ path, data, stat }] : [];
    });
    this.unkept += present.length - readable.length;
    const acls = await pacer.map(readable, ({ path }) => realAcl(client, path), 'read');
    const mode = this.options.modeOf ?? ((_, stat) => modeOf(stat));
    const kept = await Promise.all(
      readable.map((znode, index) =>
        undo.lost({ ...znode, acl: acls[index], mode: mode(znode.path, znode.stat) }),
      ),
    );
    if (kept.includes(false)) this.end({ reason: 'undoFull' });
    return present;
  }

  /** Whether it is there; ends the deletion when it isn't the one that was surveyed any more. */
  private isExpected(znode: Surveyed, stat: ZnodeStat | undefined): boolean {
    if (!stat) return false;
    if (stat.czxid !== znode.czxid) this.end({ reason: 'recreated', path: znode.path });
    else if (stat.version !== znode.version) this.end({ reason: 'changed', path: znode.path });
    return true;
  }

  private async spare(rest: readonly { readonly path: ZPath }[]): Promise<void> {
    const { undo } = this.options;
    if (undo) await Promise.all(rest.map(({ path }) => undo.spared(path)));
  }

  /** The first reason counts: what follows is its consequence. */
  private end(stop: Stop): void {
    this.stop ??= stop;
  }

  /** Asks what became of transactions without an answer. Returns how many znodes nobody knows about. */
  private async resolveDoubts(): Promise<number> {
    const { client } = this.options;
    let unknown = 0;
    for (const batch of this.doubtful) {
      const [first] = batch;
      if (!first) continue;
      try {
        await client.sync(first.path).catch(unlessGone);
        const stat = await client.exists(first.path);
        if (stat?.czxid === first.czxid) {
          await this.spare(batch);
        } else this.deleted += batch.length;
      } catch {
        unknown += batch.length;
      }
    }
    return unknown;
  }
}

interface Located {
  readonly znode: Surveyed;
  readonly path: ZPath;
}

function unlessGone(error: unknown): void {
  if (!ZkError.is(error, 'NoNode')) throw error;
}
