import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../base/assert';
import { Emitter } from '../../base/event';
import type { ConnectionState } from '../client';
import { formatHost, type HostPort } from '../connectString';
import { serverCodeOf, ZkError } from '../errors';
import { Capabilities } from './capabilities';
import { Dialer } from './dialer';
import type { ConnectReply, Credential } from './handshake';
import { SessionIdentity } from './identity';
import type { JuteReader } from './juteReader';
import { GreetingRefused, Link, type LinkOwner } from './link';
import type { Operation } from './operation';
import { Outbox } from './outbox';
import { auth, CredentialsRefused, prologue } from './prologue';
import { OpCode } from './protocol';
import { kerberosError } from './sasl';
import { settle } from './reply';
import { Request, type Callback, type CallOptions } from './request';
import { closeSession } from './sessionOperations';
import type { SessionSettings } from './settings';
import { Watches, type PersistentMode } from './watches';

const UNIMPLEMENTED = serverCodeOf('Unimplemented');
const SASL_REQUIRED = serverCodeOf('SessionClosedRequireSaslAuth');

/** How long a server that pings may take for authentication and watches. */
const PROLOGUE_MS = 30_000;
/** How long `close` waits for the server to confirm. */
const CLOSE_MS = 1_000;

export interface LostWatch {
  readonly path: string;
  readonly mode: PersistentMode;
}

/**
 * A session with an ensemble, over one connection after another:
 *
 * ```
 *              start()            greeting, then auth and watches
 *   (idle) ───────────► connecting ──────────────────────────────► connected
 *                        ▲  │  ▲ attempt failed, back-off            │    ▲
 *                        │  └──┘                     connection lost │    │ same session: auth,
 *                        │                                           ▼    │ watches, queued requests
 *                        │  session refused, or another one   suspended ──┘
 *                     expired ◄───────────────────────────────  │    ▲ attempt failed, back-off
 *                                                               └────┘
 *   any ── credentials refused ──► authFailed           any ── close() ──► closed
 * ```
 *
 * Requests that are sent when a connection is lost fail with `ConnectionLoss`: nobody knows whether
 * they took effect. Requests that wait stay for the next connection, until their deadline, and fail
 * when the session expires. Every connection starts with authentication, then the watches, then
 * what waits. After an expiry the watches are left again in the new session; the server reports
 * what changed for one-shot watches, never for persistent ones.
 */
export class Session implements LinkOwner {
  readonly watches = new Watches();
  private readonly states: Emitter<ConnectionState>;
  private readonly events: Emitter<{ type: number; path: string }>;
  private readonly losses: Emitter<readonly LostWatch[]>;
  private readonly capabilities = new Capabilities();
  private readonly outbox = new Outbox(this.capabilities);
  private readonly dialer: Dialer;
  private readonly credentials: Credential[];
  private readonly stop = new AbortController();
  private current: ConnectionState = { kind: 'connecting', attempt: 1 };
  private link: Link | undefined;
  private readonly identity: SessionIdentity;
  private isStarted = false;
  /** Why nothing works any more, in the final states. */
  private final: ZkError | undefined;

  constructor(private readonly settings: SessionSettings) {
    const onListenerError = (error: unknown): void => settings.logger.error('listener', error);
    this.states = new Emitter(onListenerError);
    this.events = new Emitter(onListenerError);
    this.losses = new Emitter(onListenerError);
    this.dialer = new Dialer(settings, this.stop.signal);
    this.credentials = [...settings.credentials];
    this.identity = new SessionIdentity(settings.sessionTimeoutMs, settings.allowReadOnly);
  }

  get state(): ConnectionState {
    return this.current;
  }

  get onDidChangeState() {
    return this.states.event;
  }

  /** Every watch event that somebody waits for, synchronously and in the server's order. */
  get onDidSeeEvent() {
    return this.events.event;
  }

  /** Persistent watches that the present server cannot have. */
  get onDidLoseWatches() {
    return this.losses.event;
  }

  get requestCount(): number {
    return this.outbox.sentCount;
  }

  /** The error of every request from now on, once the session is over for good. */
  get finalError(): ZkError | undefined {
    return this.final;
  }

  /** How many attempts have failed since the last good connection. */
  get failedAttempts(): number {
    return this.dialer.failures;
  }

  start(): void {
    if (this.isStarted || this.final) return;
    this.isStarted = true;
    if (this.settings.sasl?.mechanism === 'GSSAPI') this.refuse(kerberosError());
    else void this.run();
  }

