import type { Event } from '../base/event';
import type { Logger } from '../base/logger';
import type { AclEntry } from '../domain/znode/acl';
import type { ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import type { ZkError } from './errors';

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
  | 'persistent'
  | 'persistentSequential'
  | 'ephemeral'
  | 'ephemeralSequential'
  /** Deleted by the server some time after its last child. */
  | 'container'
  /** Deleted by the server when it was not written, and had no children, for `ttlMs`. */
  | 'persistentTtl'
  | 'persistentSequentialTtl';

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
  /** Needed by the TTL modes, 1 to 2^40 - 1. */
  readonly ttlMs?: number;
}

/** `recursive` reports created, deleted and changed znodes of a whole subtree. */
export type WatchMode = 'persistent' | 'recursive';

export interface PersistentWatch {
  readonly path: ZPath;
  readonly mode: WatchMode;
}

/** Which watches of a path; `any` is the only one that includes persistent watches. */
export type WatchType = 'any' | 'data' | 'children';

/** A step of a transaction. Versions of -1 match every version. */
export type TransactionStep =
  | ({ readonly type: 'create'; readonly path: ZPath; readonly data: Uint8Array } & Pick<
      CreateOptions,
      'mode' | 'acl' | 'ttlMs'
    >)
  | { readonly type: 'delete' | 'check'; readonly path: ZPath; readonly version: number }
  | {
      readonly type: 'setData';
      readonly path: ZPath;
      readonly data: Uint8Array;
      readonly version: number;
    };

/** What a step of a transaction did. */
export type TransactionResult =
  | { readonly type: 'created'; readonly path: ZPath }
  | { readonly type: 'set'; readonly stat: ZnodeStat }
  | { readonly type: 'deleted' | 'checked' };

export type ReadStep = { readonly type: 'getData' | 'getChildren'; readonly path: ZPath };

export type ReadResult =
  | { readonly type: 'data'; readonly data: Uint8Array; readonly stat: ZnodeStat }
  | { readonly type: 'children'; readonly names: string[] }
  | { readonly type: 'error'; readonly error: ZkError };

/** Limits of a subtree; undefined where there is none. Hard limits are enforced by the server. */
export interface QuotaLimits {
  readonly count?: number;
  readonly bytes?: number;
  readonly countHardLimit?: number;
  readonly bytesHardLimit?: number;
}

export interface Quota {
  readonly limits: QuotaLimits;
  readonly used: { readonly count: number; readonly bytes: number };
}

/**
 * The reading half of `ZkClient`, which most of the product sees. Paths are relative to the connection's
 * chroot. Requests made while not connected wait for the connection, up to their deadline; each one
 * settles exactly once, with its result, a `ZkError`, or the reason of an aborted signal.
 */
export interface ZkReader {
  readonly state: ConnectionState;
  readonly onDidChangeState: Event<ConnectionState>;
  /**
   * Fires for every watch event, in the server's order and before later replies. It may also fire
   * before the code after `await` of an *earlier* reply has run: an event on a path outdates every
   * read of it that is under way.
   */
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

  /** Several reads in one request; each has its own outcome. */
  readMany(steps: readonly ReadStep[], options?: RequestOptions): Promise<ReadResult[]>;
  /** Makes later reads see everything that was written before, through whichever server. */
  sync(path: ZPath, options?: RequestOptions): Promise<void>;
  /** How many znodes lie below one. */
  countDescendants(path: ZPath, options?: RequestOptions): Promise<number>;

  /**
   * Leaves a watch that stays until it is removed, also over reconnects; but what happened in
   * between isn't reported. One for each path: the later one replaces the earlier one. Requests that
   * are made meanwhile leave no watches that it covers, so read again what they read if it fails.
   */
  addWatch(path: ZPath, mode: WatchMode, options?: RequestOptions): Promise<void>;
  /** Afterwards the server has none of these watches; fails with `NoWatcher` when it had none. */
  removeWatches(path: ZPath, type?: WatchType, options?: RequestOptions): Promise<void>;
  /** Whether the server has such a watch of this connection. */
  hasWatches(path: ZPath, type?: WatchType, options?: RequestOptions): Promise<boolean>;
  readonly watchCounts: {
    readonly oneShot: number;
    readonly persistent: number;
    readonly recursive: number;
  };
  /** Persistent watches that could not be left again, because the present server has none. */
  readonly onDidLoseWatches: Event<readonly PersistentWatch[]>;

