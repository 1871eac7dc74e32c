import type { ZnodeGroup } from './znodes';

/** Between records of a log: checksum 8, length 4, end mark 1; header of each transaction 32. */
const FRAME = 13 + 32;
/** Version and digest of the whole tree, with every transaction since 3.6. */
const DIGEST = 12;
const LENGTH = 4;
/** Magic, version and database id of both kinds of file. */
export const FILE_HEADER = 16;

/** Bytes of a serialised list of `world:anyone`, the usual ACL. */
export const OPEN_ACL_BYTES = aclBytes([{ scheme: 5, id: 6 }]);

/** Bytes of a list of permissions whose schemes and ids have these lengths. */
export function aclBytes(
  entries: readonly { readonly scheme: number; readonly id: number }[],
): number {
  return entries.reduce((sum, { scheme, id }) => sum + 4 + LENGTH + scheme + LENGTH + id, LENGTH);
}

/** A transaction; lengths in bytes. `aclBytes` is that of `world:anyone` when absent. */
export type Transaction =
  | {
      readonly type: 'create' | 'createContainer' | 'createTtl';
      readonly pathBytes: number;
      readonly dataBytes: number;
      readonly aclBytes?: number;
    }
  | { readonly type: 'setData'; readonly pathBytes: number; readonly dataBytes: number }
  | { readonly type: 'delete'; readonly pathBytes: number }
  | { readonly type: 'setAcl'; readonly pathBytes: number; readonly aclBytes: number }
  | { readonly type: 'createSession' }
  | { readonly type: 'closeSession'; readonly ephemeralPathBytes: readonly number[] }
  | { readonly type: 'multi'; readonly steps: readonly Transaction[] };

/** Bytes of one record in the transaction log, without padding (FileTxnLog, ZooKeeper 3.6+). */
export function logRecordBytes(transaction: Transaction): number {
  return FRAME + bodyBytes(transaction) + DIGEST;
}

function bodyBytes(transaction: Transaction): number {
  switch (transaction.type) {
    case 'create': // and whether it is ephemeral 1, the parent's cversion 4
      return createBytes(transaction) + 5;
    case 'createContainer':
      return createBytes(transaction) + 4;
    case 'createTtl':
      return createBytes(transaction) + 12;
    case 'setData':
      return LENGTH + transaction.pathBytes + LENGTH + transaction.dataBytes + 4;
    case 'delete':
      return LENGTH + transaction.pathBytes;
    case 'setAcl':
      return LENGTH + transaction.pathBytes + transaction.aclBytes + 4;
    case 'createSession':
      return 4;
    case 'closeSession':
      return transaction.ephemeralPathBytes.reduce((sum, path) => sum + LENGTH + path, LENGTH);
    case 'multi': // each step has its type and its length
      return transaction.steps.reduce((sum, step) => sum + 4 + LENGTH + bodyBytes(step), LENGTH);
  }
}

function createBytes(create: { pathBytes: number; dataBytes: number; aclBytes?: number }): number {
  const acl = create.aclBytes ?? OPEN_ACL_BYTES;
  return LENGTH + create.pathBytes + LENGTH + create.dataBytes + acl;
}

/** Bytes of one znode in a snapshot: lengths 8, key of the ACL 8, the stored stat 60. */
export function snapshotEntryBytes(pathBytes: number, dataBytes: number): number {
  return 76 + pathBytes + dataBytes;
}

/** All that a snapshot holds. `acls` are the different ACLs, each with the bytes of its list. */
export interface SnapshotContent {
  readonly znodes: readonly Pick<ZnodeGroup, 'count' | 'pathBytes' | 'dataBytes'>[];
  readonly sessions: number;
  readonly acls: readonly number[];
}

/**
 * Bytes of an uncompressed snapshot file (FileSnap, 3.6 to 3.8; 3.9 adds 21). The root has the
 * empty path, and /zookeeper, its quota and config are znodes like others; add them to be exact to
 * the byte.
 */
export function snapshotBytes({ znodes, sessions, acls }: SnapshotContent): number {
  const sessionBytes = 4 + 12 * sessions;
  const aclCache = acls.reduce((sum, list) => sum + 8 + list, 4);
  const entries = znodes.reduce(
    (sum, { count, pathBytes, dataBytes }) =>
      sum + count * snapshotEntryBytes(pathBytes, dataBytes),
    0,
  );
  const endOfTree = 5;
  const zxidDigest = 20;
  // A checksum seals the tree and once more the digest that came later.
  const seals = 2 * 13;
  return FILE_HEADER + sessionBytes + aclCache + entries + endOfTree + zxidDigest + seals;
}

/**
 * Size of a log file that holds these bytes, header included. FilePadding adds `preAllocSize` bytes
 * (64 MiB) to what follows the header whenever less than 4096 are free before a write.
 */
export function logFileBytes(bytes: number, preAllocSize: number): number {
  return FILE_HEADER + Math.ceil((bytes - FILE_HEADER + 4096) / preAllocSize) * preAllocSize;
}
