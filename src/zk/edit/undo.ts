import type { AclEntry } from '../../domain/znode/acl';
import type { ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { CreateOptions } from '../client';
import { ZkError } from '../errors';

/**
 * What is known of the kind of a lost znode. `lasting`: persistent as far as anybody can see; the
 * server does not tell containers and TTL znodes from those, so they are known only where we made them.
 */
export type LostMode =
  | { readonly kind: 'lasting' | 'container' }
  | { readonly kind: 'ttl'; readonly ttlMs: number }
  | { readonly kind: 'ephemeral'; readonly owner: bigint };

/** A znode as it was before one of our changes. */
export interface LostZnode {
  readonly path: ZPath;
  readonly data: Uint8Array;
  /** Undefined when it was unreadable, masked (without ADMIN, servers show `user:x`), or is not lost. */
  readonly acl: readonly AclEntry[] | undefined;
  readonly mode: LostMode;
  readonly stat: ZnodeStat;
}

/** The `czxid` of a znode that was going to be made when the window ended. */
export const INTENDED = 0n;

/** How a change of ours left a znode: an undo checks that nobody has touched it since. */
export interface LeftZnode {
  readonly path: ZPath;
  /** `INTENDED` until the server has told it. */
  readonly czxid: bigint;
  readonly version: number;
  /** Of the ACL, where the change was about that. */
  readonly aversion?: number;
}

export type ChangeKind = 'setData' | 'setAcl' | 'create' | 'delete' | 'copy' | 'move' | 'restore';

export interface Change {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly kind: ChangeKind;
  /** The znodes that the user named; a subtree by its root. Of a copy and a move: from, to. */
  readonly paths: readonly ZPath[];
}

/**
 * Takes down one change while it happens. What a write destroys is taken down before that write is
 * sent. Per path: only lost → it was deleted; only left → it was created; both → it was changed.
 */
export interface UndoWriter {
  /** Of its entry. */
  readonly id: string;
  /** Resolves when it is in the file; false when the change has become too large to be kept. */
  lost(znode: LostZnode): Promise<boolean>;
  /** As `lost`. */
  left(znode: LeftZnode): Promise<boolean>;
  /** What was taken down of a znode, lost or left, was not changed by us after all. */
  spared(path: ZPath): Promise<void>;
  /** The change is over, in full or in part: from now on it can be undone. */
  commit(left?: readonly LeftZnode[]): Promise<void>;
  /** The change ended before its end; it can be undone, and stays known as incomplete. */
  suspend(): Promise<void>;
  /** Nothing was changed. */
  discard(): Promise<void>;
}

export interface UndoEntry extends Change {
  readonly id: string;
  /** When it began, in ms since 1970. */
  readonly time: number;
  /** Whether it was made in this window. */
  readonly isOurs: boolean;
  /** False when it ended half-way: some of it may not have happened. */
  readonly isComplete: boolean;
}

export interface UndoRecord extends UndoEntry {
  readonly lost: readonly LostZnode[];
  readonly left: readonly LeftZnode[];
}

/** Keeps what our changes destroy. Never throws because of a full disk, a missing or a corrupt file. */
export interface UndoStore {
  /** Undefined when this connection keeps nothing, or nothing can be kept now. */
  begin(change: Change): Promise<UndoWriter | undefined>;
  /** How many bytes one change may take in the store, see `sizeInStore`. */
  readonly bytesPerChange: number;
  /** Newest first. */
  list(connectionId?: string): Promise<UndoEntry[]>;
  /** Undefined when it is gone or unreadable. */
  read(id: string): Promise<UndoRecord | undefined>;
  remove(id: string): Promise<void>;
}

/** About the size of znodes in the store: Base64 and what is kept about each. */
export function sizeInStore(znodes: number, dataBytes: number, pathLength: number): number {
  return Math.ceil((dataBytes * 4) / 3) + znodes * (180 + pathLength);
}

/**
 * Overwrites the data of a znode so that it can be undone.
 * @param before what is overwritten; `stat.version` is the version that `write` expects
 */
export async function recordOverwrite(
  store: UndoStore,
  who: Pick<Change, 'connectionId' | 'connectionName'>,
  path: ZPath,
  before: { readonly data: Uint8Array; readonly stat: ZnodeStat },
  write: () => Promise<ZnodeStat>,
): Promise<ZnodeStat> {
  const change: Change = { ...who, kind: 'setData', paths: [path] };
  const lost: LostZnode = { path, ...before, acl: undefined, mode: modeOf(before.stat) };
  return recordWrite(store, change, [lost], async () => {
    const stat = await write();
    return { result: stat, left: [{ path, czxid: stat.czxid, version: stat.version }] };
  });
}

/** Writes so that it can be undone: keeps what will be lost, writes, and takes down what it left. */
export async function recordWrite<T>(
  store: UndoStore,
  change: Change,
  lost: readonly LostZnode[],
  write: () => Promise<{ readonly result: T; readonly left: readonly LeftZnode[] }>,
): Promise<T> {
  const undo = await store.begin(change);
  let isKept = true;
  for (const znode of lost) isKept &&= (await undo?.lost(znode)) !== false;
  try {
    const { result, left } = await write();
    await (isKept ? undo?.commit(left) : undo?.discard());
    return result;
  } catch (error) {
    // Where nobody knows whether it took effect, the restore finds out.
    if (!isKept || !isOutcomeUnknown(error)) await undo?.discard();
    else await undo?.commit();
    throw error;
  }
}

/** Whether a request that failed so may have taken effect all the same. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ZkError)) return false;
  return ['ConnectionLoss', 'OperationTimeout', 'SessionExpired', 'Closed'].includes(error.code);
}

/** What a stat tells of the kind of a znode. */
export function modeOf({ ephemeralOwner }: ZnodeStat): LostMode {
  return ephemeralOwner === 0n ? { kind: 'lasting' } : { kind: 'ephemeral', owner: ephemeralOwner };
}

/** The kinds of znodes that were made in this window, which no server tells afterwards. */
export class MadeModes {
  private readonly modes = new Map<string, LostMode>();

  constructor(private readonly capacity = 10_000) {}

  remember(connectionId: string, path: ZPath, czxid: bigint, mode: LostMode): void {
    const [oldest] = this.modes.keys();
    if (this.modes.size >= this.capacity && oldest !== undefined) this.modes.delete(oldest);
    this.modes.set(keyOf(connectionId, path, czxid), mode);
  }

  of(connectionId: string, path: ZPath, stat: ZnodeStat): LostMode {
    return this.modes.get(keyOf(connectionId, path, stat.czxid)) ?? modeOf(stat);
  }
}

/** Connection ids have no `#`; the transaction tells a znode from a later one of that name. */
function keyOf(connectionId: string, path: ZPath, czxid: bigint): string {
  return `${connectionId}#${czxid}${path}`;
}

/** How a znode of that kind is created again. */
export function createModeOf(mode: LostMode): Pick<CreateOptions, 'mode' | 'ttlMs'> {
  switch (mode.kind) {
    case 'lasting':
      return { mode: 'persistent' };
    case 'container':
    case 'ephemeral':
      return { mode: mode.kind };
    case 'ttl':
      return { mode: 'persistentTtl', ttlMs: mode.ttlMs };
  }
}
