import ConnectionManager from 'node-zookeeper-client/lib/ConnectionManager.js';
import type { ConnectionState } from './client';
import type { CallOptions } from './engine/request';
import type { Session } from './engine/session';
import { serverCodeOf, ZkError } from './errors';
import { translate, type PackageRequest } from './packageRequests';

const { STATES } = ConnectionManager;

/** The package's own manager wants a connect string; it never uses this one. */
export const UNUSED_ADDRESS = 'engine:2181';

/** An error as the package expects it, with the one that callers get. */
export class PackageError extends Error {
  /** The server's number; 0 for errors that have none, which the package knows nothing of. */
  readonly code: number;

  constructor(readonly reason: Error) {
    super(reason.message);
    const isOurs = reason instanceof ZkError;
    this.code = (isOurs ? (reason.serverCode ?? serverCodeOf(reason.code)) : undefined) ?? 0;
  }

  getCode(): number {
    return this.code;
  }
}

/**
 * The connection manager of `node-zookeeper-client` with the engine's session in the place of its
 * sockets, queues and codec. What the package asks for becomes a request of the engine; replies,
 * watch events and states go back the package's way, synchronously.
 */
export class EngineConnectionManager extends ConnectionManager {
  private options: CallOptions = {};
  private onThrow: (error: unknown) => void = () => {};

  constructor(
    private readonly session: Session,
    stateListener: (state: number) => void,
  ) {
    super(UNUSED_ADDRESS, { sessionTimeout: 0, spinDelay: 0 }, stateListener);
    session.onDidChangeState((state) => this.setState(packageState(state)));
    session.onDidSeeEvent((event) => this.watcherManager.emit(event));
  }

  /**
   * What `ask` makes the package queue is sent with these options.
   * @param onThrow gets what the package throws when it handles the reply
   */
  withOptions(options: CallOptions, onThrow: (error: unknown) => void, ask: () => void): void {
    this.options = options;
    this.onThrow = onThrow;
    ask();
    this.options = {};
    this.onThrow = () => {};
  }

  override connect(): void {
    this.session.start();
  }

  override close(): void {
    void this.session.close();
  }

  override queue(
    request: PackageRequest,
    callback: (error: Error | null, reply?: unknown) => void = () => {},
  ): void {
    const translated = translate(request);
    if (!translated) {
      const why = `request ${request.header.type} of the package does not go through the engine`;
      callback(new PackageError(new ZkError('Unimplemented', why)));
      return;
    }
    const { operation, args, payload } = translated;
    const { options, onThrow } = this;
    const settle = (error: Error | undefined, result?: unknown): void => {
      try {
        if (!error) {
          callback(null, { header: { err: 0 }, payload: payload(result) });
          return;
        }
        const wrapped = new PackageError(error);
        callback(wrapped, { header: { err: wrapped.code } });
      } catch (thrown) {
        onThrow(thrown);
      }
    };
    this.session.submit(operation, args, settle, options);
  }

  override addAuthInfo(scheme: string, auth: Buffer): void {
    this.session.addCredential({ scheme, auth });
  }

  override getSessionId(): Buffer {
    const id = Buffer.alloc(8);
    const { state } = this.session;
    if (state.kind === 'connected') id.writeBigInt64BE(state.sessionId);
    return id;
  }

  override getSessionTimeout(): number {
    const { state } = this.session;
    return state.kind === 'connected' ? state.sessionTimeoutMs : 0;
  }
}

function packageState(state: ConnectionState): number {
  switch (state.kind) {
    case 'connecting':
      return STATES.CONNECTING;
    case 'connected':
      return state.readOnly ? STATES.CONNECTED_READ_ONLY : STATES.CONNECTED;
    case 'suspended':
      return STATES.DISCONNECTED;
    case 'expired':
      return STATES.SESSION_EXPIRED;
    case 'authFailed':
      return STATES.AUTHENTICATION_FAILED;
    case 'closed':
      return STATES.CLOSED;
  }
}
