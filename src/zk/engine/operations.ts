import type { AclEntry } from '../../domain/znode/acl';
import type { ZnodeStat } from '../../domain/znode/stat';
import { serverCodeOf } from '../errors';
import type { JuteReader } from './juteReader';
import type { JuteWriter } from './juteWriter';
import { pathOf, type Operation, type PathArgs, type WatchArgs } from './operation';
import { CreateFlag, OpCode } from './protocol';
import { readAcl, readStat, readStrings, writeAcl } from './records';
import type { WatchKind, Watches } from './watches';

/** The operations on one znode. Field orders are those of `zookeeper-jute/.../zookeeper.jute`. */

const NO_NODE = serverCodeOf('NoNode');

export interface CreateArgs extends PathArgs {
  readonly data: Uint8Array;
  readonly acl: readonly AclEntry[];
  readonly mode: keyof typeof CreateFlag;
  /** For the TTL modes only. */
  readonly ttlMs?: number;
}

export interface Created {
  readonly path: string;
  readonly stat: ZnodeStat;
}

export interface VersionArgs extends PathArgs {
  /** The version that the znode must have, or -1. */
  readonly version: number;
}

export function writeCreate(w: JuteWriter, args: CreateArgs): void {
  w.pathPrefix(args.path);
  w.bytes(args.data);
  writeAcl(w, args.acl);
  w.int(CreateFlag[args.mode]);
}

const readCreated = (r: JuteReader): Created => ({ path: r.path(), stat: readStat(r) });

const create2: Operation<CreateArgs, Created> = {
  opCode: OpCode.create2,
  name: 'create',
  path: pathOf,
  write: writeCreate,
  read: readCreated,
};

const createContainer: Operation<CreateArgs, Created> = {
  ...create2,
  opCode: OpCode.createContainer,
};

const createTtl: Operation<CreateArgs, Created> = {
  ...create2,
  opCode: OpCode.createTTL,
  write(w, args) {
    writeCreate(w, args);
    w.long(BigInt(args.ttlMs ?? 0));
  },
};

/** Container and TTL nodes have requests of their own; the server refuses their flags elsewhere. */
export function createOf(mode: CreateArgs['mode']): Operation<CreateArgs, Created> {
  if (mode === 'container') return createContainer;
  return mode === 'persistentTtl' || mode === 'persistentSequentialTtl' ? createTtl : create2;
}

export const remove: Operation<VersionArgs, void> = {
  opCode: OpCode.delete,
  name: 'delete',
  path: pathOf,
  write: writePathAndVersion,
  read() {},
};

export const exists: Operation<WatchArgs, ZnodeStat> = {
  opCode: OpCode.exists,
  name: 'exists',
  path: pathOf,
  write: writePathAndWatch,
  read: readStat,
  track(watches, { path, watch }, code) {
    if (!watch) return;
    if (code === 0) watches.add('data', path);
    else if (code === NO_NODE) watches.add('exist', path);
  },
};

export const getData: Operation<WatchArgs, { data: Uint8Array; stat: ZnodeStat }> = {
  opCode: OpCode.getData,
  name: 'getData',
  path: pathOf,
  write: writePathAndWatch,
  read: (r) => ({ data: r.bytes(), stat: readStat(r) }),
  track: trackAs('data'),
};

export const setData: Operation<VersionArgs & { readonly data: Uint8Array }, ZnodeStat> = {
  opCode: OpCode.setData,
  name: 'setData',
  path: pathOf,
  write(w, { path, data, version }) {
    w.path(path);
    w.bytes(data);
    w.int(version);
  },
  read: readStat,
};

export const getAcl: Operation<PathArgs, { acl: AclEntry[]; stat: ZnodeStat }> = {
  opCode: OpCode.getACL,
  name: 'getACL',
  path: pathOf,
  write: (w, { path }) => w.path(path),
  read: (r) => ({ acl: readAcl(r), stat: readStat(r) }),
};

export const setAcl: Operation<VersionArgs & { readonly acl: readonly AclEntry[] }, ZnodeStat> = {
  opCode: OpCode.setACL,
  name: 'setACL',
  path: pathOf,
  write(w, { path, acl, version }) {
    w.path(path);
    writeAcl(w, acl);
    w.int(version);
  },
  read: readStat,
};

/** The names only: the older and a little cheaper of the two listings. */
export const getChildNames: Operation<WatchArgs, string[]> = {
  opCode: OpCode.getChildren,
  name: 'getChildren',
  path: pathOf,
  write: writePathAndWatch,
  read: readStrings,
  track: trackAs('child'),
};

export const getChildren: Operation<WatchArgs, { names: string[]; stat: ZnodeStat }> = {
  opCode: OpCode.getChildren2,
  name: 'getChildren',
  path: pathOf,
  write: writePathAndWatch,
  read: (r) => ({ names: readStrings(r), stat: readStat(r) }),
  track: trackAs('child'),
};

export const sync: Operation<PathArgs, void> = {
  opCode: OpCode.sync,
  name: 'sync',
  path: pathOf,
  write: (w, { path }) => w.path(path),
  read() {},
};

/** How many znodes lie below one, itself not counted. */
export const countDescendants: Operation<PathArgs, number> = {
  opCode: OpCode.getAllChildrenNumber,
  name: 'getAllChildrenNumber',
  path: pathOf,
  write: (w, { path }) => w.path(path),
  read: (r) => r.int(),
};

export function writePathAndVersion(w: JuteWriter, { path, version }: VersionArgs): void {
  w.path(path);
  w.int(version);
}

function writePathAndWatch(w: JuteWriter, { path, watch }: WatchArgs): void {
  w.path(path);
  w.bool(watch === true);
}

/** The watch is left only when the request succeeds. */
function trackAs(kind: WatchKind) {
  return (watches: Watches, { path, watch }: WatchArgs, code: number): void => {
    if (watch && code === 0) watches.add(kind, path);
  };
}
