/**
 * Numbers of ZooKeeper's client protocol: `ZooDefs.OpCode`, `ClientCnxn` (xids),
 * `Watcher.Event.EventType`, `Watcher.WatcherType`, `ZooDefs.AddWatchModes`, `CreateMode` flags.
 */
export const OpCode = {
  create: 1,
  delete: 2,
  exists: 3,
  getData: 4,
  setData: 5,
  getACL: 6,
  setACL: 7,
  getChildren: 8,
  sync: 9,
  ping: 11,
  getChildren2: 12,
  check: 13,
  multi: 14,
  create2: 15,
  reconfig: 16,
  checkWatches: 17,
  removeWatches: 18,
  createContainer: 19,
  createTTL: 21,
  multiRead: 22,
  auth: 100,
  setWatches: 101,
  sasl: 102,
  getEphemerals: 103,
  getAllChildrenNumber: 104,
  setWatches2: 105,
  addWatch: 106,
  whoAmI: 107,
  closeSession: -11,
  error: -1,
} as const;

/** Transaction ids of messages that don't count as requests; their replies may overtake others. */
export const Xid = { notification: -1, ping: -2, auth: -4, setWatches: -8 } as const;

export const EventType = { created: 1, deleted: 2, dataChanged: 3, childrenChanged: 4 } as const;

/** Which watches of a path `removeWatches` and `checkWatches` mean; `any` includes persistent ones. */
export const WatcherType = { children: 1, data: 2, any: 3 } as const;

export const AddWatchMode = { persistent: 0, recursive: 1 } as const;

export const CreateFlag = {
  persistent: 0,
  ephemeral: 1,
  persistentSequential: 2,
  ephemeralSequential: 3,
  container: 4,
  persistentTtl: 5,
  persistentSequentialTtl: 6,
} as const;

/** Bytes of a request's or reply's header, without the length before it. */
export const REQUEST_HEADER_BYTES = 8;
export const REPLY_HEADER_BYTES = 16;
