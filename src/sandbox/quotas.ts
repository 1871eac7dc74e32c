import type { Transaction } from './transaction';

const ROOT = '/zookeeper/quota';
const LIMITS = 'zookeeper_limits';
const STATS = 'zookeeper_stats';

/** What is needed of the tree. */
export interface QuotaTree {
  get(path: string): { readonly data: Uint8Array } | undefined;
  /** A znode and all below it. */
  sizeOf(path: string): Usage;
  /** Without a new version: nobody is told. */
  overwrite(tx: Transaction, path: string, data: Uint8Array): void;
}

export interface Usage {
  /** znodes */
  readonly count: number;
  /** of data */
  readonly bytes: number;
}

/**
 * Counts what lies below each znode with a quota (`DataTree.updateQuotaStat`). Like a server that is
 * not told otherwise (`enforceQuota`), it refuses nothing.
 */
export class Quotas {
  private readonly limited = new Set<string>();

  constructor(private readonly tree: QuotaTree) {}

  /** A znode was added, which is in the tree already. */
  added(tx: Transaction, path: string, bytes: number): void {
    const place = placeOf(path);
    if (place?.name === LIMITS) {
      this.limited.add(place.of);
      tx.did(() => this.limited.delete(place.of));
    }
    if (place?.name === STATS) this.write(tx, place.of, this.tree.sizeOf(place.of));
    this.changed(tx, path, { count: 1, bytes });
  }

  removed(tx: Transaction, path: string, bytes: number): void {
    const place = placeOf(path);
    if (place?.name === LIMITS && this.limited.delete(place.of)) {
      tx.did(() => this.limited.add(place.of));
    }
    this.changed(tx, path, { count: -1, bytes: -bytes });
  }

  /** @param by how much more lies at this path than before */
  changed(tx: Transaction, path: string, by: Usage): void {
    const limited = this.limited.size > 0 ? this.nearest(path) : undefined;
    const stats = limited === undefined ? undefined : this.tree.get(statsOf(limited));
    if (limited === undefined || stats === undefined) return;
    const before = parse(Buffer.from(stats.data).toString('utf8'));
    this.write(tx, limited, { count: before.count + by.count, bytes: before.bytes + by.bytes });
  }

  /** Quotas do not nest: the deepest one counts. */
  private nearest(path: string): string | undefined {
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      if (this.limited.has(at)) return at;
    }
    return undefined;
  }

  private write(tx: Transaction, path: string, { count, bytes }: Usage): void {
    this.tree.overwrite(tx, statsOf(path), Buffer.from(`count=${count},bytes=${bytes}`));
  }
}

/** Which znode a quota is of, and which part of the quota a path is. */
function placeOf(path: string): { readonly of: string; readonly name: string } | undefined {
  if (!path.startsWith(`${ROOT}/`)) return undefined;
  const slash = path.lastIndexOf('/');
  return { of: path.slice(ROOT.length, slash), name: path.slice(slash + 1) };
}

function statsOf(path: string): string {
  return `${ROOT}${path}/${STATS}`;
}

/** Keys that are missing count as -1 (`StatsTrack`). */
function parse(text: string): Usage {
  const value = (key: string): number =>
    Number(new RegExp(`(?:^|[,;])${key}=(-?\\d+)`).exec(text)?.[1] ?? -1);
  return { count: value('count'), bytes: value('bytes') };
}
