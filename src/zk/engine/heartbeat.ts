import type { Disposable } from '../../base/disposable';

/** Java pings at least that often, however long the session timeout is. */
const MAXIMUM_PING_MS = 10_000;

/**
 * Keeps a session alive and notices when the server is gone, with two clocks that don't touch each
 * other: a ping goes out when nothing was *sent* for a third of the session timeout, and the
 * connection is given up when nothing was *received* for two thirds of it. (A client that counts
 * received events as activity stops pinging, and the server ends its session.)
 */
export class Heartbeat implements Disposable {
  private readonly pingMs: number;
  private readonly silentMs: number;
  private sentAt = performance.now();
  private receivedAt = performance.now();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private recheck: ReturnType<typeof setImmediate> | undefined;
  private isDisposed = false;

  constructor(
    sessionTimeoutMs: number,
    private readonly ping: () => void,
    private readonly onSilent: (silentMs: number) => void,
  ) {
    this.pingMs = Math.min(sessionTimeoutMs / 3, MAXIMUM_PING_MS);
    this.silentMs = (sessionTimeoutMs * 2) / 3;
    this.schedule(performance.now());
  }

  sent(): void {
    this.sentAt = performance.now();
  }

  received(): void {
    this.receivedAt = performance.now();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    clearImmediate(this.recheck);
  }

  private schedule(now: number): void {
    const due = Math.min(this.sentAt + this.pingMs, this.receivedAt + this.silentMs);
    this.timer = setTimeout(() => this.beat(), Math.max(1, due - now));
  }

  private beat(): void {
    const now = performance.now();
    if (now - this.sentAt >= this.pingMs) this.ping();
    if (now - this.receivedAt < this.silentMs) {
      this.schedule(now);
      return;
    }
    // After a suspended machine or a long stall what the server sent may still wait to be read.
    this.recheck = setImmediate(() => {
      if (this.isDisposed) return;
      const silentMs = performance.now() - this.receivedAt;
      if (silentMs >= this.silentMs) this.onSilent(Math.round(silentMs));
      else this.schedule(performance.now());
    });
  }
}
