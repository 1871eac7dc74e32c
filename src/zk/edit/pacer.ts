import { ZkError } from '../errors';

export interface PacerOptions {
  /** Steps a second at most; undefined lifts the cap. A transaction of 100 steps counts as 100. */
  readonly perSecond?: number | undefined;
  /** No new task starts once it is aborted; those under way end as they end. */
  readonly signal?: AbortSignal;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** Requests of one lane cost a server about the same, so that their latencies can be compared. */
export type Lane = 'list' | 'read' | 'write' | 'batch';

/** The cap that bulk work has unless the user lifts it, in steps a second. */
export const DEFAULT_STEPS_PER_SECOND = 1_000;

const FIRST_LIMIT = 8;
const LOWEST_LIMIT = 2;
const HIGHEST_LIMIT = 256;
/** How much slower than at its best a server may answer before it gets less to do. */
const TOLERATED_SLOWDOWN = 2;
/** Differences below this are noise of the event loop, in ms. */
const NOISE_MS = 10;
const INCREASE = 4;
const DECREASE = 0.7;
/** A pause is worth so many ms of the cap afterwards, not more. */
const BURST_MS = 100;

/**
 * The request budget of bulk work. It begins with 8 requests in flight. After each round of as many
 * answers of a lane as may be in flight, their mean latency is compared with that lane's best round so
 * far: below twice that (plus 10 ms), 4 more may be in flight, up to 256; above it 30 % fewer. An
 * answer that the server is overloaded halves them. Independently of that, a token bucket caps the steps a second.
 * (Additive increase, multiplicative decrease by delay, as TCP Vegas does.)
 */
export class Pacer {
  private readonly waiting: (() => void)[] = [];
  private readonly now: () => number;
  private readonly perSecond: number | undefined;
  private readonly signal: AbortSignal | undefined;
  private running = 0;
  private limit = FIRST_LIMIT;
  private readonly lanes = new Map<Lane, { bestMs: number; count: number; totalMs: number }>();
  private tokens: number;
  private filledAt: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PacerOptions = {}) {
    this.now = options.now ?? (() => performance.now());
    // With the key there and undefined, the cap is lifted.
    this.perSecond = 'perSecond' in options ? options.perSecond : DEFAULT_STEPS_PER_SECOND;
    this.signal = options.signal;
    this.tokens = this.burst;
    this.filledAt = this.now();
    this.signal?.addEventListener('abort', () => this.wakeAll(), { once: true });
  }

  /** How many tasks may be under way now. */
  get inFlightLimit(): number {
    return Math.floor(this.limit);
  }

  /**
   * Runs a task as soon as the budget allows. Rejects with the signal's reason when it aborts before.
   * A task must not wait for another one of the same pacer.
   * @param steps how many steps the task asks of the server, at least 1
   */
  async run<T>(task: () => Promise<T>, lane: Lane, steps = 1): Promise<T> {
    await this.admit(steps);
    return this.execute(task, lane);
  }

  /**
   * Runs a task for each item. Takes items only as fast as tasks can start, so that a long list never
   * waits in memory. After a failure no further task starts; rejects with it when the rest has ended.
   */
  async forEach<T>(
    items: Iterable<T> | AsyncIterable<T>,
    task: (item: T) => Promise<void>,
    lane: Lane,
  ): Promise<void> {
    const open = new Set<Promise<void>>();
    const failures: unknown[] = [];
    try {
      for await (const item of items) {
        await this.admit(1);
        if (failures.length > 0) {
          this.release();
          break;
        }
        const done: Promise<void> = this.execute(() => task(item), lane)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => open.delete(done));
        open.add(done);
      }
    } catch (error) {
      failures.push(error);
    }
    await Promise.all(open);
    if (failures.length > 0) throw failures[0];
  }

  /** As `forEach`; resolves with what the tasks found, in the order of the items. */
  async map<T, R>(items: readonly T[], task: (item: T) => Promise<R>, lane: Lane): Promise<R[]> {
    const found: R[] = [];
    const one = async ([index, item]: [number, T]): Promise<void> => {
      found[index] = await task(item);
    };
    await this.forEach(items.entries(), one, lane);
    return found;
  }

  /** Waits for a place and takes it. */
  private async admit(steps: number): Promise<void> {
    this.signal?.throwIfAborted();
    while (!this.mayStart()) {
      await new Promise<void>((go) => this.waiting.push(go));
      this.signal?.throwIfAborted();
    }
    this.running++;
    this.tokens -= steps;
  }

  private async execute<T>(task: () => Promise<T>, lane: Lane): Promise<T> {
    const start = this.now();
    try {
      const result = await task();
      this.learn(lane, this.now() - start);
      return result;
    } catch (error) {
      if (isOverload(error)) this.limit = Math.max(LOWEST_LIMIT, this.limit / 2);
      throw error;
    } finally {
      this.release();
    }
  }

  private release(): void {
    this.running--;
    this.wake();
  }

  private get burst(): number {
    return this.perSecond === undefined ? 0 : Math.max(1, (this.perSecond * BURST_MS) / 1_000);
  }

  private mayStart(): boolean {
    if (this.running >= this.inFlightLimit) return false;
    if (this.perSecond === undefined) return true;
    const now = this.now();
    const earned = ((now - this.filledAt) * this.perSecond) / 1_000;
    this.tokens = Math.min(this.burst, this.tokens + earned);
    this.filledAt = now;
    if (this.tokens > 0) return true;
    // More than there is may be spent at once, and is earned back before the next start.
    const waitMs = Math.ceil(((1 - this.tokens) * 1_000) / this.perSecond);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.wake();
    }, waitMs);
    return false;
  }

  private learn(lane: Lane, ms: number): void {
    const round = this.lanes.get(lane) ?? { bestMs: Infinity, count: 0, totalMs: 0 };
    this.lanes.set(lane, round);
    round.count++;
    round.totalMs += ms;
    if (round.count < this.inFlightLimit) return;
    const mean = round.totalMs / round.count;
    round.count = round.totalMs = 0;
    round.bestMs = Math.min(round.bestMs, mean);
    const isSlow = mean > round.bestMs * TOLERATED_SLOWDOWN + NOISE_MS;
    const next = isSlow ? this.limit * DECREASE : this.limit + INCREASE;
    this.limit = Math.min(HIGHEST_LIMIT, Math.max(LOWEST_LIMIT, next));
  }

  private wake(): void {
    const free = Math.max(1, this.inFlightLimit - this.running);
    for (const go of this.waiting.splice(0, free)) go();
  }

  private wakeAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const go of this.waiting.splice(0)) go();
  }
}

function isOverload(error: unknown): boolean {
  return ZkError.is(error, 'Throttled') || ZkError.is(error, 'OperationTimeout');
}