  call<A, R>(operation: Operation<A, R>, args: A, options?: CallOptions): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const settle: Callback<R> = (error, value) => (error ? reject(error) : resolve(value as R));
      this.submit(operation, args, settle, options);
    });
  }

  /** As `call`, but the callback runs synchronously with the reply. It must not throw. */
  submit<A, R>(
    operation: Operation<A, R>,
    args: A,
    callback: Callback<R>,
    { timeoutMs = this.settings.requestTimeoutMs, signal }: CallOptions = {},
  ): void {
    const deadline = performance.now() + timeoutMs;
    const request = new Request<A, R>(operation, args, callback, deadline, signal);
    if (request.isSettled) return;
    if (this.final) request.failWith(this.final.code as 'Closed', this.final.message);
    else this.outbox.push(request as Request);
  }

  /** Another identity, from now on and on every connection to come. */
  addCredential(credential: Credential): void {
    this.credentials.push(credential);
    // A connection that is only beginning will read the list; twice does no harm.
    if (this.link?.greetedAt === undefined) return;
    this.link.call(auth, credential).catch((error: unknown) => {
      if (ZkError.is(error, 'AuthFailed')) this.refuse(error);
    });
  }

  /** Ends the session at the server, if there is a connection, and fails whatever is pending. */
  async close(): Promise<void> {
    if (this.current.kind === 'closed') return;
    const { link } = this;
    this.finish({ kind: 'closed' }, new ZkError('Closed', 'the client was closed'));
    if (!link) return;
    for (const request of link.connection.pending()) request.failWith('Closed', 'client closed');
    const confirmed = link.call(closeSession, undefined).catch(() => {});
    const late = new AbortController();
    const patience = sleep(CLOSE_MS, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([confirmed, link.ended, patience]);
    late.abort();
    link.connection.close(new Error('the client was closed'));
  }

  onGreeted(link: Link, reply: ConnectReply): void {
    if (this.final) return;
    const outcome = this.identity.greeted(link.greeting, reply);
    if (outcome === 'refused') throw new ZkError('SessionExpired', 'no session was granted');
    if (outcome === 'expired' || outcome === 'replaced') this.expire();
    if (outcome === 'expired') throw new ZkError('SessionExpired', 'the session has expired');
    const late = setTimeout(() => {
      link.connection.close(new Error('the server confirms neither identity nor watches'));
    }, PROLOGUE_MS);
    this.prepare(link, reply)
      .catch((error: unknown) => {
        if (error instanceof CredentialsRefused) this.refuse(error.cause as ZkError);
        link.connection.close(error instanceof Error ? error : new Error(messageOf(error)));
      })
      .finally(() => clearTimeout(late));
  }

  onReply(link: Link, request: Request, code: number, reader: JuteReader): void {
    const { opCode, name } = request.operation;
    if (code === UNIMPLEMENTED) this.capabilities.note(link.address, opCode);
    settle(request, code, reader, this.watches);
    this.outbox.replied();
    if (code === SASL_REQUIRED) this.refuse(ZkError.fromServer(code, name));
  }

  onEvent(type: number, path: string): void {
    if (this.watches.fired(type, path)) this.events.fire({ type, path });
  }

  onDrain(): void {
    this.outbox.pump();
  }

  private async run(): Promise<void> {
    for (;;) {
      const host = this.dialer.next();
      const cause = await this.attempt(host);
      if (this.final) return;
      this.settings.logger.debug(`${formatHost(host)}: ${cause.message}`);
      if (cause instanceof GreetingRefused) this.expireIfForgotten();
      this.report(`${formatHost(host)}: ${cause.message}`);
    }
  }

  /** One connection, from dialling to its end; resolves with why it ended. */
  private async attempt(host: HostPort): Promise<Error> {
    try {
      const { exists, timeoutMs } = this.identity;
      const socket = await this.dialer.open(host, exists ? timeoutMs : Infinity);
      const greeting = this.identity.greeting();
      const link = new Link(socket, formatHost(host), this, this.settings, greeting);
      this.link = link;
      if (this.final) link.connection.close(this.final);
      const cause = await link.ended;
      this.onEnded(link);
      return cause;
    } catch (error) {
      return error instanceof Error ? error : new Error(messageOf(error));
    }
  }

  private onEnded(link: Link): void {
    this.link = undefined;
    this.outbox.detach();
    if (link.greetedAt === undefined) return;
    const now = performance.now();
    this.identity.disconnected(link.connection.lastZxid, now);
    this.dialer.lasted(now - link.greetedAt);
  }

  private async prepare(link: Link, reply: ConnectReply): Promise<void> {
    await prologue({
      sasl: this.settings.sasl,
      credentials: this.credentials,
      watches: this.watches,
      lastZxid: link.greeting.lastZxid,
      chroot: this.settings.chroot,
      lacksSetWatches2: this.capabilities.lacks(link.address, OpCode.setWatches2),
      call: (operation, args) => link.call(operation, args),
      onWatchesLost: (lost) => this.losses.fire(lost),
    });
    if (this.final || this.link !== link) return;
    this.outbox.attach(link.connection, link.address);
    this.moveTo({
      kind: 'connected',
      server: link.server,
      sessionId: reply.session.id,
      sessionTimeoutMs: reply.timeoutMs,
      readOnly: reply.readOnly,
    });
    if (reply.readOnly) void this.dialer.leaveReadOnly(link);
  }

  private expireIfForgotten(): void {
    if (!this.identity.isForgotten(performance.now())) return;
    this.identity.forget();
    this.expire();
  }

  private expire(): void {
    this.dialer.failures = 0;
    this.outbox.failAll((request) => request.failWith('SessionExpired', 'the session expired'));
    this.moveTo({ kind: 'expired' });
  }

  private report(cause: string): void {
    if (this.identity.exists) this.moveTo({ kind: 'suspended', cause });
    else this.moveTo({ kind: 'connecting', attempt: this.dialer.failures + 1, cause });
  }

  private refuse(error: ZkError): void {
    if (this.final) return;
    const { link } = this;
    this.finish({ kind: 'authFailed', cause: error.message }, error);
    link?.connection.close(error);
  }

  private finish(state: ConnectionState, error: ZkError): void {
    this.final = error;
    this.stop.abort(error);
    this.outbox.dispose();
    this.outbox.failAll((request) => request.failWith(error.code as 'Closed', error.message));
    this.moveTo(state);
  }

  private moveTo(state: ConnectionState): void {
    this.current = state;
    this.states.fire(state);
  }
}
