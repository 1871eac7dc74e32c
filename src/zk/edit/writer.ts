import { Emitter } from '../../base/event';
import type { AclEntry } from '../../domain/znode/acl';
import type { ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type {
  CreateOptions,
  QuotaLimits,
  RequestOptions,
  TransactionResult,
  TransactionStep,
  ZkClient,
} from '../client';
import { ZkError } from '../errors';

/** What was written, or could not be; never data, nor who may read it. */
export interface WriteEntry {
  readonly connectionId: string;
  readonly operation: 'create' | 'setData' | 'delete' | 'setAcl' | 'setQuota' | 'transaction';
  /** Of the znode; a transaction's are its steps', in order. */
  readonly paths: readonly ZPath[];
  /** The version that was expected; -1 for any, undefined where there is none. */
  readonly version?: number;
  /** `ok`, or why not. */
  readonly result: string;
}

/**
 * The one way by which znodes of a connection are written. Refuses everything on a connection that
 * is read-only, at the moment of the write, and tells of each write that was tried.
 */
export class Writer {
  private readonly entries = new Emitter<WriteEntry>();
  readonly onDidWrite = this.entries.event;

  constructor(
    private readonly connectionId: string,
    private readonly client: ZkClient,
    /** Whether the user lets the workbench write through this connection. */
    private readonly isWritable: () => boolean,
  ) {}

  /** Why nothing may be written now; undefined when it may. */
  get refusal(): 'readOnlyConnection' | 'readOnlyServer' | undefined {
    if (!this.isWritable()) return 'readOnlyConnection';
    const { state } = this.client;
    return state.kind === 'connected' && state.readOnly ? 'readOnlyServer' : undefined;
  }

  /** Returns the path that the server gave, which differs for sequential modes. */
  create(path: ZPath, data: Uint8Array, options: CreateOptions = {}): Promise<ZPath> {
    return this.write({ operation: 'create', paths: [path] }, () =>
      this.client.create(path, data, options),
    );
  }

  setData(
    path: ZPath,
    data: Uint8Array,
    version: number,
    options: RequestOptions = {},
  ): Promise<ZnodeStat> {
    return this.write({ operation: 'setData', paths: [path], version }, () =>
      this.client.setData(path, data, version, options),
    );
  }

  delete(path: ZPath, version: number, options: RequestOptions = {}): Promise<void> {
    return this.write({ operation: 'delete', paths: [path], version }, () =>
      this.client.delete(path, version, options),
    );
  }

  /** @param version of the ACL (`aversion`) */
  setAcl(
    path: ZPath,
    acl: readonly AclEntry[],
    version: number,
    options: RequestOptions = {},
  ): Promise<ZnodeStat> {
    return this.write({ operation: 'setAcl', paths: [path], version }, () =>
      this.client.setAcl(path, acl, version, options),
    );
  }

  setQuota(
    path: ZPath,
    limits: QuotaLimits | undefined,
    options: RequestOptions = {},
  ): Promise<void> {
    return this.write({ operation: 'setQuota', paths: [path] }, () =>
      this.client.setQuota(path, limits, options),
    );
  }

  transaction(
    steps: readonly TransactionStep[],
    options: RequestOptions = {},
  ): Promise<TransactionResult[]> {
    return this.write({ operation: 'transaction', paths: steps.map(({ path }) => path) }, () =>
      this.client.transaction(steps, options),
    );
  }

  private async write<T>(
    entry: Omit<WriteEntry, 'connectionId' | 'result'>,
    send: () => Promise<T>,
  ): Promise<T> {
    const tell = (result: string): void =>
      this.entries.fire({ ...entry, connectionId: this.connectionId, result });
    const { refusal } = this;
    if (refusal) {
      tell(refusal);
      const [path] = entry.paths;
      const why = refusal === 'readOnlyConnection' ? 'this connection' : 'the server';
      throw new ZkError(
        'NotReadOnly',
        `${entry.operation} ${path ?? ''}: ${why} is read-only`,
        path,
      );
    }
    try {
      const result = await send();
      tell('ok');
      return result;
    } catch (error) {
      tell(error instanceof ZkError ? error.code : 'aborted');
      throw error;
    }
  }
}
