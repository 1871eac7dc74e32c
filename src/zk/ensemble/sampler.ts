import { messageOf } from '../../base/assert';
import type { Disposable } from '../../base/disposable';
import { toDisposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Logger } from '../../base/logger';
import type { EnsembleSample } from '../../domain/metrics/ensembleSample';
import { ensembleWindow, type EnsembleWindow } from '../../domain/metrics/ensembleWindow';
import type { ZkReader } from '../client';
import type { Reach } from '../sessions';
import { AdminAccess } from './adminAccess';
import {
  type ConfiguredMember,
  type KnownServer,
  knownServers,
  parseDynamicConfig,
} from './dynamicConfig';
import { readServer } from './readServer';

/** A sample, and what happened since the one before. */
export interface Reading {
  readonly sample: EnsembleSample;
  /** Undefined for the first one after a pause. */
  readonly window: EnsembleWindow | undefined;
}

/**
 * Samples one ensemble, every few seconds as long as somebody holds it. Times are milliseconds since
 * 1970 of a clock that never goes back.
 */
export interface EnsembleSampler extends Disposable {
  readonly connectionId: string;
  /** Fires after each sample, also one that `sampleNow` took. */
  readonly onDidSample: Event<Reading>;
  /** The last hour at most, the oldest first. Gaps are times in which nobody looked. */
  readonly readings: readonly Reading[];
  readonly latest: Reading | undefined;
  /** Keeps it sampling until the returned object is disposed; the first sample is taken at once. */
  hold(): Disposable;
  /** One sample more, or the one that is under way. Never rejects but when it is disposed. */
  sampleNow(): Promise<Reading>;
  /** Reads the members anew with the next sample; by itself it does so twice a minute. */
  forgetMembers(): void;
  /** The servers that it asks, after the first sample. */
  readonly servers: readonly KnownServer[];
  readonly admin: AdminAccess;
  readonly reach: Reach;
}

export interface SamplerOptions {
  readonly connectionId: string;
  readonly client: Pick<ZkReader, 'getConfig' | 'state'>;
  readonly reach: Reach;
  readonly adminPort: () => number;
  readonly intervalMs: () => number;
  readonly logger: Logger;
  readonly now?: () => number;
}

const HOUR_MS = 3_600_000;
/** At the shortest interval an hour has no more. */
const MOST_READINGS = 1_800;
const TIMEOUT_MS = 2_000;
const CONFIG_TIMEOUT_MS = 3_000;
/** Over a longer time than these intervals a window says nothing about now. */
const GAP_INTERVALS = 3;
const RECONFIGURED_AFTER_MS = 30_000;

const monotonic = (): number => performance.timeOrigin + performance.now();

export class LiveSampler implements EnsembleSampler {
  readonly connectionId: string;
  readonly reach: Reach;
  readonly admin: AdminAccess;
  private readonly sampled = new Emitter<Reading>();
  private readonly kept: Reading[] = [];
  private readonly over = new AbortController();
  private holders = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private underWay: Promise<Reading> | undefined;
  private members: readonly ConfiguredMember[] = [];
  private membersAt = -Infinity;

  readonly onDidSample = this.sampled.event;

  constructor(private readonly options: SamplerOptions) {
    this.connectionId = options.connectionId;
    this.reach = options.reach;
    this.admin = new AdminAccess(options.adminPort);
  }

  get readings(): readonly Reading[] {
    return this.kept;
  }

  get latest(): Reading | undefined {
    return this.kept.at(-1);
  }

  get servers(): readonly KnownServer[] {
    const { connectString, tls, addressMap } = this.reach;
    return knownServers(connectString, this.members, { isTls: tls !== undefined, addressMap });
  }

  hold(): Disposable {
    this.holders++;
    if (this.holders === 1) this.schedule(0);
    return toDisposable(() => {
      this.holders--;
      if (this.holders > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    });
  }

  sampleNow(): Promise<Reading> {
    this.underWay ??= this.sample().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  forgetMembers(): void {
    this.membersAt = -Infinity;
  }

  dispose(): void {
    this.holders = 0;
    clearTimeout(this.timer);
    this.over.abort();
    this.sampled.dispose();
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tick(), delayMs);
  }

  private async tick(): Promise<void> {
    const start = this.now();
    try {
      await this.sampleNow();
    } catch (error) {
      if (!this.over.signal.aborted) this.options.logger.error('ensemble sample', error);
    }
    if (this.holders > 0 && !this.over.signal.aborted) {
      this.schedule(Math.max(0, this.options.intervalMs() - (this.now() - start)));
    }
  }

  private async sample(): Promise<Reading> {
    const { signal } = this.over;
    await this.findMembers();
    const options = { ...this.reach, timeoutMs: TIMEOUT_MS, signal, now: () => this.now() };
    const members = await Promise.all(
      this.servers.map((server) => readServer(server, this.admin, options)),
    );
    signal.throwIfAborted();
    const sample = { at: this.now(), members };
    const before = this.latest?.sample;
    const isNear =
      before !== undefined && sample.at - before.at <= GAP_INTERVALS * this.options.intervalMs();
    const reading = { sample, window: isNear ? this.windowTo(before, sample) : undefined };
    this.keep(reading);
    this.sampled.fire(reading);
    return reading;
  }

  /** Sessions are taken to have our own timeout, and to be idle: most pings that there can be. */
  private windowTo(before: EnsembleSample, after: EnsembleSample): EnsembleWindow {
    const { state } = this.options.client;
    const timeoutMs = state.kind === 'connected' ? state.sessionTimeoutMs : undefined;
    return ensembleWindow(before, after, (_, { gauges }) =>
      timeoutMs === undefined ? 0 : ((gauges.connections ?? 0) * 3000) / timeoutMs,
    );
  }

  private keep(reading: Reading): void {
    this.kept.push(reading);
    const oldest = reading.sample.at - HOUR_MS;
    const first = this.kept.findIndex(({ sample }) => sample.at >= oldest);
    this.kept.splice(0, Math.max(first, this.kept.length - MOST_READINGS));
  }

  /** The members may change, though seldom; without a connection the last ones stay. */
  private async findMembers(): Promise<void> {
    const { client, logger } = this.options;
    if (client.state.kind !== 'connected') return;
    if (this.now() - this.membersAt < RECONFIGURED_AFTER_MS) return;
    try {
      const signal = AbortSignal.any([this.over.signal, AbortSignal.timeout(CONFIG_TIMEOUT_MS)]);
      const { data } = await client.getConfig({ signal });
      this.members = parseDynamicConfig(new TextDecoder().decode(data));
    } catch (error) {
      // Before 3.5 there is none, and an access list may hide it.
      logger.debug(`/zookeeper/config: ${messageOf(error)}`);
    }
    this.membersAt = this.now();
  }

  private now(): number {
    return (this.options.now ?? monotonic)();
  }
}
