export type LayoutKind = 'lock' | 'latch' | 'election' | 'readWriteLock' | 'queue';

/** What the name of a child says about its part in a coordination recipe. */
export interface Contender {
  readonly name: string;
  readonly kind: LayoutKind;
  /** A reader: holds its lock together with the readers beside it. */
  readonly shared: boolean;
  /** The part of the name that the recipe sorts by, compared as text like the recipes do. */
  readonly key: string;
}

interface Recipe {
  readonly kind: LayoutKind;
  readonly shared?: boolean;
  /** Matches a whole name; group 1 is the sort key. */
  readonly pattern: RegExp;
}

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * Names as the recipes make them. A counter that has overflowed into negative numbers is not
 * matched, because then the recipes themselves disagree about the order.
 *
 * - Curator 5 (curator-recipes): `withProtection()` puts `_c_<uuid>-` in front (`ProtectedUtils`);
 *   `InterProcessMutex` and `LeaderSelector` (which uses one) `lock-`, `LeaderLatch` `latch-`,
 *   `InterProcessReadWriteLock` `__READ__` and `__WRIT__`, where a writer that also reads
 *   gives its read node the sequence of its write node; `DistributedQueue` `queue-`, with nine hex digits of priority
 *   (`DistributedPriorityQueue`) or `|<hex time>|` (`DistributedDelayQueue`); `SimpleDistributedQueue` `qn-`.
 * - kazoo 2.8 (recipe/lock.py, queue.py): `<uuid4 hex>__lock__` for `Lock`, `Election` and `WriteLock`,
 *   `__rlock__` for `ReadLock`; `entry-<priority>-` for both queues.
 * - ZooKeeper's recipes page (zookeeperRecipes.md): `<guid>-lock-`, `<guid>-read-`, `<guid>-write-`,
 *   `<guid>-n_`, all also seen without guid; zookeeper-recipes: `WriteLock` `x-<session>-`,
 *   `LeaderElectionSupport` `n_`, `DistributedQueue` `qn-`. Solr's `LeaderElector`: `<session>-<core>-n_`.
 */
const RECIPES: readonly Recipe[] = [
  { kind: 'lock', pattern: new RegExp(`^(?:(?:_c_)?${UUID}-)?lock-(\\d{10})$`) },
  { kind: 'latch', pattern: new RegExp(`^_c_${UUID}-latch-(\\d{10})$`) },
  {
    kind: 'readWriteLock',
    shared: true,
    pattern: new RegExp(`^_c_${UUID}-__READ__(\\d{10})$`),
  },
  { kind: 'readWriteLock', pattern: new RegExp(`^_c_${UUID}-__WRIT__(\\d{10})$`) },
  { kind: 'lock', pattern: /^[0-9a-f]{32}__lock__(\d{10})$/ },
  { kind: 'readWriteLock', shared: true, pattern: /^[0-9a-f]{32}__rlock__(\d{10})$/ },
  {
    kind: 'readWriteLock',
    shared: true,
    pattern: new RegExp(`^(?:${UUID}-)?read-(\\d{10})$`),
  },
  { kind: 'readWriteLock', pattern: new RegExp(`^(?:${UUID}-)?write-(\\d{10})$`) },
  { kind: 'lock', pattern: /^x-(?:-?\d{1,19}|[0-9a-f]{16})-(\d{10})$/ },
  { kind: 'election', pattern: /^(?:[^]*-)?n_(\d{10})$/ },
  { kind: 'queue', pattern: /^(?:queue|qn)-(\d{10})$/ },
  { kind: 'queue', pattern: /^queue-([01][0-9A-F]{8}\d{10})$/ },
  { kind: 'queue', pattern: /^queue-(\|[0-9A-F]{8,16}\|\d{10})$/ },
  { kind: 'queue', pattern: /^entry-(\d{3}-\d{10})$/ },
];

/** The part that a znode of this name plays, or undefined when no known recipe makes such names. */
export function contenderOf(name: string): Contender | undefined {
  if (!/\d{10}$/.test(name.slice(-10))) return undefined;
  for (const { kind, shared = false, pattern } of RECIPES) {
    const key = pattern.exec(name)?.[1];
    if (key !== undefined) return { name, kind, shared, key };
  }
  return undefined;
}
