import { Limiter } from '../../base/async';
import { lineage, type ZPath } from '../../domain/znode/path';
import type { TransactionResult, TransactionStep } from '../client';
import { CopyItems, Surprise, type CopyItem, type CopyItemOptions } from './copyItems';
import type { CopyPlan } from './copyPlan';
import { deleteTree } from './deleteTree';
import { batches } from './lostState';
import { REQUEST_BYTES, sizeOfTransaction } from './requestSize';
import { stopFor, type Stop } from './stop';
import type { Surveyed } from './survey';
import { tookEffect } from './tookEffect';
import { isOutcomeUnknown, type LeftZnode, type LostMode, type UndoWriter } from './undo';
import type { Writer } from './writer';

export interface CopyOptions extends CopyItemOptions {
  /** Of the connection that gets the copy; a move has only one. */
  readonly writer: Writer;
  /** Takes down what happens, so that it can be undone or resumed. The caller ends it. */
  readonly undo: UndoWriter | undefined;
  readonly signal?: AbortSignal;
  /** Called for each znode that was created. */
  readonly onCreated?: (path: ZPath, czxid: bigint, mode: LostMode) => void;
  /** @param done of `total` steps */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Numbers of znodes. */
export interface CopyOutcome {
  readonly created: number;
  readonly overwritten: number;
  /** They had the data already. */
  readonly equal: number;
  readonly skipped: number;
  /** Ephemeral ones, which are not copied. */
  readonly ephemerals: number;
  /** Created with the ACL of their parent, because theirs is masked or hidden. */
  readonly inherited: number;
  /** Taken away at the source by a move. */
  readonly deleted: number;
  /** Of the source, those that are still there after a move. */
  readonly remaining: number;
  /** Nobody knows whether the last request took effect: there was no answer. */
  readonly isUnknown: boolean;
  readonly isOneTransaction: boolean;
  readonly stop: Stop | undefined;
}

const BATCH = 200;
const BATCHES_AT_ONCE = 6;

/**
 * Copies or moves what was planned, and nothing else: what was changed at the source or the target
 * since ends it. In one transaction where it fits. Else the copies are made first, parents before
 * their children; then each is looked at again; then a move deletes the source, children first, each
 * znode with the version that was copied. So at every moment each znode is in one of both places, and
 * planning again goes on from there. Never rejects.
 */
export function copyTree(plan: CopyPlan, options: CopyOptions): Promise<CopyOutcome> {
  return new Copying(plan, options).run();
}

class Copying {
  private readonly counts = {
    ...{ created: 0, overwritten: 0, equal: 0, skipped: 0, ephemerals: 0, inherited: 0 },
    ...{ deleted: 0, remaining: 0 },
  };
  private isUnknown = false;
  private isOneTransaction = false;
  private stop: Stop | undefined;
  private readonly items: CopyItems;
  /** How the targets were left, by their path. */
  private readonly marks = new Map<ZPath, LeftZnode>();
  /** Of the source, what a move leaves there: skipped znodes and those above them. */
  private readonly staying = new Set<ZPath>();

  constructor(
    private readonly plan: CopyPlan,
    private readonly options: CopyOptions,
  ) {
    this.items = new CopyItems(plan, options);
  }

  async run(): Promise<CopyOutcome> {
    const { plan } = this;
    const total = plan.survey.counts.znodes;
    await this.attempt(async () => {
      if (plan.isOneTransaction && (await this.atOnce())) return;
      await this.copy();
      if (plan.kind === 'move' && !this.stop) await this.verify();
      if (plan.kind === 'move' && !this.stop) await this.deleteSource();
    });
    const { counts, isUnknown, isOneTransaction, stop } = this;
    return { ...counts, remaining: total - counts.deleted, isUnknown, isOneTransaction, stop };
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.options.signal?.aborted) this.end({ reason: 'cancelled' });
    if (this.stop) return;
    try {
      await work();
    } catch (error) {
      this.end(error instanceof Surprise ? error.stop : stopFor(error));
    }
  }

  /** False when it is too much for one request after all; then nothing was sent. */
  private async atOnce(): Promise<boolean> {
    const items: CopyItem[] = [];
    for (const level of this.plan.survey.levels) {
      for (const batch of batches(level, BATCH)) items.push(...(await this.items.of(batch)));
    }
    for (const item of items) if (item.fate === 'skip') this.stay(item);
    const isMove = this.plan.kind === 'move';
    const gone = isMove ? items.filter(({ znode }) => !this.staying.has(znode.path)) : [];
    const steps = [
      ...items.flatMap((item) => stepOf(item, isMove) ?? []),
      ...gone.toReversed().map(({ znode: { path, version } }) => ({
        ...{ type: 'delete' as const, path, version },
      })),
    ];
    if (sizeOfTransaction(steps) > REQUEST_BYTES) return false;
    this.isOneTransaction = true;
    await this.send(items, gone, steps);
    return true;
  }

  private async copy(): Promise<void> {
    for (const level of this.plan.survey.levels) {
      const limiter = new Limiter(BATCHES_AT_ONCE);
      const open = [...batches(level, BATCH)];
      await Promise.all(
        open.map((batch) => limiter.run(() => this.attempt(() => this.copyBatch(batch)))),
      );
    }
  }

  private async copyBatch(batch: readonly Surveyed[]): Promise<void> {
    const items = await this.items.of(batch);
    const steps = items.flatMap((item) => stepOf(item, false) ?? []);
    await this.send(items, [], steps);
  }

