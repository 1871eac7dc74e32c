import type { ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import type { ZkReader } from './client';
import { ZkError } from './errors';

/** Anything but undefined is there; `hidden` is what we may not look at. */
export type Presence = ZnodeStat | 'hidden' | undefined;

/**
 * Whether a znode is there. Servers from 3.8.4 and 3.9.2 on want the permission to read for `exists`
 * too (ZOOKEEPER-2590), but only of a znode that is there.
 */
export async function presenceOf(
  client: Pick<ZkReader, 'exists'>,
  path: ZPath,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Presence> {
  try {
    return await client.exists(path, options);
  } catch (error) {
    if (ZkError.is(error, 'NoAuth')) return 'hidden';
    throw error;
  }
}

/** Its stat where we may see it. */
export const statOf = (presence: Presence): ZnodeStat | undefined =>
  presence === 'hidden' ? undefined : presence;
