import { ACL, createClient, Id, type Client } from 'node-zookeeper-client';
import { messageOf } from '../base/assert';
import { ALL_PERMISSIONS, type AclEntry } from '../domain/znode/acl';
import type { ZnodeStat } from '../domain/znode/stat';
import type { CreateMode } from './client';
import { CreateFlag } from './engine/protocol';
import type { CallOptions } from './engine/request';
import type { Session } from './engine/session';
import { ZkError } from './errors';
import { EngineConnectionManager, PackageError, UNUSED_ADDRESS } from './packageSeam';

/** The package asserts this on every write. */
export const PACKAGE_DATA_BYTES = 1_048_576;

export type Answer<R extends unknown[]> = (error: Error | null | undefined, ...results: R) => void;

/** What we use of the package's API. On the engine it passes our stats through. */
export interface PackageApi {
  exists(path: string, answer: Answer<[ZnodeStat | null]>): void;
  getData(path: string, answer: Answer<[Uint8Array, ZnodeStat]>): void;
  create(path: string, data: Buffer, acl: ACL[], mode: number, answer: Answer<[string]>): void;
  setData(path: string, data: Buffer, version: number, answer: Answer<[ZnodeStat]>): void;
  remove(path: string, version: number, answer: Answer<[]>): void;
  setACL(path: string, acl: ACL[], version: number, answer: Answer<[ZnodeStat]>): void;
}

/** The `Client` of `node-zookeeper-client`, on a session of ours and with promises. */
export class PackageClient {
  private readonly api: PackageApi;
  private readonly manager: EngineConnectionManager;

  constructor(session: Session) {
    // The package exports no constructor, and its manager opens nothing before `connect`.
    const client = createClient(UNUSED_ADDRESS) as Client & {
      connectionManager: unknown;
      onConnectionManagerState(state: number): void;
    };
    this.manager = new EngineConnectionManager(session, (state) =>
      client.onConnectionManagerState(state),
    );
    client.connectionManager = this.manager;
    this.api = client as unknown as PackageApi;
  }

  /** Calls one of the package's functions; resolves with the arguments of its callback. */
  ask<R extends unknown[]>(
    options: CallOptions,
    call: (api: PackageApi, answer: Answer<R>) => void,
  ): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const answer: Answer<R> = (error, ...results) => {
        if (!error) resolve(results);
        else reject(error instanceof PackageError ? error.reason : error);
      };
      // The package asserts its arguments, and results, and throws.
      const refuse = (error: unknown): void => {
        reject(new ZkError('BadArguments', messageOf(error)));
      };
      try {
        this.manager.withOptions(options, refuse, () => call(this.api, answer));
      } catch (error) {
        refuse(error);
      }
    });
  }
}

export function toPackageAcl({ permissions, scheme, id }: AclEntry): ACL {
  return new ACL(permissions, new Id(scheme, id));
}

/** The package takes only permissions that mean something; servers keep others as well. */
export function isPackageAcl(acl: readonly AclEntry[]): boolean {
  return acl.every(({ permissions }) => permissions >= 1 && permissions <= ALL_PERMISSIONS);
}

/** The package knows four modes, and no sequential znode with an empty name (`/dir/`). */
export function packageCreates(
  mode: CreateMode,
  path: string,
  data: Uint8Array,
  acl: readonly AclEntry[],
): boolean {
  const isKnown = CreateFlag[mode] <= CreateFlag.ephemeralSequential;
  const isNamed = !path.endsWith('/');
  return isKnown && isNamed && data.length <= PACKAGE_DATA_BYTES && isPackageAcl(acl);
}
