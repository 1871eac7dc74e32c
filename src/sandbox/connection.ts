import type { Socket } from 'node:net';
import { PERMISSIONS, type AclEntry } from '../domain/znode/acl';
import { serverCodeOf, ZkError } from '../zk/errors';
import { FrameReader } from '../zk/engine/frames';
import { JuteReader } from '../zk/engine/juteReader';
import { JuteWriter } from '../zk/engine/juteWriter';
import { OpCode, Xid } from '../zk/engine/protocol';
import { digestIdentity, isPermitted, type Identity } from './access';
import type { Database } from './database';
import { handlerOf, type Client } from './requests';
import type { SessionLimits } from './sessions';
import { answerWord, isWord } from './words';

/** The largest request (`jute.maxbuffer`), in bytes. */
const REQUEST_LIMIT = 1_048_575;
/** While more than this waits to be sent, no further request is answered. */
const FULL_BYTES = 4 << 20;
/** Whoever lets this many bytes of events pile up is dropped. */
const DROPPED_BYTES = 64 << 20;
const IDENTITY_LIMIT = 100;
const GREETING_LIMIT_MS = 30_000;
const WORD_BYTES = 4;
/** `KeeperState.SyncConnected` */
const SYNC_CONNECTED = 3;
const NO_PASSWORD = new Uint8Array(16);

/** What a connection needs of its server. */
export interface Host {
  readonly db: Database;
  /** For the words of monitors, as the port and the limits. */
  readonly connections: ReadonlySet<Connection>;
  readonly port: number;
  readonly limits: SessionLimits;
  /** ms since 1970 */
  readonly startedAt: number;
  /** Drops any other connection of the session. */
  claim(sessionId: bigint, by: Connection): void;
  /** A failure that no client can cause; the connection goes on. */
  report(error: unknown): void;
}

/** One client: greeting, then requests, answered in order. Nothing it sends can harm the server. */
export class Connection implements Client {
  sessionId = 0n;
  received = 0;
  sent = 0;
  readonly establishedAt: number;
  lastResponseAt = 0;
  private known: readonly Identity[];
  private head: Buffer | undefined = Buffer.alloc(0);
  private readonly frames = new FrameReader(
    (buffer, start, end) => this.onFrame(buffer.subarray(start, end)),
    REQUEST_LIMIT,
  );
  private readonly out = new JuteWriter();
  private isFlushPlanned = false;
  /** Requests that came in while there was too much to send: at most one chunk of them. */
  private waiting: Buffer[] = [];
  private isClosing = false;

  constructor(
    private readonly socket: Socket,
    private readonly host: Host,
  ) {
    this.establishedAt = host.db.now();
    this.known = [{ scheme: 'ip', id: socket.remoteAddress ?? '' }];
    socket.setNoDelay(true);
    socket.setTimeout(GREETING_LIMIT_MS, () => this.drop());
    socket.on('error', () => this.drop());
    socket.on('data', (chunk: Buffer) => this.onData(chunk));
    socket.on('drain', () => this.onDrain());
  }

  get identities(): readonly Identity[] {
    return this.known;
  }

  /** A client that has its answer is gone, as from a real server, before its socket is. */
  get isOpen(): boolean {
    return !this.isClosing;
  }

  get address(): string {
    return `${this.socket.remoteAddress ?? ''}:${this.socket.remotePort ?? 0}`;
  }

  notify(type: number, path: string, acl?: readonly AclEntry[]): void {
    if (acl && !isPermitted(acl, PERMISSIONS.read, this.known)) return;
    if (this.out.length + this.socket.writableLength > DROPPED_BYTES) return this.drop();
    this.message((w) => {
      this.header(Xid.notification, -1n, 0);
      w.int(type);
      w.int(SYNC_CONNECTED);
      w.string(path);
    });
  }

  drop(): void {
    this.isClosing = true;
    this.waiting = [];
    this.socket.destroy();
  }

  private onData(chunk: Buffer): void {
    let bytes = chunk;
    if (this.head) {
      bytes = Buffer.concat([this.head, chunk]);
      this.head = bytes.length < WORD_BYTES ? bytes : undefined;
      if (this.head) return;
      const word = bytes.toString('latin1', 0, WORD_BYTES);
      if (isWord(word)) {
        this.socket.end(answerWord(word, this.host));
        this.isClosing = true;
        return;
      }
    }
    this.guarded(() => this.frames.push(bytes));
  }

