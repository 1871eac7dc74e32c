import type { ZnodeGroup } from '../ensemble/znodes';

/** What a use of ZooKeeper asks of the ensemble. Rates per second at peak. */
export interface ZooKeeperLoad {
  readonly sessions: number;
  readonly znodes: readonly ZnodeGroup[];
  readonly watchedPaths: number;
  /** Watches in all; a path with three watchers counts three times. */
  readonly watches: number;
  readonly reads: number;
  readonly writes: number;
  /** Mean bytes of the path and the data of a write. */
  readonly pathBytes: number;
  readonly dataBytes: number;
  /** The parent with the most children, and the length of their names. */
  readonly mostChildren: number;
  readonly childNameBytes: number;
  /** What one change of membership sets off: clients that read the list again, and the bytes. */
  readonly stormReads: number;
  readonly stormBytes: number;
}

export const NO_LOAD: ZooKeeperLoad = {
  sessions: 0,
  znodes: [],
  watchedPaths: 0,
  watches: 0,
  reads: 0,
  writes: 0,
  pathBytes: 0,
  dataBytes: 0,
  mostChildren: 0,
  childNameBytes: 0,
  stormReads: 0,
  stormBytes: 0,
};

/** Both loads on one ensemble; of storms and lists of children the greater one counts. */
export function together(a: ZooKeeperLoad, b: ZooKeeperLoad): ZooKeeperLoad {
  const writes = a.writes + b.writes;
  const mean = (x: number, y: number): number =>
    writes > 0 ? (x * a.writes + y * b.writes) / writes : Math.max(x, y);
  const longest =
    a.mostChildren * (4 + a.childNameBytes) >= b.mostChildren * (4 + b.childNameBytes);
  const { mostChildren, childNameBytes } = longest ? a : b;
  const { stormReads, stormBytes } = a.stormBytes >= b.stormBytes ? a : b;
  return {
    sessions: a.sessions + b.sessions,
    znodes: [...a.znodes, ...b.znodes],
    watchedPaths: a.watchedPaths + b.watchedPaths,
    watches: a.watches + b.watches,
    reads: a.reads + b.reads,
    writes,
    pathBytes: mean(a.pathBytes, b.pathBytes),
    dataBytes: mean(a.dataBytes, b.dataBytes),
    mostChildren,
    childNameBytes,
    stormReads,
    stormBytes,
  };
}

/** Members that announce themselves by ephemeral znodes, and clients that watch their list. */
export interface Membership {
  readonly members: number;
  readonly clients: number;
  /** Of the parent; names and data of the members. */
  readonly parentPathBytes: number;
  readonly nameBytes: number;
  readonly dataBytes: number;
  /** Restarts an hour, of all members together. */
  readonly restartsPerHour: number;
}

/** A session is opened, the member created and the session closed: 3 transactions a restart. */
const WRITES_PER_RESTART = 3;
/** It leaves the list and comes back. */
const CHANGES_PER_RESTART = 2;
/** Length 4, header 16, type 4, state 4, length of the path 4. */
const EVENT_BYTES = 32;
const LIST_REPLY_BYTES = 4 + 16 + 4;

/** One session and ephemeral znode a member; one session and watch on the list a client. */
export function membershipLoad(use: Membership): ZooKeeperLoad {
  const { members, clients, parentPathBytes, nameBytes, dataBytes } = use;
  const restarts = use.restartsPerHour / 3600;
  const pathBytes = parentPathBytes + 1 + nameBytes;
  const replyBytes = LIST_REPLY_BYTES + members * (4 + nameBytes);
  return {
    sessions: members + clients,
    znodes: [
      { count: 1, pathBytes: parentPathBytes, nameBytes, dataBytes: 0, hasChildren: true },
      { count: members, pathBytes, nameBytes, dataBytes, ephemeral: true },
    ],
    watchedPaths: 1,
    watches: clients,
    reads: restarts * CHANGES_PER_RESTART * clients,
    writes: restarts * WRITES_PER_RESTART,
    pathBytes,
    dataBytes,
    mostChildren: members,
    childNameBytes: nameBytes,
    stormReads: clients,
    stormBytes: clients * (EVENT_BYTES + parentPathBytes + replyBytes),
  };
}
