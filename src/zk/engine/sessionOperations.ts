import type { ZnodeStat } from '../../domain/znode/stat';
import { serverCodeOf } from '../errors';
import type { JuteWriter } from './juteWriter';
import { pathOf, type Operation, type PathArgs } from './operation';
import { AddWatchMode, OpCode, WatcherType } from './protocol';
import { readPaths, readStat } from './records';

/** Operations on the session, its watches, and the ensemble. */

const NO_WATCHER = serverCodeOf('NoWatcher');

/** Where servers keep their configuration (`ZooDefs.CONFIG_NODE`); to be read with `atRoot`. */
export const CONFIG_PATH = '/zookeeper/config';

export interface AuthInfo {
  readonly scheme: string;
  readonly user: string;
}

export const whoAmI: Operation<undefined, AuthInfo[]> = {
  opCode: OpCode.whoAmI,
  name: 'whoAmI',
  write() {},
  read: (r) => r.vector(8, () => ({ scheme: r.string(), user: r.string() })),
};

/**
 * The ephemeral nodes of this session whose path begins with this one. The server compares no more
 * than the text, hence the slash after a chroot.
 */
export const getEphemerals: Operation<PathArgs, string[]> = {
  opCode: OpCode.getEphemerals,
  name: 'getEphemerals',
  path: pathOf,
  write: (w, { path }) => w.pathPrefix(path),
  read: readPaths,
};

export interface ReconfigArgs {
  /** `server.4=host:2888:3888;2181`, comma separated. Joining and leaving, or all members. */
  readonly joining?: string;
  readonly leaving?: string;
  readonly members?: string;
  /** The configuration version that this is meant for; -1n for any. */
  readonly fromConfig: bigint;
}

export interface ServerConfig {
  readonly data: Uint8Array;
  readonly stat: ZnodeStat;
}

export const reconfig: Operation<ReconfigArgs, ServerConfig> = {
  opCode: OpCode.reconfig,
  name: 'reconfig',
  write(w, args) {
    w.optionalString(args.joining);
    w.optionalString(args.leaving);
    w.optionalString(args.members);
    w.long(args.fromConfig);
  },
  read: (r) => ({ data: r.bytes(), stat: readStat(r) }),
};

export interface AddWatchArgs extends PathArgs {
  readonly mode: keyof typeof AddWatchMode;
}

export const addWatch: Operation<AddWatchArgs, void> = {
  opCode: OpCode.addWatch,
  name: 'addWatch',
  path: pathOf,
  write(w, { path, mode }) {
    w.path(path);
    w.int(AddWatchMode[mode]);
  },
  read() {},
  track(watches, { path, mode }, code) {
    if (code === 0) watches.addPersistent(path, mode);
  },
};

export interface WatcherTypeArgs extends PathArgs {
  readonly type: keyof typeof WatcherType;
}

/** Fails with `NoWatcher` when this connection has no such watch. */
export const checkWatches: Operation<WatcherTypeArgs, void> = {
  opCode: OpCode.checkWatches,
  name: 'checkWatches',
  path: pathOf,
  write: writeWatcherType,
  read() {},
};

export const removeWatches: Operation<WatcherTypeArgs, void> = {
  opCode: OpCode.removeWatches,
  name: 'removeWatches',
  path: pathOf,
  write: writeWatcherType,
  read() {},
  track(watches, { path, type }, code) {
    if (code === 0 || code === NO_WATCHER) watches.remove(path, type);
  },
};

function writeWatcherType(w: JuteWriter, { path, type }: WatcherTypeArgs): void {
  w.path(path);
  w.int(WatcherType[type]);
}

export const closeSession: Operation<undefined, void> = {
  opCode: OpCode.closeSession,
  name: 'closeSession',
  write() {},
  read() {},
};
