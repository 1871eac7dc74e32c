import type { AclEntry } from '../../domain/znode/acl';
import type { ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { ReadResult, ZkReader } from '../client';
import { ZkError } from '../errors';
import type { Pacer } from './pacer';
import { isMasked } from './permission';

/** A znode as it is now; `data` undefined when we may not read it. */
export interface SeenZnode {
  readonly data: Uint8Array | undefined;
  readonly stat: ZnodeStat;
}

/** Data that is asked for in one request, which many servers answer up to about 1 MB. */
const BYTES_AT_ONCE = 512 * 1024;

/** Groups of at most `count` znodes whose data can be read together. */
export function* batches<T extends { readonly dataLength: number }>(
  znodes: readonly T[],
  count: number,
): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const znode of znodes) {
    const isFull = batch.length >= count || bytes + znode.dataLength > BYTES_AT_ONCE;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(znode);
    bytes += znode.dataLength;
  }
  if (batch.length > 0) yield batch;
}

/** What is there, in the order of the paths; undefined for what is not. */
export async function seeAll(
  client: ZkReader,
  pacer: Pacer,
  paths: readonly ZPath[],
): Promise<(SeenZnode | undefined)[]> {
  const results = await readData(client, pacer, paths);
  return Promise.all(
    results.map(async (result, index) => {
      if (result.type === 'data') return result;
      const error = result.type === 'error' ? result.error : undefined;
      if (error?.code === 'NoNode') return undefined;
      const path = paths[index];
      if (error?.code !== 'NoAuth' || path === undefined) throw error ?? new Error('no data');
      const stat = await pacer.run(() => client.exists(path), 'read');
      return stat && { data: undefined, stat };
    }),
  );
}

/** The ACL as the server holds it; undefined when it is masked, hidden or gone. */
export async function realAcl(
  client: ZkReader,
  path: ZPath,
): Promise<readonly AclEntry[] | undefined> {
  try {
    const { acl } = await client.getAcl(path);
    return isMasked(acl) ? undefined : acl;
  } catch (error) {
    if (ZkError.is(error, 'NoAuth') || ZkError.is(error, 'NoNode')) return undefined;
    throw error;
  }
}

async function readData(
  client: ZkReader,
  pacer: Pacer,
  paths: readonly ZPath[],
): Promise<ReadResult[]> {
  try {
    const steps = paths.map((path) => ({ type: 'getData' as const, path }));
    return await pacer.run(() => client.readMany(steps), 'batch', paths.length);
  } catch (error) {
    if (!ZkError.is(error, 'Unimplemented')) throw error;
    // A server before 3.6.
    return pacer.map(paths, (path) => readOne(client, path), 'read');
  }
}

async function readOne(client: ZkReader, path: ZPath): Promise<ReadResult> {
  try {
    return { type: 'data', ...(await client.getData(path)) };
  } catch (error) {
    if (!(error instanceof ZkError)) throw error;
    return { type: 'error', error };
  }
}
