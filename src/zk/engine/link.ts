import type { Socket } from 'node:net';
import {
  ClosedByServer,
  Connection,
  type ConnectionListener,
  type ConnectionLimits,
} from './connection';
import type { ConnectReply, ConnectRequest } from './handshake';
import type { JuteReader } from './juteReader';
import type { Operation } from './operation';
import { Request } from './request';

/** What a link tells the session that made it. */
export interface LinkOwner {
  /** The server answered the greeting; throwing ends the link. */
  onGreeted(link: Link, reply: ConnectReply): void;
  onReply(link: Link, request: Request, code: number, reader: JuteReader): void;
  onEvent(type: number, path: string): void;
  onDrain(): void;
}

export interface LinkSettings extends ConnectionLimits {
  /** How long the server may take for its greeting. */
  readonly connectTimeoutMs: number;
  readonly chroot: string;
}

/** The server closed the connection instead of answering the greeting. */
export class GreetingRefused extends Error {
  override readonly name = 'GreetingRefused';
}

/** One attempt at one server: from the greeting to the end of the connection. */
export class Link implements ConnectionListener {
  readonly connection: Connection;
  /** Resolves with the cause. */
  readonly ended: Promise<Error>;
  /** Of the server's socket: names may stand for several servers. */
  readonly address: string;
  /** On the clock of `performance.now()`; undefined until the server has answered. */
  greetedAt: number | undefined;
  private end: (cause: Error) => void = () => {};
  private readonly greetingTimer: ReturnType<typeof setTimeout>;

  constructor(
    socket: Socket,
    /** `host:port` as we were told it. */
    readonly server: string,
    private readonly owner: LinkOwner,
    settings: LinkSettings,
    readonly greeting: ConnectRequest,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.address = `${socket.remoteAddress}:${socket.remotePort}`;
    this.connection = new Connection(socket, this, settings, greeting, settings.chroot);
    const { connectTimeoutMs } = settings;
    this.greetingTimer = setTimeout(
      () =>
        this.connection.close(new Error(`no greeting from the server in ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
  }

  onConnectReply(reply: ConnectReply): void {
    clearTimeout(this.greetingTimer);
    this.greetedAt = performance.now();
    if (reply.timeoutMs > 0) this.connection.keepAlive(reply.timeoutMs);
    this.owner.onGreeted(this, reply);
  }

  onReply(request: Request, code: number, reader: JuteReader): void {
    this.owner.onReply(this, request, code, reader);
  }

  onEvent(type: number, path: string): void {
    this.owner.onEvent(type, path);
  }

  onDrain(): void {
    this.owner.onDrain();
  }

  onClosed(cause: Error): void {
    clearTimeout(this.greetingTimer);
    for (const request of this.connection.unanswered()) {
      request.failWith('ConnectionLoss', cause.message);
    }
    const isRefusal = this.greetedAt === undefined && cause instanceof ClosedByServer;
    this.end(isRefusal ? new GreetingRefused(`${cause.message} without a greeting`) : cause);
  }

  /** Sends at once, before everything that is queued. */
  call<A, R>(operation: Operation<A, R>, args: A): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const request = new Request<A, R>(
        operation,
        args,
        (error, value) => (error ? reject(error) : resolve(value as R)),
        Infinity,
      );
      if (this.connection.send(request as Request)) this.connection.flush();
    });
  }
}
