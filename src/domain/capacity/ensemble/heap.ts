import type { Problem } from '../../placement/types';
import { digits } from '../queueing/checks';
import { problem } from '../result';
import type { ZnodeGroup } from './znodes';

/** The formula is up to 5.3 % below what was measured (JDK 17, ZooKeeper 3.8.0). */
const MEASURED_OVER_FORMULA = 1.06;
const MIB = 2 ** 20;
/** Above this the JVM gives up compressed references, and every object grows. */
const LARGEST_HEAP = 32 * 1024 * MIB;
const SMALLEST_HEAP = 512 * MIB;
const GIB = 1024 * MIB;
/** Of the memory of a server; the page cache and the rest of the process need the other part. */
export const HEAP_SHARE = 0.75;
const RESPONSE_CACHE_ENTRIES = 400;
/** Measured with 3,000 idle NIO connections. */
const CONNECTION_BYTES = 3_200;

/**
 * Heap bytes of one znode on a 64-bit JVM with compressed references: DataNode 40, StatPersisted
 * 72, map entry 32, path and name as strings, the parent's set entry 32, data, table slots 16.
 * A parent has a set of children more, an ephemeral an entry among its session's.
 */
export function znodeHeap(znode: Omit<ZnodeGroup, 'count'>): number {
  const objects = 40 + 72 + 32 + 32 + 16;
  const strings = stringHeap(znode.pathBytes) + stringHeap(znode.nameBytes);
  const children = znode.hasChildren ? 112 : 0;
  const owner = znode.ephemeral ? 40 : 0;
  return objects + strings + align(16 + znode.dataBytes) + children + owner;
}

const stringHeap = (bytes: number): number => 24 + align(16 + bytes);
const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Bytes of the first watcher of a path and of each further one, measured. */
export const WATCH_HEAP = {
  WatchManager: { first: 280, further: 136 },
  WatchManagerOptimized: { first: 364, further: 32 },
} as const;

export type WatchManagerName = keyof typeof WATCH_HEAP;

/**
 * Heap bytes of watches on `paths` paths with `watchers` sessions each. Below one watcher a path, as
 * at one of several servers, so much fewer of the paths are watched there.
 */
export function watchHeap(manager: WatchManagerName, paths: number, watchers: number): number {
  const { first, further } = WATCH_HEAP[manager];
  return paths * (first * Math.min(1, watchers) + further * Math.max(0, watchers - 1));
}

/** The watch manager that needs less heap (`zookeeper.watchManagerName`). */
export function smallerWatchManager(paths: number, watchers: number): WatchManagerName {
  const optimized = watchHeap('WatchManagerOptimized', paths, watchers);
  return optimized < watchHeap('WatchManager', paths, watchers)
    ? 'WatchManagerOptimized'
    : 'WatchManager';
}

/** The least memory of a server with this heap, whole GiB. */
export const memoryFor = (heapBytes: number): number =>
  Math.ceil(heapBytes / HEAP_SHARE / GIB) * GIB;

/** One server's state. */
export interface HeapLoad {
  readonly znodes: readonly ZnodeGroup[];
  readonly watchedPaths: number;
  readonly watchersPerPath: number;
  readonly watchManager: WatchManagerName;
  /** Connections of this server, each with its session. */
  readonly connections: number;
  /** Requests in process at once, and the mean bytes of one. */
  readonly requestsInFlight: number;
  readonly requestBytes: number;
  /** Requests per second: half a second of them are garbage that was not yet collected. */
  readonly requestRate: number;
  readonly commitLogCount: number;
  /** Bytes of one transaction's record. */
  readonly transactionBytes: number;
}

/** Bytes of each part. */
export interface Heap {
  readonly znodes: number;
  readonly watches: number;
  readonly connections: number;
  readonly requests: number;
  readonly live: number;
  /** `-Xmx`: `headroom` times what is live, at least 512 MiB, whole MiB. */
  readonly maximum: number;
}

/** The heap of one server; `headroom` is 1.5 to 2. Fails above 32 GiB, where the sizes don't hold. */
export function heap(load: HeapLoad, headroom: number): Heap | Problem[] {
  const formula = load.znodes.reduce((sum, group) => sum + group.count * znodeHeap(group), 0);
  const znodes = formula * MEASURED_OVER_FORMULA;
  const watches = watchHeap(load.watchManager, load.watchedPaths, load.watchersPerPath);
  const connections = load.connections * CONNECTION_BYTES;
  const requests =
    (load.requestsInFlight + load.requestRate / 2 + RESPONSE_CACHE_ENTRIES) * load.requestBytes +
    load.commitLogCount * load.transactionBytes;
  const live = znodes + watches + connections + requests;
  const maximum = Math.ceil(Math.max(SMALLEST_HEAP, headroom * live) / MIB) * MIB;
  if (maximum > LARGEST_HEAP) {
    const [what, less] = watches > znodes ? ['watches', 'set fewer'] : ['data', 'store less of it'];
    const message =
      `One server would need a heap of ${digits(maximum / MIB / 1024)} GiB, most of it for ${what}; ` +
      'above 32 every object grows and collections take seconds. ' +
      `Split the ${what} over several ensembles or ${less}.`;
    return [problem('heapTooLarge', 'znodes', message)];
  }
  return { znodes, watches, connections, requests, live, maximum };
}
