import { createServer, type AddressInfo, type Server } from 'node:net';
import { Connection, type Host } from './connection';
import { Database, type Surroundings } from './database';
import type { SessionLimits } from './sessions';

export interface SandboxOptions extends Surroundings, SessionLimits {
  /** 0 takes any that is free. */
  readonly port: number;
  /** How often sessions, TTL znodes and containers are looked at, ms. */
  readonly checkIntervalMs: number;
  /** A failure inside the server, which no client should be able to cause. */
  readonly report: (error: unknown) => void;
}

const HOST = '127.0.0.1';
const CONNECTION_LIMIT = 10_000;

/** A ZooKeeper-compatible server in memory, for this machine only. */
export class SandboxServer implements Host {
  readonly db: Database;
  readonly connections = new Set<Connection>();
  readonly startedAt: number;
  private readonly server: Server;
  private readonly bySession = new Map<bigint, Connection>();
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly options: SandboxOptions) {
    this.db = new Database(options, options);
    this.startedAt = this.db.now();
    this.server = createServer((socket) => {
      const connection = new Connection(socket, this);
      this.connections.add(connection);
      socket.on('close', () => this.forget(connection));
    });
    this.server.maxConnections = CONNECTION_LIMIT;
  }

  /** Rejects with Node's error when it cannot listen on the port. */
  static async start(options: SandboxOptions): Promise<SandboxServer> {
    const sandbox = new SandboxServer(options);
    const { server } = sandbox;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, HOST, resolve);
    });
    sandbox.timer = setInterval(() => sandbox.expire(), options.checkIntervalMs);
    return sandbox;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connectString(): string {
    return `${HOST}:${this.port}`;
  }

  claim(sessionId: bigint, by: Connection): void {
    this.bySession.get(sessionId)?.drop();
    this.bySession.set(sessionId, by);
  }

  get limits(): SessionLimits {
    return this.options;
  }

  report(error: unknown): void {
    this.options.report(error);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const connection of this.connections) connection.drop();
    await closed;
  }

  private expire(): void {
    for (const id of this.db.expire()) this.bySession.get(id)?.drop();
  }

  private forget(connection: Connection): void {
    this.connections.delete(connection);
    this.db.watches.removeAll(connection);
    const { sessionId } = connection;
    if (this.bySession.get(sessionId) === connection) this.bySession.delete(sessionId);
  }
}
