import { Limiter } from '../../base/async';
import type { ZPath } from '../../domain/znode/path';
import type { CreateOptions, TransactionStep, ZkReader } from '../client';
import { deleteTree, type DeleteOutcome } from './deleteTree';
import { batches, realAcl } from './lostState';
import type { Pacer } from './pacer';
import { depthOf, type PlannedCreate, type PlannedRevert, type RestorePlan } from './restorePlan';
import { stopFor, type Stop } from './stop';
import { Surveyed } from './survey';
import { createModeOf, isOutcomeUnknown, type UndoWriter } from './undo';
import type { Writer } from './writer';

export interface RestoreOptions {
  readonly client: ZkReader;
  readonly writer: Writer;
  readonly pacer: Pacer;
  /** Takes the restore itself down, so that it can be rolled back. The caller ends it. */
  readonly undo: UndoWriter | undefined;
  readonly signal?: AbortSignal;
  /** @param done how many znodes so far */
  readonly onProgress?: (done: number) => void;
}

export interface RestoreOutcome {
  readonly created: number;
  readonly reverted: number;
  readonly removed: number;
  /** Of those planned. */
  readonly remaining: number;
  readonly stop: Stop | undefined;
}

const BATCH = 200;
const BATCHES_AT_ONCE = 6;

/**
 * Does what a plan says: makes znodes again, parents first; gives others their data and ACL back, each
 * only at the version that was planned for; removes what the change had made, children first. Ends at
 * the first failure; planning again and going on from there is safe. Never rejects.
 */
export async function restore(plan: RestorePlan, options: RestoreOptions): Promise<RestoreOutcome> {
  const restoration = new Restoration(options);
  await restoration.create(plan.creates);
  await restoration.revert(plan.reverts);
  const { created, reverted } = restoration;
  let { stop } = restoration;
  let removed = 0;
  if (!stop && plan.removals.length > 0) {
    const outcome = await remove(plan, created + reverted, options);
    ({ deleted: removed, stop } = outcome);
  }
  const planned = plan.creates.length + plan.reverts.length + plan.removals.length;
  const remaining = planned - created - reverted - removed;
  return { created, reverted, removed, remaining, stop };
}

class Restoration {
  created = 0;
  reverted = 0;
  stop: Stop | undefined;

  constructor(private readonly options: RestoreOptions) {}

  async create(creates: readonly PlannedCreate[]): Promise<void> {
    const sized = creates.map((planned) => ({ ...planned, dataLength: planned.lost.data.length }));
    for (const level of levelsOf(sized, ({ lost }) => lost.path)) {
      const limiter = new Limiter(BATCHES_AT_ONCE);
      const open = [...batches(level, BATCH)];
      await Promise.all(
        open.map((batch) => limiter.run(() => this.attempt(() => this.make(batch)))),
      );
    }
  }

  async revert(reverts: readonly PlannedRevert[]): Promise<void> {
    for (const planned of reverts) await this.attempt(() => this.revertOne(planned));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.options.signal?.aborted) this.stop ??= { reason: 'cancelled' };
    if (this.stop) return;
    try {
      await work();
      this.options.onProgress?.(this.created + this.reverted);
    } catch (error) {
      this.stop ??= stopFor(error);
    }
  }

  private async make(batch: readonly PlannedCreate[]): Promise<void> {
    const { client, writer, pacer, undo } = this.options;
    const [first] = batch;
    if (!first) return;
    const { path, data } = first.lost;
    const send = async (): Promise<void> => {
      if (batch.length > 1) await writer.transaction(batch.map(stepOf));
      // A transaction would make the largest znodes too large for a request.
      else await writer.create(path, data, optionsOf(first));
    };
    try {
      await pacer.run(send, 'write', batch.length);
    } catch (error) {
      const stat = isOutcomeUnknown(error)
        ? await client.exists(path).catch(() => undefined)
        : undefined;
      if (!stat) throw error;
      this.stop ??= stopFor(error);
    }
    this.created += batch.length;
    if (!undo) return;
    // One transaction, one czxid.
    const stat = await pacer.run(() => client.exists(path), 'read');
    if (!stat) return;
    const { czxid } = stat;
    await Promise.all(batch.map(({ lost }) => undo.left({ path: lost.path, czxid, version: 0 })));
  }

  private async revertOne({ lost, left, data, acl }: PlannedRevert): Promise<void> {
    const { client, writer, pacer, undo } = this.options;
    const { path } = lost;
    const now = await pacer.run(() => client.getData(path), 'read');
    if (undo) {
      const before = acl ? await pacer.run(() => realAcl(client, path), 'read') : undefined;
      await undo.lost({ path, ...now, acl: before, mode: lost.mode });
    }
    let { version, aversion } = left;
    if (data) {
      ({ version } = await pacer.run(() => writer.setData(path, lost.data, left.version), 'write'));
    }
    if (acl && lost.acl && aversion !== undefined) {
      const [entries, expected] = [lost.acl, aversion];
      ({ aversion } = await pacer.run(() => writer.setAcl(path, entries, expected), 'write'));
    }
    const { czxid } = left;
    await undo?.left({ path, czxid, version, ...(aversion !== undefined && { aversion }) });
    this.reverted++;
  }
}

function remove(
  { removals }: RestorePlan,
  done: number,
  { client, writer, pacer, undo, signal, onProgress }: RestoreOptions,
): Promise<DeleteOutcome> {
  const znodes = removals.map(
    ({ path, version, czxid, dataLength }) =>
      new Surveyed(undefined, path, version, czxid, dataLength),
  );
  const levels = levelsOf(znodes, ({ path }) => path);
  return deleteTree(
    { levels },
    {
      ...{ client, writer, pacer, undo },
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (deleted: number) => onProgress(done + deleted) }),
    },
  );
}

/** Grouped by depth, the shallow ones first. */
function levelsOf<T>(items: readonly T[], pathOf: (item: T) => ZPath): T[][] {
  const levels = new Map<number, T[]>();
  for (const item of items) {
    const depth = depthOf(pathOf(item));
    const level = levels.get(depth);
    if (level) level.push(item);
    else levels.set(depth, [item]);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level);
}

function stepOf(planned: PlannedCreate): TransactionStep {
  const { path, data } = planned.lost;
  return { type: 'create', path, data, ...optionsOf(planned) };
}

function optionsOf({ lost, acl }: PlannedCreate): Pick<CreateOptions, 'mode' | 'acl' | 'ttlMs'> {
  return { acl, ...createModeOf(lost.mode) };
}
