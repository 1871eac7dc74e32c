/** A client's session. Times are ms on the clock that `Sessions` is given. */
export interface Session {
  readonly id: bigint;
  readonly password: Uint8Array;
  timeoutMs: number;
  /** When it ends unless it is heard of before. */
  expiresAt: number;
}

/** What sessions may ask for, ms. */
export interface SessionLimits {
  readonly minTimeoutMs: number;
  readonly maxTimeoutMs: number;
}

const PASSWORD_BYTES = 16;

/** The sessions that live, by id. */
export class Sessions {
  private readonly byId = new Map<bigint, Session>();

  /**
   * @param nextId the id of the first session
   * @param randomBytes makes passwords
   */
  constructor(
    private readonly limits: SessionLimits,
    private nextId: bigint,
    private readonly randomBytes: (count: number) => Uint8Array,
  ) {}

  get size(): number {
    return this.byId.size;
  }

  timeoutOf(id: bigint): number | undefined {
    return this.byId.get(id)?.timeoutMs;
  }

  has(id: bigint): boolean {
    return this.byId.has(id);
  }

  open(timeoutMs: number, now: number): Session {
    const granted = this.granted(timeoutMs);
    const session = {
      id: this.nextId++,
      password: this.randomBytes(PASSWORD_BYTES),
      timeoutMs: granted,
      expiresAt: now + granted,
    };
    this.byId.set(session.id, session);
    return session;
  }

  /** A session that only its owner ends. */
  openLasting(): Session {
    const session = this.open(0, 0);
    session.expiresAt = Infinity;
    return session;
  }

  /** Those that have no connection: they live in the server itself. */
  lasting(): bigint[] {
    return [...this.byId.values()]
      .filter(({ expiresAt }) => expiresAt === Infinity)
      .map(({ id }) => id);
  }

  /** The session, when it lives and this is its password. */
  reopen(id: bigint, password: Uint8Array, timeoutMs: number, now: number): Session | undefined {
    const session = this.byId.get(id);
    if (session === undefined || Buffer.compare(session.password, password) !== 0) return undefined;
    session.timeoutMs = this.granted(timeoutMs);
    this.heardOf(id, now);
    return session;
  }

  heardOf(id: bigint, now: number): void {
    const session = this.byId.get(id);
    if (session) session.expiresAt = now + session.timeoutMs;
  }

  close(id: bigint): void {
    this.byId.delete(id);
  }

  expired(now: number): bigint[] {
    return [...this.byId.values()].filter(({ expiresAt }) => expiresAt <= now).map(({ id }) => id);
  }

  private granted(timeoutMs: number): number {
    return Math.min(Math.max(timeoutMs, this.limits.minTimeoutMs), this.limits.maxTimeoutMs);
  }
}
