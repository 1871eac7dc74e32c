import type { Disposable } from '../../base/disposable';
import { toDisposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';
import type { Logger } from '../../base/logger';
import type { EnsembleSample, MemberSample } from '../../domain/metrics/ensembleSample';
import { ensembleWindow, type EnsembleWindow } from '../../domain/metrics/ensembleWindow';
import type { ZkReader } from '../client';
import type { Reach } from '../sessions';
import { AdminAccess } from './adminAccess';
import type { KnownServer } from './dynamicConfig';
import { Members } from './members';
import { type ReadOptions, readServer } from './readServer';

/** A sample, and what happened since the one before; since an earlier one when that is too near. */
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
  /** The session of this connection; undefined while there is none. */
  readonly ownSession: bigint | undefined;
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
/** Within a shorter time one request more or less is a rate of its own. */
const LEAST_MS = 500;
/** Over a longer time than these intervals a window says nothing about now. */
const GAP_INTERVALS = 3;

/** So far behind the time of day a clock has stood still, as this one may while the machine sleeps. */
const SLEEP_MS = 5_000;

/** Milliseconds since 1970 by a clock that never goes back, and catches up after a sleep. */
export function steadyClock(
  elapsed: () => number = () => performance.now(),
  timeOfDay: () => number = Date.now,
): () => number {
  let origin = timeOfDay() - elapsed();
  return () => {
    const behind = timeOfDay() - (origin + elapsed());
    if (behind > SLEEP_MS) origin += behind;
    return origin + elapsed();
  };
}

const steady = steadyClock();

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
  private readonly members: Members;

  readonly onDidSample = this.sampled.event;

  constructor(private readonly options: SamplerOptions) {
    this.connectionId = options.connectionId;
    this.reach = options.reach;
    this.admin = new AdminAccess(options.adminPort);
    this.members = new Members({ ...options, admin: this.admin, now: () => this.now() });
  }

  get readings(): readonly Reading[] {
    return this.kept;
  }

  get latest(): Reading | undefined {
    return this.kept.at(-1);
  }

  get ownSession(): bigint | undefined {
    const { state } = this.options.client;
    return state.kind === 'connected' ? state.sessionId : undefined;
  }

  get servers(): readonly KnownServer[] {
    return this.members.servers;
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
    this.members.forget();
  }

  /** The connection stands now, which tells who the members are: the next sample is due at once. */
  async wake(): Promise<void> {
    // One that is under way has begun without it.
    await this.underWay?.catch(() => {});
    if (this.holders > 0) this.schedule(0);
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
    await this.members.find(this.readOptions);
    const members = await this.read();
    signal.throwIfAborted();
    const sample = { at: this.now(), members, ...this.members.counts };
    const reading = { sample, window: this.windowTo(sample) };
    this.keep(reading);
    this.sampled.fire(reading);
    return reading;
  }

  private get readOptions(): ReadOptions {
    const { signal } = this.over;
    return { ...this.reach, timeoutMs: TIMEOUT_MS, signal, now: () => this.now() };
  }

  /** Where no member can be reached by its own name, those that the user connects by are asked. */
  private async read(): Promise<MemberSample[]> {
    const ask = (servers: readonly KnownServer[]): Promise<MemberSample[]> =>
      Promise.all(servers.map((server) => readServer(server, this.admin, this.readOptions)));
    const isSilent = (members: readonly MemberSample[]): boolean =>
      members.every(({ kind }) => kind === 'unreachable');
    const members = await ask(this.servers);
    if (!isSilent(members) || !this.members.areConfigured) return members;
    const others = await ask(this.members.connectedBy);
    if (isSilent(others)) return members;
    this.members.useConnectString();
    return others;
  }

  /** Sessions are taken to have our own timeout, and to be idle: most pings that there can be. */
  private windowTo(after: EnsembleSample): EnsembleWindow | undefined {
    const intervalMs = this.options.intervalMs();
    const leastMs = Math.min(LEAST_MS, intervalMs / 2);
    const before = this.kept.findLast(({ sample }) => after.at - sample.at >= leastMs)?.sample;
    if (!before || after.at - before.at > GAP_INTERVALS * intervalMs) return undefined;
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

  private now(): number {
    return (this.options.now ?? steady)();
  }
}
