import { abortable } from '../base/async';
import { Emitter } from '../base/event';
import { OPEN_ACL, type AclEntry } from '../domain/znode/acl';
import { ROOT, type ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import type {
  ClientFactory,
  ClientOptions,
  CreateOptions,
  PersistentWatch,
  Quota,
  QuotaLimits,
  ReadResult,
  ReadStep,
  RequestOptions,
  TransactionResult,
  TransactionStep,
  WatchEvent,
  WatchMode,
  WatchOptions,
  WatchType,
  ZkClient,
} from './client';
import { firstConnection } from './engine/firstConnection';
import { failureOf, multi, multiRead } from './engine/multi';
import { atRoot } from './engine/operation';
import * as znodes from './engine/operations';
import { CreateFlag } from './engine/protocol';
import { Session } from './engine/session';
import * as sessions from './engine/sessionOperations';
import { settingsOf, type SessionSettings } from './engine/settings';
import { ZkError } from './errors';
import {
  isPackageAcl,
  PACKAGE_DATA_BYTES,
  PackageClient,
  packageCreates,
  toPackageAcl,
} from './packageClient';
import { deleteQuota, readQuota, writeQuota, type Call } from './quota';
import { toReadResult, toTransactionResult, toWriteStep } from './steps';

const EVENT_TYPES: readonly (WatchEvent['type'] | undefined)[] = [
  undefined,
  'created',
  'deleted',
  'dataChanged',
  'childrenChanged',
];

/**
 * A `ZkClient` on the package `node-zookeeper-client`, whose connections are replaced by our engine
 * (`packageSeam.ts`). Each operation takes one path:
 *
 * | operation | path |
 * |---|---|
 * | `exists`, `getData` without a watch | package |
 * | `create` with the modes that the package knows, `setData`, up to its limit of 1 MiB | package |
 * | `delete`, `setAcl` | package |
 * | `getAcl`, `setAcl` and `create` with permissions outside 1 to 31, which the package refuses | engine |
 * | every watch: `exists`, `getData`, `getChildren` with `watch`, `addWatch`, … | engine |
 * | `getChildren`, `readMany`: lists without a copy, and many at a time | engine |
 * | `transaction`: the package turns version 0 into "any" and overwrites | engine |
 * | container and TTL modes, `sync`, `whoAmI`, `reconfigure`, quotas, …: not in the package | engine |
 */
export const createNodeClient: ClientFactory = (options) => new NodeClient(options);

type Acl = readonly AclEntry[];

class NodeClient implements ZkClient {
  private readonly settings: SessionSettings;
  private readonly session: Session;
  private readonly package: PackageClient;
  private readonly watchEvents: Emitter<WatchEvent>;
  private readonly losses: Emitter<readonly PersistentWatch[]>;

  constructor(options: ClientOptions) {
    this.settings = settingsOf(options);
    this.session = new Session(this.settings);
    this.package = new PackageClient(this.session);
    const { logger } = this.settings;
    const onListenerError = (error: unknown): void => logger.error('listener', error);
    this.watchEvents = new Emitter(onListenerError);
    this.losses = new Emitter(onListenerError);
    this.session.onDidSeeEvent(({ type, path }) => {
      const name = EVENT_TYPES[type];
      if (name) this.watchEvents.fire({ type: name, path: path as ZPath });
    });
    this.session.onDidLoseWatches((lost) => this.losses.fire(lost as PersistentWatch[]));
  }

  get state() {
    return this.session.state;
  }

  get onDidChangeState() {
    return this.session.onDidChangeState;
  }

  get onDidSeeWatch() {
    return this.watchEvents.event;
  }

  get onDidLoseWatches() {
    return this.losses.event;
  }

  get requestCount() {
    return this.session.requestCount;
  }

  get watchCounts() {
    return this.session.watches.counts;
  }

  connect({ signal }: RequestOptions = {}): Promise<void> {
    return abortable(firstConnection(this.session, this.settings.hosts.length), signal);
  }

  close(): Promise<void> {
    return this.session.close();
  }

  async exists(path: ZPath, options: WatchOptions = {}): Promise<ZnodeStat | undefined> {
    if (!options.watch) {
      const [stat] = await this.package.ask<[ZnodeStat | null]>(options, (api, answer) =>
        api.exists(path, answer),
      );
      return stat ?? undefined;
    }
    const args = { path, watch: this.mayWatch(path, 'data') };
    return this.session.call(znodes.exists, args, options).catch((error: unknown) => {
      if (ZkError.is(error, 'NoNode')) return undefined;
      throw error;
    });
  }

  async getData(path: ZPath, options: WatchOptions = {}) {
    if (options.watch) {
      const args = { path, watch: this.mayWatch(path, 'data') };
      return this.session.call(znodes.getData, args, options);
    }
    const [data, stat] = await this.package.ask<[Uint8Array, ZnodeStat]>(options, (api, answer) =>
      api.getData(path, answer),
    );
    return { data, stat };
  }

  getChildren(path: ZPath, options: WatchOptions = {}) {
    const watch = options.watch === true && this.mayWatch(path, 'child');
    return this.session.call(znodes.getChildren, { path, watch }, options);
  }

  getAcl(path: ZPath, options?: RequestOptions) {
    return this.session.call(znodes.getAcl, { path }, options);
  }

  async create(path: ZPath, data: Uint8Array, options: CreateOptions = {}): Promise<ZPath> {
    const { mode = 'persistent', acl = OPEN_ACL, ttlMs } = options;
    if (!packageCreates(mode, path, data, acl)) {
      const args = { path, data, acl, mode, ...(ttlMs !== undefined && { ttlMs }) };
      const created = await this.session.call(znodes.createOf(mode), args, options);
      return created.path as ZPath;
    }
    const [created] = await this.package.ask<[string]>(options, (api, answer) =>
      api.create(path, asBuffer(data), acl.map(toPackageAcl), CreateFlag[mode], answer),
    );
    return created as ZPath;
  }

  async setData(path: ZPath, data: Uint8Array, version: number, options: RequestOptions = {}) {
    if (data.length > PACKAGE_DATA_BYTES) {
      return this.session.call(znodes.setData, { path, data, version }, options);
    }
    const [stat] = await this.package.ask<[ZnodeStat]>(options, (api, answer) =>
      api.setData(path, asBuffer(data), version, answer),
    );
    return stat;
  }

  async delete(path: ZPath, version: number, options: RequestOptions = {}): Promise<void> {
    await this.package.ask<[]>(options, (api, answer) => api.remove(path, version, answer));
  }

  async setAcl(path: ZPath, acl: Acl, version: number, options: RequestOptions = {}) {
    if (!isPackageAcl(acl)) {
      return this.session.call(znodes.setAcl, { path, acl, version }, options);
    }
    const [stat] = await this.package.ask<[ZnodeStat]>(options, (api, answer) =>
      api.setACL(path, acl.map(toPackageAcl), version, answer),
    );
    return stat;
  }

  async transaction(
    steps: readonly TransactionStep[],
    options?: RequestOptions,
  ): Promise<TransactionResult[]> {
    const writes = steps.map(toWriteStep);
    const results = await this.session.call(multi, writes, options);
    const failure = failureOf(writes, results);
    if (failure) throw failure;
    return results.map(toTransactionResult);
  }

  async readMany(steps: readonly ReadStep[], options?: RequestOptions): Promise<ReadResult[]> {
    const results = await this.session.call(multiRead, steps, options);
    return results.map((result, index) => toReadResult(result, steps[index]?.path));
  }

  sync(path: ZPath, options?: RequestOptions) {
    return this.session.call(znodes.sync, { path }, options);
  }

  countDescendants(path: ZPath, options?: RequestOptions) {
    return this.session.call(znodes.countDescendants, { path }, options);
  }

  async addWatch(path: ZPath, mode: WatchMode, options?: RequestOptions): Promise<void> {
    const { watches } = this.session;
    watches.request(path, mode);
    try {
      await this.session.call(sessions.addWatch, { path, mode }, options);
    } finally {
      watches.answered(path);
    }
  }

  async removeWatches(path: ZPath, type: WatchType = 'any', options?: RequestOptions) {
    const { watches } = this.session;
    // Without a connection the server has no watches, and they won't be left again.
    if (this.state.kind !== 'connected') {
      watches.remove(path, type);
      return;
    }
    try {
      await this.session.call(sessions.removeWatches, { path, type }, options);
    } catch (error) {
      if (!ZkError.is(error, 'ConnectionLoss')) throw error;
      watches.remove(path, type);
    }
  }

  async hasWatches(path: ZPath, type: WatchType = 'any', options?: RequestOptions) {
    try {
      await this.session.call(sessions.checkWatches, { path, type }, options);
      return true;
    } catch (error) {
      if (ZkError.is(error, 'NoWatcher')) return false;
      throw error;
    }
  }

  whoAmI(options?: RequestOptions) {
    return this.session.call(sessions.whoAmI, undefined, options);
  }

  async getEphemerals(path: ZPath = ROOT, options?: RequestOptions): Promise<ZPath[]> {
    const paths = await this.session.call(sessions.getEphemerals, { path }, options);
    return paths as ZPath[];
  }

  getConfig(options?: RequestOptions) {
    return this.session.call(atRoot(znodes.getData), { path: sessions.CONFIG_PATH }, options);
  }

  reconfigure(change: Parameters<ZkClient['reconfigure']>[0], options?: RequestOptions) {
    return this.session.call(sessions.reconfig, { fromConfig: -1n, ...change }, options);
  }

  getQuota(path: ZPath, options?: RequestOptions): Promise<Quota | undefined> {
    return readQuota(this.caller(options), this.absolute(path));
  }

  setQuota(path: ZPath, limits: QuotaLimits | undefined, options?: RequestOptions): Promise<void> {
    const [call, absolute] = [this.caller(options), this.absolute(path)];
    return limits ? writeQuota(call, absolute, limits) : deleteQuota(call, absolute);
  }

  private caller(options: RequestOptions | undefined): Call {
    return (operation, args) => this.session.call(operation, args, options);
  }

  /** The path without our chroot; the root is the empty string. */
  private absolute(path: ZPath): string {
    return this.settings.chroot + (path === ROOT ? '' : path);
  }

  /** A one-shot watch beside a persistent one would end that, and report nothing new. */
  private mayWatch(path: ZPath, kind: 'data' | 'child'): boolean {
    return !this.session.watches.covers(path, kind);
  }
}

function asBuffer(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.length);
}
