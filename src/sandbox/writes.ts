import { PERMISSIONS, type AclEntry } from '../domain/znode/acl';
import { problemOfPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import { ZkError, type ZkErrorCode } from '../zk/errors';
import { CreateFlag } from '../zk/engine/protocol';
import { requirePermission, resolvedAcl, type Identity } from './access';
import type { Transaction } from './transaction';
import { parentOf, SYSTEM_PATHS, type DataTree } from './tree';
import { childCount, statOf, type Lifetime, type Znode } from './znode';

/** The rules of changes, in the order in which a server checks them (`PrepRequestProcessor`). */

/** Who asks. */
export interface Caller {
  readonly sessionId: bigint;
  readonly identities: readonly Identity[];
}

export interface CreateRequest {
  readonly path: string;
  readonly data: Uint8Array;
  readonly acl: readonly AclEntry[];
  readonly flags: number;
  /** -1n where the request has no TTL. */
  readonly ttlMs: bigint;
}

/** Five bytes of an ephemeral owner (`EphemeralType.TTL`). */
const MAX_TTL_MS = 0xff_ffff_ffffn;
const MODES = Object.entries(CreateFlag) as [keyof typeof CreateFlag, number][];

export interface Written {
  readonly path: string;
  readonly stat: ZnodeStat;
}

export function create(
  tree: DataTree,
  tx: Transaction,
  caller: Caller,
  request: CreateRequest,
): Written {
  const mode = MODES.find(([, flag]) => flag === request.flags)?.[0];
  if (mode === undefined) throw refused('BadArguments');
  const lifetime = lifetimeOf(mode, request.ttlMs);
  const parentPath = unvalidatedParent(request.path);
  const acl = resolvedAcl(request.acl, caller.identities);
  const parent = nodeAt(tree, parentPath);
  requirePermission(parent.acl, PERMISSIONS.create, caller.identities);
  const path = mode.includes('equential')
    ? request.path + String(parent.creations).padStart(10, '0')
    : request.path;
  requirePath(path);
  if (tree.get(path)) throw refused('NodeExists');
  if (parent.owner !== 0n) throw refused('NoChildrenForEphemerals');
  const owner = mode.startsWith('ephemeral') ? caller.sessionId : 0n;
  const node = tree.add(tx, path, { data: request.data, acl, owner, lifetime });
  return { path, stat: statOf(node) };
}

export function remove(
  tree: DataTree,
  tx: Transaction,
  caller: Caller,
  request: { readonly path: string; readonly version: number },
): void {
  const { path } = request;
  if (SYSTEM_PATHS.includes(path)) throw refused('BadArguments');
  const parent = nodeAt(tree, unvalidatedParent(path));
  requirePermission(parent.acl, PERMISSIONS.delete, caller.identities);
  const node = nodeAt(tree, path);
  requireVersion(node.version, request.version);
  if (childCount(node) > 0) throw refused('NotEmpty');
  tree.remove(tx, path);
}

export function setData(
  tree: DataTree,
  tx: Transaction,
  caller: Caller,
  request: { readonly path: string; readonly data: Uint8Array; readonly version: number },
): ZnodeStat {
  const node = permitted(tree, request.path, PERMISSIONS.write, caller);
  requireVersion(node.version, request.version);
  return statOf(tree.setData(tx, request.path, request.data));
}

export function setAcl(
  tree: DataTree,
  tx: Transaction,
  caller: Caller,
  request: {
    readonly path: string;
    readonly acl: readonly AclEntry[];
    readonly version: number;
  },
): ZnodeStat {
  requirePath(request.path);
  const acl = resolvedAcl(request.acl, caller.identities);
  const node = permitted(tree, request.path, PERMISSIONS.admin, caller);
  requireVersion(node.aversion, request.version);
  return statOf(tree.setAcl(tx, request.path, acl));
}

export function check(
  tree: DataTree,
  caller: Caller,
  request: { readonly path: string; readonly version: number },
): void {
  const node = permitted(tree, request.path, PERMISSIONS.read, caller);
  requireVersion(node.version, request.version);
}

/** The znode at a path as it was written; throws `NoNode`. */
export function nodeAt(tree: DataTree, path: string): Znode {
  const node = tree.get(path);
  if (node === undefined) throw refused('NoNode');
  return node;
}

function permitted(tree: DataTree, path: string, permission: number, caller: Caller): Znode {
  requirePath(path);
  const node = nodeAt(tree, path);
  requirePermission(node.acl, permission, caller.identities);
  return node;
}

function lifetimeOf(mode: keyof typeof CreateFlag, ttlMs: bigint): Lifetime {
  if (mode !== 'persistentTtl' && mode !== 'persistentSequentialTtl') {
    if (ttlMs >= 0n) throw refused('BadArguments');
    return mode === 'container' ? 'container' : 'unlimited';
  }
  if (ttlMs <= 0n || ttlMs > MAX_TTL_MS) throw refused('BadArguments');
  return { ttlMs: Number(ttlMs) };
}

/** What is before the last slash, which the rest of the path is checked after. */
function unvalidatedParent(path: string): string {
  if (!path.includes('/') || path.includes('\0')) throw refused('BadArguments');
  return parentOf(path) ?? '/';
}

function requirePath(path: string): void {
  if (problemOfPath(path) !== undefined) throw refused('BadArguments');
}

function requireVersion(actual: number, expected: number): void {
  if (expected !== -1 && expected !== actual) throw refused('BadVersion');
}

function refused(code: ZkErrorCode): ZkError {
  return new ZkError(code, 'refused');
}
