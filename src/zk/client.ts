import type { Event } from '../base/event';
import type { AclEntry } from '../domain/znode/acl';
import type { ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';

/**
 * Where a client stands with its ensemble.
 *
 * - `connecting`: no session yet; `cause` is why the last attempt failed
 * - `connected`: requests are answered by `server` (`host:port`)
 * - `suspended`: the connection is lost, the session may still live; the client reconnects by itself
 * - `expired`: the server ended the session (ephemerals and watches are gone); a new one is on its way
 * - `authFailed`: the server refused the credentials; final
 * - `closed`: by us; final
 */
export type ConnectionState =
  | { readonly kind: 'connecting'; readonly attempt: number; readonly cause?: string }
  | {
      readonly kind: 'connected';
      readonly server: string;
      readonly sessionId: bigint;
      readonly sessionTimeoutMs: number;
      readonly readOnly: boolean;
    }
  | { readonly kind: 'suspended'; readonly cause?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'authFailed'; readonly cause?: string }
  | { readonly kind: 'closed' };

/** What a watch reports. One-shot watches are gone once they have fired. */
export interface WatchEvent {
  readonly type: 'created' | 'deleted' | 'dataChanged' | 'childrenChanged';
  readonly path: ZPath;
}

export type CreateMode =
  'persistent' | 'persistentSequential' | 'ephemeral' | 'ephemeralSequential';

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface WatchOptions extends RequestOptions {
  /** Leave a one-shot watch; its event arrives through `onDidSeeWatch`. */
  readonly watch?: boolean;
}

export interface CreateOptions extends RequestOptions {
  readonly mode?: CreateMode;
  readonly acl?: readonly AclEntry[];
}

/**
 * The port through which everything talks to an ensemble. Paths are relative to the connection's
 * chroot. Requests made while not connected wait for the connection, up to their deadline; each one
 * settles exactly once, with its result, a `ZkError`, or the reason of an aborted signal.
 */
export interface ZkClient {
  readonly state: ConnectionState;
  readonly onDidChangeState: Event<ConnectionState>;
  /** Fires for every watch event, in the server's order and before later replies. */
  readonly onDidSeeWatch: Event<WatchEvent>;
  /** How many requests have been sent since the client was made. */
  readonly requestCount: number;

  /** Starts connecting; resolves when the first session stands, rejects when that is hopeless. */
  connect(options?: RequestOptions): Promise<void>;
  /** Ends the session. Every pending request fails with `Closed`. */
  close(): Promise<void>;

  exists(path: ZPath, options?: WatchOptions): Promise<ZnodeStat | undefined>;
  getData(path: ZPath, options?: WatchOptions): Promise<{ data: Uint8Array; stat: ZnodeStat }>;
  /** Children in no particular order. */
  getChildren(path: ZPath, options?: WatchOptions): Promise<{ names: string[]; stat: ZnodeStat }>;
  getAcl(path: ZPath, options?: RequestOptions): Promise<{ acl: AclEntry[]; stat: ZnodeStat }>;
  /** Returns the path that the server gave, which differs for sequential modes. */
  create(path: ZPath, data: Uint8Array, options?: CreateOptions): Promise<ZPath>;
  setData(
    path: ZPath,
    data: Uint8Array,
    version: number,
    options?: RequestOptions,
  ): Promise<ZnodeStat>;
  delete(path: ZPath, version: number, options?: RequestOptions): Promise<void>;
}

/** Everything that is needed to open a session. Credentials never reach a log. */
export interface ClientOptions {
  /** `host:port,[::1]:port/chroot` */
  readonly connectString: string;
  readonly sessionTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly credentials?: readonly { readonly scheme: string; readonly auth: Uint8Array }[];
}

export type ClientFactory = (options: ClientOptions) => ZkClient;