  /** Ends the connection of who doesn't speak the protocol. */
  private guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ZkError)) this.host.report(error);
      this.drop();
    }
  }

  private onFrame(frame: Buffer): void {
    if (this.isClosing) return;
    if (this.isFull) {
      this.waiting.push(Buffer.from(frame));
      this.socket.pause();
      return;
    }
    this.received++;
    const body = JuteReader.of(frame);
    if (this.sessionId === 0n) return this.greet(body);
    this.host.db.timed(() => this.answer(body));
  }

  private get isFull(): boolean {
    return this.waiting.length > 0 || this.out.length + this.socket.writableLength > FULL_BYTES;
  }

  private onDrain(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const frame of waiting) this.guarded(() => this.onFrame(frame));
    if (this.waiting.length === 0) this.socket.resume();
  }

  /** `ConnectRequest`: a new session, or one that exists. */
  private greet(r: JuteReader): void {
    const { db } = this.host;
    r.int();
    const lastSeen = r.long();
    const timeoutMs = r.int();
    const id = r.long();
    const password = r.bytes();
    // It has seen what has not happened here: it is a client of another server.
    if (lastSeen > db.zxid) return this.drop();
    const session =
      id === 0n
        ? db.commit(() => db.sessions.open(timeoutMs, db.now()))
        : db.sessions.reopen(id, password, timeoutMs, db.now());
    if (session) this.host.claim(session.id, this);
    this.sessionId = session?.id ?? 0n;
    this.socket.setTimeout(0);
    this.message((w) => {
      w.int(0);
      w.int(session?.timeoutMs ?? 0);
      w.long(this.sessionId);
      w.bytes(session?.password ?? NO_PASSWORD);
      w.bool(false);
    });
    if (!session) this.end();
  }

  private answer(r: JuteReader): void {
    const { db } = this.host;
    const [xid, opCode] = [r.int(), r.int()];
    db.sessions.heardOf(this.sessionId, db.now());
    if (opCode === OpCode.auth) return this.authenticate(xid, r);
    if (opCode === OpCode.closeSession) {
      db.endSession(this.sessionId);
      this.reply(xid, 0);
      return this.end();
    }
    const handle = handlerOf(opCode);
    if (!handle) {
      this.reply(xid, code('Unimplemented'));
      return this.end();
    }
    try {
      const write = handle(db, this, r);
      this.message((w) => {
        this.header(xid, db.zxid, 0);
        write(w);
      });
    } catch (error) {
      this.reply(xid, this.codeOf(error));
    }
  }

  private authenticate(xid: number, r: JuteReader): void {
    r.int();
    const [scheme, auth] = [r.string(), r.bytes()];
    const isKnown = scheme === 'ip' || scheme === 'digest';
    if (!isKnown || this.known.length >= IDENTITY_LIMIT) {
      this.reply(xid, code('AuthFailed'));
      return this.end();
    }
    if (scheme === 'digest') {
      const identity = digestIdentity(Buffer.from(auth).toString('utf8'));
      const isNew = this.known.every(({ id }) => id !== identity.id);
      if (isNew) this.known = [...this.known, identity];
    }
    this.reply(xid, 0);
  }

  private codeOf(error: unknown): number {
    const known = error instanceof ZkError ? serverCodeOf(error.code) : undefined;
    if (known === undefined) this.host.report(error);
    return known ?? code('SystemError');
  }

  private reply(xid: number, errorCode: number): void {
    this.message(() => this.header(xid, this.host.db.zxid, errorCode));
  }

  private header(xid: number, zxid: bigint, errorCode: number): void {
    this.out.int(xid);
    this.out.long(zxid);
    this.out.int(errorCode);
  }

  private message(write: (w: JuteWriter) => void): void {
    const start = this.out.length;
    this.out.int(0);
    try {
      write(this.out);
    } catch (error) {
      this.out.truncate(start);
      throw error;
    }
    this.out.intAt(start, this.out.length - start - 4);
    this.sent++;
    this.lastResponseAt = this.host.db.now();
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.isFlushPlanned = false;
    if (this.out.length === 0 || this.socket.destroyed) return;
    // What the system takes at once is followed by no `drain`, however much it was.
    const isTaken = this.socket.write(this.out.take());
    if (isTaken && this.waiting.length > 0) setImmediate(() => this.onDrain());
  }

  private end(): void {
    this.isClosing = true;
    this.flush();
    this.socket.end();
  }
}

function code(name: 'Unimplemented' | 'AuthFailed' | 'SystemError'): number {
  return serverCodeOf(name) ?? -1;
}