  whoAmI(options?: RequestOptions): Promise<{ scheme: string; user: string }[]>;
  /** The ephemeral znodes of this session below a path. */
  getEphemerals(path?: ZPath, options?: RequestOptions): Promise<ZPath[]>;
  /** The dynamic configuration (`server.1=…`) of the ensemble, empty on a standalone server. */
  getConfig(options?: RequestOptions): Promise<{ data: Uint8Array; stat: ZnodeStat }>;

  /** The quota of a path itself, not one of its ancestors'. */
  getQuota(path: ZPath, options?: RequestOptions): Promise<Quota | undefined>;
}

/**
 * The writing half. In the extension only `Writer` has it, which refuses what a connection may not
 * do. Versions of -1 match every version.
 */
export interface ZkWriter {
  /** Returns the path that the server gave, which differs for sequential modes. */
  create(path: ZPath, data: Uint8Array, options?: CreateOptions): Promise<ZPath>;
  setData(
    path: ZPath,
    data: Uint8Array,
    version: number,
    options?: RequestOptions,
  ): Promise<ZnodeStat>;
  delete(path: ZPath, version: number, options?: RequestOptions): Promise<void>;
  setAcl(
    path: ZPath,
    acl: readonly AclEntry[],
    version: number,
    options?: RequestOptions,
  ): Promise<ZnodeStat>;
  /** All steps take effect, or none; rejects with the error of the step that failed. */
  transaction(
    steps: readonly TransactionStep[],
    options?: RequestOptions,
  ): Promise<TransactionResult[]>;
  /** Changes the ensemble's members: joining and leaving servers, or all of them. */
  reconfigure(
    change: {
      readonly joining?: string;
      readonly leaving?: string;
      readonly members?: string;
      /** The version of the configuration that the change is meant for. */
      readonly fromConfig?: bigint;
    },
    options?: RequestOptions,
  ): Promise<{ data: Uint8Array; stat: ZnodeStat }>;
  /** Sets or, with undefined, takes away the quota of a path. */
  setQuota(path: ZPath, limits: QuotaLimits | undefined, options?: RequestOptions): Promise<void>;
}

/** The port through which everything talks to an ensemble. */
export interface ZkClient extends ZkReader, ZkWriter {}

/**
 * How to speak TLS. Files are read at each connection, so that renewed certificates are taken up.
 * Own certificate: PEM (`certFile` and `keyFile`, which may be one file) or PKCS#12 (`pfxFile`).
 */
export interface TlsOptions {
  /** PEM file of the authorities to trust, instead of the usual ones. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly pfxFile?: string;
  /** Of the key or the PKCS#12 file. */
  readonly passphrase?: string;
  /** Whether the certificate must name the host of the connect string. On unless switched off. */
  readonly verifyServerName?: boolean;
}

/** `GSSAPI` (Kerberos) is refused, with an error that says what to use instead. */
export type SaslOptions =
  | { readonly mechanism: 'DIGEST-MD5'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'GSSAPI' };

/** Everything that is needed to open a session. Credentials never reach a log. */
export interface ClientOptions {
  /** `host:port,[::1]:port/chroot` */
  readonly connectString: string;
  readonly sessionTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  /** For each address of each server. */
  readonly connectTimeoutMs?: number;
  readonly credentials?: readonly { readonly scheme: string; readonly auth: Uint8Array }[];
  readonly tls?: TlsOptions;
  readonly sasl?: SaslOptions;
  /** Whether a server that has lost its ensemble will do until another one is found. */
  readonly allowReadOnly?: boolean;
  /** Where to go instead of a `host:port`: for servers behind containers and tunnels. */
  readonly addressMap?: Readonly<Record<string, string>>;
  /** The longest request that the servers take (their `jute.maxbuffer`). */
  readonly maxRequestBytes?: number;
  /** The longest message that we take. */
  readonly maxReplyBytes?: number;
  readonly logger?: Logger;
}

export type ClientFactory = (options: ClientOptions) => ZkClient;
