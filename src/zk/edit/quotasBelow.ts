import { childPath, type ZPath } from '../../domain/znode/path';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';

const QUOTAS = '/zookeeper/quota' as ZPath;

/**
 * Znodes with a quota: the root, and what is below it where we may see that. With a chroot /zookeeper
 * is out of reach, and only the quota of the root itself can be asked for. Ends soon after `most`.
 */
export async function quotasBelow(
  client: Pick<ZkReader, 'getQuota' | 'getChildren'>,
  root: ZPath,
  most: number,
): Promise<ReadonlySet<ZPath>> {
  const found = new Set<ZPath>();
  if (await client.getQuota(root).catch(noneOf)) found.add(root);
  const queue = [childPath(QUOTAS, root.slice(1))];
  for (let path = queue.pop(); path !== undefined && found.size <= most; path = queue.pop()) {
    const at = path;
    const names = await namesOf(client, at);
    if (names.includes('zookeeper_limits')) found.add(at.slice(QUOTAS.length) as ZPath);
    const inner = names.filter((name) => !name.startsWith('zookeeper_'));
    queue.push(...inner.map((name) => childPath(at, name)));
  }
  return found;
}

async function namesOf(
  client: Pick<ZkReader, 'getChildren'>,
  path: ZPath,
): Promise<readonly string[]> {
  try {
    return (await client.getChildren(path)).names;
  } catch (error) {
    if (ZkError.is(error, 'NoNode') || ZkError.is(error, 'NoAuth')) return [];
    throw error;
  }
}

function noneOf(error: unknown): undefined {
  if (ZkError.is(error, 'NoAuth')) return undefined;
  throw error;
}
