import { OPEN_ACL } from '../../src/domain/znode/acl';
import { ROOT, type ZPath } from '../../src/domain/znode/path';
import type { ReadResult, ReadStep, TransactionResult, TransactionStep } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { FakeClient } from './client';

/** The ZooKeeper in memory with what bulk changes need; steps of a transaction have one version. */
export class EditClient extends FakeClient {
  private readonly all = new Set<ZPath>([ROOT]);

  paths(): ZPath[] {
    return [...this.all].sort();
  }

  text(path: string): string {
    return this.contents.get(path as ZPath) ?? '';
  }

  private readonly contents = new Map<ZPath, string>();

  override async create(path: ZPath, data: Uint8Array = new Uint8Array()): Promise<ZPath> {
    const created = await super.create(path, data);
    this.all.add(path);
    this.contents.set(path, Buffer.from(data).toString());
    return created;
  }

  override async getAcl(path: ZPath) {
    return { ...(await super.getAcl(path)), acl: [...OPEN_ACL] as never[] };
  }

  override async delete(path: ZPath): Promise<void> {
    await super.delete(path);
    this.all.delete(path);
  }

  whoAmI(): Promise<{ scheme: string; user: string }[]> {
    return Promise.resolve([{ scheme: 'ip', user: '127.0.0.1' }]);
  }

  getQuota(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async readMany(steps: readonly ReadStep[]): Promise<ReadResult[]> {
    return Promise.all(
      steps.map(async ({ path }): Promise<ReadResult> => {
        try {
          return { type: 'data', ...(await this.getData(path)) };
        } catch (error) {
          return { type: 'error', error: error as ZkError };
        }
      }),
    );
  }

  async transaction(steps: readonly TransactionStep[]): Promise<TransactionResult[]> {
    for (const { type, path, ...step } of steps) {
      const stat = await this.exists(path);
      if (type === 'create') continue;
      if (!stat) throw new ZkError('NoNode', path, path);
      if ('version' in step && step.version !== stat.version) {
        throw new ZkError('BadVersion', path, path);
      }
      if (stat.numChildren > 0) throw new ZkError('NotEmpty', path, path);
    }
    for (const step of steps) {
      if (step.type === 'create') await this.create(step.path, step.data);
      else await this.delete(step.path);
    }
    return [];
  }
}
