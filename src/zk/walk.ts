import { childPath, type ZPath } from '../domain/znode/path';
import { sortNames } from '../domain/znode/names';
import type { ZnodeStat } from '../domain/znode/stat';
import type { ZkClient } from './client';
import { ZkError } from './errors';
import { presenceOf, statOf } from './presence';

export interface Visited {
  readonly path: ZPath;
  /** Undefined where not even that may be seen. */
  readonly stat: ZnodeStat | undefined;
  /** Why its children are missing from the walk; undefined when they are not. */
  readonly error: ZkError | undefined;
}

type Visit = Visited & { readonly names: readonly string[] };

const LOOK_AHEAD = 64;

/**
 * Every znode of a subtree, parents before children, siblings in natural order. Takes one request per
 * znode, with the next 64 on their way. Znodes that vanish meanwhile are left out; the start must
 * exist.
 */
export async function* walk(
  client: Pick<ZkClient, 'exists' | 'getChildren'>,
  start: ZPath,
  signal?: AbortSignal,
): AsyncGenerator<Visited> {
  const options = signal ? { signal } : {};
  const visit = async (path: ZPath): Promise<Visit | undefined> => {
    try {
      const { names, stat } = await client.getChildren(path, options);
      return { path, stat, names: sortNames(names), error: undefined };
    } catch (error) {
      if (ZkError.is(error, 'NoNode') && path !== start) return undefined;
      if (!ZkError.is(error, 'NoAuth')) throw error;
      const found = await presenceOf(client, path, options);
      return found && { path, stat: statOf(found), names: [], error };
    }
  };
  const stack: ZPath[] = [start];
  const ahead = new Map<ZPath, Promise<Visit | undefined>>();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    const visited = await (ahead.get(path) ?? visit(path));
    ahead.delete(path);
    if (!visited) continue;
    for (const name of visited.names.toReversed()) stack.push(childPath(path, name));
    for (const next of stack.slice(-LOOK_AHEAD)) {
      if (ahead.has(next)) continue;
      const visiting = visit(next);
      visiting.catch(() => undefined); // thrown where it is awaited, in its turn
      ahead.set(next, visiting);
    }
    yield visited;
  }
}
