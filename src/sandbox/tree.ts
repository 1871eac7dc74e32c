import { OPEN_ACL, PERMISSIONS, type AclEntry } from '../domain/znode/acl';
import { Quotas, type Usage } from './quotas';
import type { Transaction } from './transaction';
import { childCount, type Lifetime, type Znode } from './znode';

const EMPTY = new Uint8Array(0);
/** Those of the server itself, which nobody may delete. */
export const SYSTEM_PATHS = ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config'];
const READ_ONLY: readonly AclEntry[] = [
  { scheme: 'world', id: 'anyone', permissions: PERMISSIONS.read },
];

export interface NewZnode {
  readonly data: Uint8Array;
  readonly acl: readonly AclEntry[];
  readonly owner: bigint;
  readonly lifetime: Lifetime;
}

/** The path of a znode's parent; undefined for the root. */
export function parentOf(path: string): string | undefined {
  if (path === '/') return undefined;
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/**
 * The znodes by path, with what a server has from its first start. It trusts its caller: the rules
 * are in `writes.ts`.
 */
export class DataTree {
  private readonly nodes = new Map<string, Znode>();
  private readonly owned = new Map<bigint, Set<string>>();
  private readonly mortal = new Set<string>();
  private readonly quotas = new Quotas(this);
  private bytes = 0;

  constructor() {
    this.nodes.set('/', initial(['zookeeper']));
    this.nodes.set('/zookeeper', initial(['config', 'quota']));
    this.nodes.set('/zookeeper/quota', initial([]));
    this.nodes.set('/zookeeper/config', { ...initial([]), acl: READ_ONLY, aversion: -1 });
  }

  get size(): number {
    return this.nodes.size;
  }

  /** Bytes of all paths and data. */
  get approximateBytes(): number {
    return this.bytes;
  }

  get ephemeralCount(): number {
    let count = 0;
    for (const paths of this.owned.values()) count += paths.size;
    return count;
  }

  /** The empty path is the root, too. */
  get(path: string): Znode | undefined {
    return this.nodes.get(path === '' ? '/' : path);
  }

  /** Sessions that have ephemeral znodes. */
  owners(): bigint[] {
    return [...this.owned.keys()];
  }

  /** Paths of a session's ephemeral znodes. */
  ephemeralsOf(session: bigint): string[] {
    return [...(this.owned.get(session) ?? [])];
  }

  /** What may be taken away, children before their parents. */
  removable(): string[] {
    return [...this.nodes.keys()].filter((path) => !SYSTEM_PATHS.includes(path)).reverse();
  }

  sizeOf(path: string): Usage {
    let [count, bytes] = [0, 0];
    const pending = [path];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const node = this.get(at);
      if (node === undefined) continue;
      count++;
      bytes += node.data.length;
      const prefix = at === '/' ? '/' : `${at}/`;
      for (const name of node.children ?? []) pending.push(prefix + name);
    }
    return { count, bytes };
  }

  /** Adds a znode to a parent that exists and has no child of this name. */
  add(tx: Transaction, path: string, what: NewZnode): Znode {
    const parent = this.parent(path);
    const { zxid, time } = tx;
    // One literal: objects made by spreading are slow and large.
    const node: Znode = {
      data: what.data,
      acl: what.acl,
      owner: what.owner,
      lifetime: what.lifetime,
      czxid: zxid,
      mzxid: zxid,
      pzxid: zxid,
      ctime: time,
      mtime: time,
      version: 0,
      aversion: 0,
      creations: 0,
      children: undefined,
    };
    const { pzxid } = parent;
    this.link(path, node, parent);
    parent.creations++;
    parent.pzxid = tx.zxid;
    tx.did(
      () => {
        this.unlink(path, node, parent);
        parent.creations--;
        parent.pzxid = pzxid;
      },
      { type: 'created', path, acl: node.acl, parentAcl: parent.acl },
    );
    this.quotas.added(tx, path, what.data.length);
    return node;
  }

  /** Takes away a znode that exists and has no children. */
  remove(tx: Transaction, path: string): void {
    const [node, parent] = [this.existing(path), this.parent(path)];
    const { pzxid } = parent;
    this.unlink(path, node, parent);
    parent.pzxid = tx.zxid;
    tx.did(
      () => {
        this.link(path, node, parent);
        parent.pzxid = pzxid;
      },
      { type: 'deleted', path, acl: node.acl, parentAcl: parent.acl },
    );
    this.quotas.removed(tx, path, node.data.length);
  }

  setData(tx: Transaction, path: string, data: Uint8Array): Znode {
    const node = this.existing(path);
    const { data: old, version, mzxid, mtime } = node;
    Object.assign(node, { data, version: (version + 1) | 0, mzxid: tx.zxid, mtime: tx.time });
    this.bytes += data.length - old.length;
    tx.did(
      () => {
        Object.assign(node, { data: old, version, mzxid, mtime });
        this.bytes -= data.length - old.length;
      },
      { type: 'dataChanged', path, acl: node.acl, parentAcl: [] },
    );
    this.quotas.changed(tx, path, { count: 0, bytes: data.length - old.length });
    return node;
  }

  overwrite(tx: Transaction, path: string, data: Uint8Array): void {
    const node = this.nodes.get(path);
    if (node === undefined) return;
    const { data: old } = node;
    const put = (value: Uint8Array): void => {
      this.bytes += value.length - node.data.length;
      node.data = value;
    };
    put(data);
    tx.did(() => put(old));
  }

  setAcl(tx: Transaction, path: string, acl: readonly AclEntry[]): Znode {
    const node = this.existing(path);
    const { acl: old, aversion } = node;
    Object.assign(node, { acl, aversion: (aversion + 1) | 0 });
    tx.did(() => Object.assign(node, { acl: old, aversion }));
    return node;
  }

  /** Childless containers that had children, and childless znodes older than their TTL at `now`. */
  dueForRemoval(now: number): string[] {
    return [...this.mortal].filter((path) => {
      const node = this.existing(path);
      if (childCount(node) > 0) return false;
      if (node.lifetime === 'container') return node.creations > 0;
      return node.lifetime !== 'unlimited' && now - node.mtime > node.lifetime.ttlMs;
    });
  }

  private existing(path: string): Znode {
    const node = this.nodes.get(path);
    if (node === undefined) throw new Error(`no znode ${path}`);
    return node;
  }

  private parent(path: string): Znode {
    return this.existing(parentOf(path) ?? '/');
  }

  private link(path: string, node: Znode, parent: Znode): void {
    this.nodes.set(path, node);
    (parent.children ??= new Set()).add(nameOf(path));
    this.bytes += path.length + node.data.length;
    if (node.lifetime !== 'unlimited') this.mortal.add(path);
    if (node.owner === 0n) return;
    const paths = this.owned.get(node.owner) ?? new Set<string>();
    this.owned.set(node.owner, paths.add(path));
  }

  private unlink(path: string, node: Znode, parent: Znode): void {
    this.nodes.delete(path);
    parent.children?.delete(nameOf(path));
    this.bytes -= path.length + node.data.length;
    this.mortal.delete(path);
    const paths = this.owned.get(node.owner);
    paths?.delete(path);
    if (paths?.size === 0) this.owned.delete(node.owner);
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function initial(children: readonly string[]): Znode {
  return {
    ...{ data: EMPTY, acl: OPEN_ACL, owner: 0n, lifetime: 'unlimited' },
    ...{ czxid: 0n, mzxid: 0n, pzxid: 0n, ctime: 0, mtime: 0 },
    ...{ version: 0, aversion: 0, creations: 0, children: new Set(children) },
  };
}
