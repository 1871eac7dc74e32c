import type { Disposable } from '../../base/disposable';
import type { Capabilities } from './capabilities';
import type { Connection } from './connection';
import { Fifo } from './fifo';
import type { Request } from './request';
import { ZkError } from '../errors';

/** Requests are handed to the socket in portions of about this size. */
const PORTION_BYTES = 256 * 1024;
/** How exact deadlines are. One sweep for all is cheaper than a timer for each request. */
const SWEEP_MS = 50;
/** With so many requests unanswered, a server has enough to do. */
const BUSY_REQUESTS = 16;

/**
 * The requests of a session that have not been sent yet, in order. They outlive connections; those
 * that have been sent belong to their connection, because nobody knows whether they took effect
 * when it ends.
 */
export class Outbox implements Disposable {
  private readonly queue = new Fifo<Request>();
  private open: { readonly connection: Connection; readonly server: string } | undefined;
  private isPumpScheduled = false;
  private sweeper: ReturnType<typeof setInterval> | undefined;
  /** How many requests have been sent. */
  sentCount = 0;

  constructor(private readonly capabilities: Capabilities) {}

  /** Requests go to this connection from now on. */
  attach(connection: Connection, server: string): void {
    this.open = { connection, server };
    this.pump();
  }

  /** Requests wait from now on. */
  detach(): void {
    this.open = undefined;
  }

  push(request: Request): void {
    this.queue.push(request);
    this.sweeper ??= setInterval(() => this.sweep(), SWEEP_MS);
    if (this.open) this.schedulePump();
  }

  /** Sends as much as the connection takes. */
  pump(): void {
    if (!this.open) return;
    const { connection, server } = this.open;
    while (connection.isWritable) {
      const request = this.queue.shift();
      if (!request) break;
      if (request.isSettled) continue;
      const { opCode, name } = request.operation;
      if (this.capabilities.lacks(server, opCode)) {
        const why = `${name}: not implemented by ${server}`;
        request.fail(new ZkError('Unimplemented', why, request.path));
      } else if (connection.send(request)) {
        this.sentCount++;
        if (connection.collectedBytes >= PORTION_BYTES) connection.flush();
      }
    }
    connection.flush();
  }

  failAll(fail: (request: Request) => void): void {
    this.queue.drain().forEach(fail);
  }

  dispose(): void {
    this.detach();
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  /** A reply came: requests that were held back may go now. */
  replied(): void {
    if (this.queue.length > 0) this.schedulePump();
  }

  /** After all replies that are there to be read, so that what they lead to travels together. */
  private schedulePump(): void {
    if (this.isPumpScheduled) return;
    this.isPumpScheduled = true;
    setImmediate(() => {
      this.isPumpScheduled = false;
      if (!this.isServerBusy()) this.pump();
    });
  }

  /**
   * Whether the server has enough to do for requests to wait for more. A bulk reader's next request
   * follows each reply, and a system call for each of them costs more than all our work on it. The
   * next reply asks again; a server that gives none gets them at the next sweep.
   */
  private isServerBusy(): boolean {
    const inFlight = this.open?.connection.inFlightCount ?? 0;
    return inFlight >= BUSY_REQUESTS && inFlight > this.queue.length;
  }

  private sweep(): void {
    this.pump();
    const now = performance.now();
    let waiting = 0;
    for (const requests of [this.queue, this.open?.connection.pending() ?? []]) {
      for (const request of requests) {
        if (request.isSettled) continue;
        if (request.deadline <= now) request.expire();
        else waiting++;
      }
    }
    if (this.queue.length > 0 && !this.open) this.dropSettled();
    if (waiting > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  /** Requests that were given up while waiting for a connection are not kept. */
  private dropSettled(): void {
    for (const request of this.queue.drain()) if (!request.isSettled) this.queue.push(request);
  }
}