  private async send(
    items: readonly CopyItem[],
    gone: readonly CopyItem[],
    steps: readonly TransactionStep[],
  ): Promise<void> {
    const { pacer, signal } = this.options;
    const written = items.filter(({ step }) => step);
    await this.keep(written, gone);
    const spare = (): Promise<void> => this.spare(written, gone);
    if (this.stop || signal?.aborted) {
      this.end({ reason: 'cancelled' });
      return spare();
    }
    try {
      if (steps.length > 0) await pacer.run(() => this.write(steps), 'write', steps.length);
    } catch (error) {
      const isDone = isOutcomeUnknown(error)
        ? await tookEffect(written, gone, this.options)
        : false;
      if (isDone === false) await spare();
      this.isUnknown ||= isDone === undefined;
      if (!isDone) throw error;
      this.end(stopFor(error));
    }
    await this.note(items, gone);
  }

  private write(steps: readonly TransactionStep[]): Promise<TransactionResult[]> {
    const { writer } = this.options;
    const [first] = steps;
    // A transaction would make the largest znodes too large for a request.
    if (steps.length > 1 || first?.type !== 'create') return writer.transaction(steps);
    return writer
      .create(first.path, first.data, first)
      .then((path) => [{ type: 'created' as const, path }]);
  }

  /** Takes down what is lost, and what is going to be made, before it is. */
  private async keep(written: readonly CopyItem[], gone: readonly CopyItem[]): Promise<void> {
    const { undo } = this.options;
    if (!undo) return;
    const kept = await Promise.all([
      ...gone.flatMap(({ source }) => (source ? [undo.lost(source)] : [])),
      ...written.flatMap(({ lost }) => (lost ? [undo.lost(lost)] : [])),
      ...written.flatMap(({ left }) => (left ? [undo.left(left)] : [])),
    ]);
    if (kept.includes(false)) this.end({ reason: 'undoFull' });
  }

  private async spare(written: readonly CopyItem[], gone: readonly CopyItem[]): Promise<void> {
    const { undo } = this.options;
    if (!undo) return;
    const paths = [...written.map(({ at }) => at), ...gone.map(({ znode }) => znode.path)];
    await Promise.all(paths.map((path) => undo.spared(path)));
  }

  /** Directly, not paced: what was done is taken down even when it was cancelled meanwhile. */
  private async note(items: readonly CopyItem[], gone: readonly CopyItem[]): Promise<void> {
    const { to, undo, onCreated, onProgress } = this.options;
    const { counts, plan } = this;
    const first = items.find(({ fate }) => fate === 'create');
    // One transaction, one czxid.
    const czxid = first && (await to.exists(first.at).catch(() => undefined))?.czxid;
    const lefts: Promise<unknown>[] = [];
    for (const item of items) {
      const { fate, at, left, source } = item;
      counts[COUNTED[fate]]++;
      if (item.isInherited) counts.inherited++;
      if (fate === 'skip') this.stay(item);
      if (!left) continue;
      const isNew = fate === 'create' && czxid !== undefined;
      const mark = isNew ? { ...left, czxid } : left;
      this.marks.set(at, mark);
      if (!isNew) continue;
      if (undo) lefts.push(undo.left(mark));
      if (source) onCreated?.(at, czxid, source.mode);
    }
    counts.deleted += gone.length;
    await Promise.all(lefts);
    const znodes = plan.survey.counts.znodes;
    const { created, overwritten, equal, skipped, ephemerals } = counts;
    const done = created + overwritten + equal + skipped + ephemerals;
    onProgress?.(done, this.isOneTransaction || plan.kind === 'copy' ? znodes : 2 * znodes);
  }

  private stay({ znode }: CopyItem): void {
    for (const path of lineage(znode.path)) this.staying.add(path);
  }

  /** Nothing is deleted whose copy isn't there as it was made. */
  private async verify(): Promise<void> {
    const { to, pacer } = this.options;
    await pacer.forEach(
      this.marks,
      async ([path, mark]) => {
        const stat = await to.exists(path);
        if (stat?.czxid !== mark.czxid) throw new Surprise({ reason: 'recreated', path });
        if (stat.version !== mark.version) throw new Surprise({ reason: 'changed', path });
      },
      'read',
    );
  }

  private async deleteSource(): Promise<void> {
    const { staying, counts, plan, options } = this;
    const { from: client, writer, pacer, undo, signal, modeOf, onProgress } = options;
    const levels = plan.survey.levels.map((level) =>
      staying.size === 0 ? level : level.filter(({ path }) => !staying.has(path)),
    );
    const { znodes } = plan.survey.counts;
    const outcome = await deleteTree(
      { levels },
      {
        ...{ client, writer, pacer, undo, modeOf },
        ...(signal && { signal }),
        onProgress: (deleted) => onProgress?.(znodes + deleted, 2 * znodes),
      },
    );
    counts.deleted = outcome.deleted + outcome.vanished;
    this.isUnknown ||= outcome.unknown > 0;
    if (outcome.stop) this.end(outcome.stop);
  }

  /** The first reason counts: what follows is its consequence. */
  private end(stop: Stop): void {
    this.stop ??= stop;
  }
}

const COUNTED = {
  create: 'created',
  overwrite: 'overwritten',
  equal: 'equal',
  skip: 'skipped',
  ephemeral: 'ephemerals',
} as const;

/** In one go with its deletion at the source, an equal znode must still be there. */
function stepOf({ step, fate, left }: CopyItem, isMove: boolean): TransactionStep | undefined {
  if (step || fate !== 'equal' || !isMove || !left) return step;
  return { type: 'check', path: left.path, version: left.version };
}
