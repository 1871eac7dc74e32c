import type { Socket } from 'node:net';
import { messageOf } from '../../base/assert';
import { ZkError } from '../errors';
import { Fifo } from './fifo';
import { FrameReader } from './frames';
import { readConnectReply, writeConnectRequest, type ConnectReply } from './handshake';
import type { ConnectRequest } from './handshake';
import { Heartbeat } from './heartbeat';
import { JuteReader } from './juteReader';
import { JuteWriter } from './juteWriter';
import { pace } from './pace';
import { OpCode, Xid } from './protocol';
import type { Request } from './request';

/** What happens on a connection, in the server's order. */
export interface ConnectionListener {
  onConnectReply(reply: ConnectReply): void;
  /** `reader` stands at the reply's body; `code` is 0 or an error, which has no body. */
  onReply(request: Request, code: number, reader: JuteReader): void;
  onEvent(type: number, path: string): void;
  /** More may be sent again. */
  onDrain(): void;
  /** The end, exactly once. The requests that nobody answered are in `unanswered()`. */
  onClosed(cause: Error): void;
}

export interface ConnectionLimits {
  /** Bytes of the longest message that is accepted. */
  readonly frameBytes: number;
  /** Bytes of the longest request that the server takes (`jute.maxbuffer`). */
  readonly requestBytes: number;
}

/** The other side ended the connection, in an orderly way or not. */
export class ClosedByServer extends Error {
  override readonly name = 'ClosedByServer';
}

/**
 * One TCP or TLS connection to one server: frames, order of replies, heartbeat. Knows nothing of
 * what requests mean nor of other connections. Nothing that comes in makes it throw: what isn't
 * the protocol closes it.
 */
export class Connection {
  /** The last transaction that this connection has heard of. */
  lastZxid: bigint;
  private readonly writer: JuteWriter;
  private readonly reader: JuteReader;
  private readonly inFlight = new Fifo<Request>();
  /** Authentication is answered by another thread of the server: its replies overtake others. */
  private readonly authInFlight = new Fifo<Request>();
  private heartbeat: Heartbeat | undefined;
  private isGreeted = false;
  private isClosed = false;
  private lastXid = 0;

  constructor(
    private readonly socket: Socket,
    private readonly listener: ConnectionListener,
    private readonly limits: ConnectionLimits,
    private readonly greeting: ConnectRequest,
    chroot: string,
  ) {
    this.lastZxid = greeting.lastZxid;
    this.writer = new JuteWriter(chroot);
    this.reader = new JuteReader(chroot);
    const frames = new FrameReader((...frame) => this.onFrame(...frame), limits.frameBytes);
    socket.setNoDelay(true);
    pace(socket, (chunk) => {
      this.guarded(() => frames.push(chunk));
      this.heartbeat?.received();
    });
    socket.on('drain', () => listener.onDrain());
    socket.on('error', (cause) => this.close(new ClosedByServer(cause.message, { cause })));
    for (const ending of ['end', 'close']) {
      socket.on(ending, () => this.close(new ClosedByServer('the server closed the connection')));
    }
    this.message((w) => writeConnectRequest(w, greeting));
    this.flush();
  }

  /** Whether the peer takes more for now. */
  get isWritable(): boolean {
    return !this.isClosed && !this.socket.writableNeedDrain;
  }

  /** How many requests the server has not answered yet. */
  get inFlightCount(): number {
    return this.inFlight.length;
  }

  /** Bytes that `send` has collected for the next `flush`. */
  get collectedBytes(): number {
    return this.writer.length;
  }

  /** Collects a request for the next `flush`; one that is too large fails right here. */
  send(request: Request): boolean {
    if (this.isClosed) {
      request.failWith('ConnectionLoss', 'the connection is closed');
      return false;
    }
    const { operation, args } = request;
    const { opCode } = operation;
    const isAuth = opCode === OpCode.auth;
    const xid = isAuth ? Xid.auth : isRewatch(opCode) ? Xid.setWatches : this.nextXid();
    const start = this.writer.length;
    try {
      this.message((w) => {
        w.int(xid);
        w.int(opCode);
        operation.write(w, args);
      });
    } catch (error) {
      this.writer.truncate(start);
      const why = `${request.describe()}: ${messageOf(error)}`;
      request.fail(new ZkError('BadArguments', why, request.path));
      return false;
    }
    const bytes = this.writer.length - start - 4;
    if (bytes > this.limits.requestBytes) {
      this.writer.truncate(start);
      request.fail(tooLarge(request, bytes, this.limits.requestBytes));
      return false;
    }
    request.xid = xid;
    (isAuth ? this.authInFlight : this.inFlight).push(request);
    return true;
  }

  flush(): void {
    if (this.isClosed || this.writer.length === 0) return;
    this.heartbeat?.sent();
    this.socket.write(this.writer.take());
  }

  /** Starts pings and the watch over the server's silence, once the session timeout is known. */
  keepAlive(sessionTimeoutMs: number): void {
    this.heartbeat = new Heartbeat(
      sessionTimeoutMs,
      () => this.ping(),
      (silentMs) => this.close(new Error(`nothing heard from the server for ${silentMs} ms`)),
    );
  }

  unanswered(): Request[] {
    return [...this.authInFlight.drain(), ...this.inFlight.drain()];
  }

  *pending(): Generator<Request> {
    yield* this.authInFlight;
    yield* this.inFlight;
  }

  close(cause: Error): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.heartbeat?.dispose();
    this.socket.destroy();
    this.listener.onClosed(cause);
  }

  private message(write: (w: JuteWriter) => void): void {
    const start = this.writer.length;
    this.writer.int(0);
    write(this.writer);
    this.writer.intAt(start, this.writer.length - start - 4);
  }

  private ping(): void {
    this.message((w) => {
      w.int(Xid.ping);
      w.int(OpCode.ping);
    });
    this.flush();
  }

  private nextXid(): number {
    this.lastXid = (this.lastXid + 1) & 0x7fffffff;
    return this.lastXid;
  }

  private guarded(action: () => void): void {
    if (this.isClosed) return;
    try {
      action();
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(messageOf(error)));
    }
  }

  private onFrame(buffer: Buffer, start: number, end: number): void {
    if (this.isClosed) return;
    const r = this.reader.reset(buffer, start, end);
    if (!this.isGreeted) {
      this.isGreeted = true;
      this.listener.onConnectReply(readConnectReply(r));
      return;
    }
    const xid = r.int();
    const zxid = r.long();
    const code = r.int();
    if (xid === Xid.ping) return;
    if (xid === Xid.notification) {
      this.onNotification(r);
      return;
    }
    const request = (xid === Xid.auth ? this.authInFlight : this.inFlight).shift();
    if (request?.xid !== xid) {
      request?.failWith('ConnectionLoss', 'the reply to another request came');
      throw new ZkError('MarshallingError', `reply ${xid} where ${request?.xid} was expected`);
    }
    if (zxid > 0n) this.lastZxid = zxid;
    this.listener.onReply(request, code, r);
  }

  private onNotification(r: JuteReader): void {
    const type = r.int();
    r.int(); // state of the session: always "connected"
    this.listener.onEvent(type, r.path());
  }
}

function isRewatch(opCode: number): boolean {
  return opCode === OpCode.setWatches || opCode === OpCode.setWatches2;
}

function tooLarge(request: Request, bytes: number, limit: number): ZkError {
  const why = `the request has ${bytes} bytes, the server takes ${limit} (jute.maxbuffer)`;
  return new ZkError('RequestTooLarge', `${request.describe()}: ${why}`, request.path);
}
