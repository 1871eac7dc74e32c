import { described, ZkError } from '../errors';
import type { Operation } from './operation';

/** Gets the outcome of a request, synchronously with its reply. */
export type Callback<R> = (error: Error | undefined, value?: R) => void;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/**
 * A request on its way: an operation with its arguments, settled exactly once. A reply that comes
 * after its deadline or abort is still read, for the watch that it may have left.
 */
export class Request<A = unknown, R = unknown> {
  /** Given when it is sent. */
  xid = 0;
  private callback: Callback<R> | undefined;
  private readonly signal: AbortSignal | undefined;

  /** @param deadline on the clock of `performance.now()` */
  constructor(
    readonly operation: Operation<A, R>,
    readonly args: A,
    callback: Callback<R>,
    readonly deadline: number,
    signal?: AbortSignal,
  ) {
    this.callback = callback;
    if (!signal) return;
    this.signal = signal;
    if (signal.aborted) this.onAbort();
    else signal.addEventListener('abort', this.onAbort, { once: true });
  }

  get isSettled(): boolean {
    return this.callback === undefined;
  }

  get path(): string | undefined {
    return this.operation.path?.(this.args);
  }

  succeed(value: R): void {
    this.release()?.(undefined, value);
  }

  fail(error: Error): void {
    this.release()?.(error);
  }

  /** Fails with a `ZkError` that names operation and path. */
  failWith(code: 'ConnectionLoss' | 'SessionExpired' | 'AuthFailed' | 'Closed', why: string): void {
    this.fail(new ZkError(code, `${this.describe()}: ${why}`, this.path));
  }

  expire(): void {
    this.fail(new ZkError('OperationTimeout', `${this.describe()}: no answer in time`, this.path));
  }

  describe(): string {
    return described(this.operation.name, this.path);
  }

  private release(): Callback<R> | undefined {
    const { callback } = this;
    this.callback = undefined;
    this.signal?.removeEventListener('abort', this.onAbort);
    return callback;
  }

  private readonly onAbort = (): void => this.fail(this.signal?.reason as Error);
}
