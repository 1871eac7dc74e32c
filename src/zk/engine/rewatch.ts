import type { Operation } from './operation';
import { OpCode } from './protocol';
import type { Watches } from './watches';

/** Java's limit for one SetWatches request (ZOOKEEPER-706), far below any server's request limit. */
const CHUNK_BYTES = 128 * 1024;

/** The lists of a SetWatches2 request, in its order. */
const LISTS = ['data', 'exist', 'child', 'persistent', 'recursive'] as const;
type ListName = (typeof LISTS)[number];

export interface RewatchArgs {
  /** What changed after this transaction is reported at once instead of being watched. */
  readonly lastZxid: bigint;
  readonly lists: Readonly<Record<ListName, readonly string[]>>;
}

/** Servers since 3.6. Persistent watches are left again, but what they missed isn't reported. */
export const setWatches2: Operation<RewatchArgs, void> = {
  opCode: OpCode.setWatches2,
  name: 'setWatches2',
  write(w, { lastZxid, lists }) {
    w.long(lastZxid);
    for (const name of LISTS) w.vector(lists[name], (path) => w.path(path));
  },
  read() {},
};

/** The older request, without the persistent lists. */
export const setWatches: Operation<RewatchArgs, void> = {
  opCode: OpCode.setWatches,
  name: 'setWatches',
  write(w, { lastZxid, lists }) {
    w.long(lastZxid);
    for (const name of LISTS.slice(0, 3)) w.vector(lists[name], (path) => w.path(path));
  },
  read() {},
};

/**
 * The requests that leave all watches again, each one small enough for the server.
 * @param chroot goes before every path on the wire
 */
export function rewatchRequests(watches: Watches, lastZxid: bigint, chroot: string): RewatchArgs[] {
  const bytesBeforePath = 4 + Buffer.byteLength(chroot);
  const requests: RewatchArgs[] = [];
  let lists = emptyLists();
  let bytes = 0;
  const flush = (): void => {
    if (bytes > 0) requests.push({ lastZxid, lists });
    lists = emptyLists();
    bytes = 0;
  };
  for (const name of LISTS) {
    for (const path of pathsOf(watches, name)) {
      lists[name].push(path);
      bytes += bytesBeforePath + Buffer.byteLength(path);
      if (bytes >= CHUNK_BYTES) flush();
    }
  }
  flush();
  return requests;
}

/** Whether a request needs SetWatches2: servers before 3.6 drop the connection for it. */
export function needsSetWatches2({ lists }: RewatchArgs): boolean {
  return lists.persistent.length > 0 || lists.recursive.length > 0;
}

function pathsOf(watches: Watches, name: ListName): Iterable<string> {
  return name === 'persistent' || name === 'recursive'
    ? watches.persistentPaths(name)
    : watches.oneShotPaths(name);
}

function emptyLists(): Record<ListName, string[]> {
  return { data: [], exist: [], child: [], persistent: [], recursive: [] };
}
