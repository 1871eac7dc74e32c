import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger';
import type { ZPath } from '../../src/domain/znode/path';
import type { ZkClient } from '../../src/zk/client';
import { deleteTree, type DeleteOptions, type DeleteOutcome } from '../../src/zk/edit/deleteTree';
import { Pacer } from '../../src/zk/edit/pacer';
import { planRestore, type RestorePlan } from '../../src/zk/edit/restorePlan';
import { restore, type RestoreOutcome } from '../../src/zk/edit/restore';
import { survey, type Survey } from '../../src/zk/edit/survey';
import type { ChangeKind, UndoRecord, UndoWriter } from '../../src/zk/edit/undo';
import { Writer } from '../../src/zk/edit/writer';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { walk } from '../../src/zk/walk';
import { bytes, path, text } from './engineSupport';

/** Everything that a deletion and its undo take, on a client of the test's. */
export class Editing {
  private readonly folder = mkdtempSync(join(tmpdir(), 'editing-'));
  readonly undo: UndoFiles;
  readonly writer: Writer;
  isWritable = true;

  constructor(
    readonly client: ZkClient,
    options: { readonly bytesPerChange?: number } = {},
  ) {
    this.writer = new Writer('dev', client, () => this.isWritable);
    this.undo = new UndoFiles({
      ...{ folder: this.folder, keeps: () => true, log: silentLogger },
      ...options,
    });
  }

  pacer(signal?: AbortSignal): Pacer {
    return new Pacer({ perSecond: undefined, ...(signal && { signal }) });
  }

  survey(...roots: string[]): Promise<Survey> {
    return survey(this.client, roots.map(path), { pacer: this.pacer() });
  }

  async delete(surveyed: Survey, more: Partial<DeleteOptions> = {}): Promise<DeleteOutcome> {
    const undo = await this.begin('delete', surveyed.roots);
    const { client, writer } = this;
    const outcome = await deleteTree(surveyed, {
      ...{ client, writer, pacer: this.pacer(), undo },
      ...more,
    });
    await undo.commit();
    return outcome;
  }

  async begin(kind: ChangeKind, paths: readonly ZPath[]): Promise<UndoWriter> {
    const change = { connectionId: 'dev', connectionName: 'Dev', kind, paths };
    const undo = await this.undo.begin(change);
    if (!undo) throw new Error('keeps nothing');
    return undo;
  }

  async lastChange(): Promise<UndoRecord> {
    const [entry] = await this.undo.list();
    const record = entry && (await this.undo.read(entry.id));
    if (!record) throw new Error('there is no change');
    return record;
  }

  async plan(record?: UndoRecord): Promise<RestorePlan> {
    return planRestore(this.client, record ?? (await this.lastChange()), this.pacer());
  }

  async restore(plan: RestorePlan, signal?: AbortSignal): Promise<RestoreOutcome> {
    const undo = await this.begin('restore', []);
    const { client, writer } = this;
    const options = { client, writer, pacer: this.pacer(), undo };
    const outcome = await restore(plan, signal ? { ...options, signal } : options);
    await undo.commit();
    return outcome;
  }

  /** `path=data` of a subtree, empty when it is not there. */
  async tree(root: string): Promise<string[]> {
    if (!(await this.client.exists(path(root)))) return [];
    const found: string[] = [];
    for await (const { path: at } of walk(this.client, path(root))) {
      found.push(`${at}=${text((await this.client.getData(at)).data)}`);
    }
    return found;
  }

  /** Makes `path=data` znodes, parents first. */
  async make(...znodes: string[]): Promise<void> {
    for (const znode of znodes) {
      const [at = '', data = ''] = znode.split('=');
      await this.client.create(path(at), bytes(data));
    }
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
