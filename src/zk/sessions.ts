import { Emitter } from '../base/event';
import type { Disposable } from '../base/disposable';
import type { Logger } from '../base/logger';
import type { ClientFactory, ClientOptions, ZkReader } from './client';
import { Writer, type WriteEntry } from './edit/writer';
import type { ZnodeChange } from './znodeChange';
import { ZnodeModel } from './znodeModel';

/** A burst of changes in what is shown of one connection. */
export interface SessionChanges {
  readonly connectionId: string;
  readonly changes: readonly ZnodeChange[];
}

export type Reach = Pick<ClientOptions, 'connectString' | 'tls' | 'addressMap'>;

/** One connection that the user opened in this window. */
export interface Session {
  readonly id: string;
  /** For reading only; `writer` is the way to write. */
  readonly client: ZkReader;
  readonly writer: Writer;
  readonly model: ZnodeModel;
  /** Who we are to the server, for messages: `digest:bob`; undefined when nobody in particular. */
  readonly identity: string | undefined;
  /** How the servers are reached; without credentials. */
  readonly options: Reach;
  /** Whether it was ever connected, so that there is something to show even while suspended. */
  readonly hasConnected: boolean;
}

/** The connections of this window by their id. Tree, documents and ring share one session each. */
export class Sessions implements Disposable {
  private readonly byId = new Map<string, Session>();
  private readonly changes = new Emitter<string>();
  private readonly znodeChanges = new Emitter<SessionChanges>();
  private readonly writes = new Emitter<WriteEntry>();

  /** Fires with the id of a connection that was opened, closed, paused or changed its state. */
  readonly onDidChange = this.changes.event;
  readonly onDidChangeZnodes = this.znodeChanges.event;
  /** Fires for every write that was tried through any of them. */
  readonly onDidWrite = this.writes.event;

  constructor(
    private readonly createClient: ClientFactory,
    private readonly logger: Logger,
    /** Whether the user lets us write through a connection, asked at each write. */
    private readonly isWritable: (id: string) => boolean,
  ) {}

  get(id: string): Session | undefined {
    return this.byId.get(id);
  }

  /**
   * Opens a session and starts connecting. It is there at once (in state `connecting`) and goes on
   * trying by itself; the promise is the first attempt's outcome and rejects with its cause.
   */
  open(
    id: string,
    options: ClientOptions,
    identity: string | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    if (this.byId.has(id)) throw new Error(`connection ${id} is already open`);
    const client = this.createClient(options);
    const model = new ZnodeModel(client, this.logger);
    const writer = new Writer(id, client, () => this.isWritable(id));
    const session = {
      ...{ id, client, writer, model, identity },
      ...{ options: reachOf(options), hasConnected: false },
    };
    this.byId.set(id, session);
    client.onDidChangeState((state) => {
      if (this.byId.get(id) !== session) return;
      session.hasConnected ||= state.kind === 'connected';
      this.logger.info(`${id}: ${state.kind}`);
      this.changes.fire(id);
    });
    model.onDidChange((changes) => this.znodeChanges.fire({ connectionId: id, changes }));
    writer.onDidWrite((entry) => this.writes.fire(entry));
    model.live.onDidChange(() => this.changes.fire(id));
    this.changes.fire(id);
    return client.connect(signal ? { signal } : {});
  }

  /** The open connections, in the order in which they were opened. */
  all(): Session[] {
    return [...this.byId.values()];
  }

  /** Ends the session; the connection is gone from here at once. */
  async close(id: string): Promise<void> {
    const session = this.byId.get(id);
    if (!session) return;
    this.byId.delete(id);
    session.model.dispose();
    this.changes.fire(id);
    await session.client.close();
  }

  dispose(): void {
    for (const id of [...this.byId.keys()]) {
      this.close(id).catch((error: unknown) => this.logger.error(`${id}: close`, error));
    }
    this.changes.dispose();
    this.znodeChanges.dispose();
    this.writes.dispose();
  }
}

function reachOf({ connectString, tls, addressMap }: ClientOptions): Reach {
  return { connectString, ...(tls ? { tls } : {}), ...(addressMap ? { addressMap } : {}) };
}
