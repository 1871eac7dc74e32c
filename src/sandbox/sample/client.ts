import type { Event } from '../../base/event';
import type { AclEntry } from '../../domain/znode/acl';
import type { ZPath } from '../../domain/znode/path';
import type { CreateFlag } from '../../zk/engine/protocol';

/**
 * What the sample needs of a session with a server. Any client of this project will do, for a real
 * server; inside a sandbox it is a `Resident`.
 */
export interface SampleClient {
  readonly state: { readonly kind: string; readonly sessionId?: bigint };
  readonly onDidChangeState: Event<{ readonly kind: string }>;
  connect(): Promise<void>;
  /** Ends the session. */
  close(): Promise<void>;
  exists(path: ZPath): Promise<{ readonly ephemeralOwner: bigint } | undefined>;
  getData(path: ZPath): Promise<{ data: Uint8Array; stat: { readonly version: number } }>;
  getChildren(path: ZPath): Promise<{ names: string[] }>;
  /** Returns the path that the server gave. */
  create(path: ZPath, data: Uint8Array, options?: SampleCreate): Promise<ZPath>;
  setData(path: ZPath, data: Uint8Array, version: number): Promise<unknown>;
  delete(path: ZPath, version: number): Promise<void>;
}

export interface SampleCreate {
  readonly mode?: SampleMode;
  readonly acl?: readonly AclEntry[];
}

/** Those that need no lifetime. */
export type SampleMode = Exclude<
  keyof typeof CreateFlag,
  'persistentTtl' | 'persistentSequentialTtl'
>;

/** A client with a session of its own, which is not connected yet. */
export type NewClient = () => SampleClient;
