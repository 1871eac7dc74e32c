import type { ZkReader } from '../../zk/client';
import type { Identity } from '../../zk/edit/permission';
import { ZkError } from '../../zk/errors';

/** Who we are to the server; undefined where it is older than 3.7 and doesn't know that request. */
export async function whoAmI(
  client: Pick<ZkReader, 'whoAmI'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly Identity[] | undefined> {
  try {
    return await client.whoAmI(options);
  } catch (error) {
    if (ZkError.is(error, 'Unimplemented')) return undefined;
    throw error;
  }
}
