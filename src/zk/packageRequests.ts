import type { AclEntry } from '../domain/znode/acl';
import type { Operation } from './engine/operation';
import {
  createOf,
  exists,
  getChildren,
  getData,
  remove,
  setAcl,
  setData,
  type CreateArgs,
} from './engine/operations';
import { CreateFlag, OpCode } from './engine/protocol';

/** A request as `node-zookeeper-client` queues it: a header and the fields of its jute record. */
export interface PackageRequest {
  readonly header: { readonly type: number };
  readonly payload: {
    readonly path: string;
    readonly data?: Buffer | null;
    readonly version: number;
    readonly flags: number;
    readonly watch: boolean;
    readonly acl: readonly PackageAcl[];
  };
}

interface PackageAcl {
  readonly perms: number;
  readonly id: { readonly scheme: string; readonly id: string };
}

/** The same request for the engine, and what of its result the package looks at. */
export interface Translated<A = unknown, R = unknown> {
  readonly operation: Operation<A, R>;
  readonly args: A;
  /** Stats stay ours: 64-bit ids are bigints, not buffers. */
  readonly payload: (result: R) => object;
}

const MODES = new Map<number, CreateArgs['mode']>(
  Object.entries(CreateFlag).map(([mode, flag]) => [flag, mode as CreateArgs['mode']]),
);
const NO_DATA = new Uint8Array(0);

/** The engine's request for one of the package's, or undefined for those that don't go this way. */
export function translate({ header, payload }: PackageRequest): Translated | undefined {
  const { path, version, watch } = payload;
  const data = payload.data ?? NO_DATA;
  switch (header.type) {
    case OpCode.create: {
      const mode = MODES.get(payload.flags) ?? 'persistent';
      const args = { path, data, mode, acl: payload.acl.map(toAclEntry) };
      return through(createOf(mode), args, (created) => ({ path: created.path }));
    }
    case OpCode.delete:
      return through(remove, { path, version }, () => ({}));
    case OpCode.exists:
      return through(exists, { path, watch }, (stat) => ({ stat }));
    case OpCode.getData:
      return through(getData, { path, watch }, (result) => result);
    case OpCode.setData:
      return through(setData, { path, data, version }, (stat) => ({ stat }));
    case OpCode.setACL:
      return through(setAcl, { path, acl: payload.acl.map(toAclEntry), version }, (stat) => ({
        stat,
      }));
    case OpCode.getChildren2:
      return through(getChildren, { path, watch }, ({ names, stat }) => ({
        children: names,
        stat,
      }));
    default:
      return undefined;
  }
}

function through<A, R>(
  operation: Operation<A, R>,
  args: A,
  payload: (result: R) => object,
): Translated {
  return { operation, args, payload } as Translated;
}

function toAclEntry({ perms, id }: PackageAcl): AclEntry {
  return { scheme: id.scheme, id: id.id, permissions: perms };
}
