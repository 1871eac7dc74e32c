import { NO_SESSION, type ConnectReply, type ConnectRequest } from './handshake';

/**
 * What an answer to a greeting means. `replaced`: a living session was asked for and another one
 * handed out, without a word. `refused`: not even a new session was granted.
 */
export type Greeted = 'fresh' | 'resumed' | 'replaced' | 'expired' | 'refused';

/** What a session knows of itself between connections. Pure: the clock is passed in. */
export class SessionIdentity {
  private key = NO_SESSION;
  /** A server without its ensemble hands out sessions that no other server knows. */
  private isReadOnly = false;
  private lastZxid = 0n;
  private heardAt = 0;
  private grantedMs: number;

  constructor(
    private readonly wantedMs: number,
    private readonly allowReadOnly: boolean,
  ) {
    this.grantedMs = wantedMs;
  }

  get exists(): boolean {
    return this.key !== NO_SESSION;
  }

  get timeoutMs(): number {
    return this.grantedMs;
  }

  greeting(): ConnectRequest {
    return {
      session: this.isReadOnly ? NO_SESSION : this.key,
      lastZxid: this.lastZxid,
      timeoutMs: this.wantedMs,
      readOnly: this.allowReadOnly,
    };
  }

  greeted(asked: ConnectRequest, reply: ConnectReply): Greeted {
    const isFresh = asked.session.id === 0n;
    if (reply.timeoutMs <= 0) {
      this.end();
      return isFresh ? 'refused' : 'expired';
    }
    this.key = reply.session;
    this.isReadOnly = reply.readOnly;
    this.grantedMs = reply.timeoutMs;
    if (isFresh) return 'fresh';
    return reply.session.id === asked.session.id ? 'resumed' : 'replaced';
  }

  /** A connection that had been greeted ended. */
  disconnected(lastZxid: bigint, now: number): void {
    this.lastZxid = lastZxid;
    this.heardAt = now;
  }

  /**
   * To be asked when a server closed the connection instead of answering. That is what servers do
   * when the client has seen more than they have, as after an ensemble was set up anew. Once the
   * session timeout is long over the session is lost for sure, and only a session that has seen
   * nothing will be let in.
   */
  isForgotten(now: number): boolean {
    return this.exists && now - this.heardAt > (this.grantedMs * 4) / 3;
  }

  forget(): void {
    this.lastZxid = 0n;
    this.end();
  }

  private end(): void {
    this.key = NO_SESSION;
    this.isReadOnly = false;
  }
}
