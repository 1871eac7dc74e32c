/** `jute.maxbuffer` unless both sides set it: the largest packet, in bytes. */
export const DEFAULT_MAX_BUFFER = 1_048_575;

/** xid 4, zxid 8, error 4, and the length of a list 4. */
const REPLY_HEADER = 16;
const LENGTH = 4;
const STAT = 68;

/**
 * The most children whose names of `nameBytes` each fit into one reply of getChildren, with the
 * parent's stat (getChildren2) or without. Clients drop the connection at a larger reply.
 */
export function maxChildren(nameBytes: number, maxBuffer: number, withStat: boolean): number {
  const room = maxBuffer - REPLY_HEADER - LENGTH - (withStat ? STAT : 0);
  return Math.max(0, Math.floor(room / (LENGTH + nameBytes)));
}

/** The most data that a reply of getData can bring. */
export function maxData(maxBuffer: number): number {
  return Math.max(0, maxBuffer - REPLY_HEADER - LENGTH - STAT);
}

/**
 * Requests that one server takes before it stops reading from connections that already have one
 * in process: the voters but one share `globalOutstandingLimit` (LeaderZooKeeperServer).
 */
export function outstandingPerServer(globalOutstandingLimit: number, voters: number): number {
  return voters > 2 ? Math.floor(globalOutstandingLimit / (voters - 1)) : globalOutstandingLimit;
}

/** The least `globalOutstandingLimit` that gives one server so many. */
const outstandingForAll = (perServer: number, voters: number): number =>
  voters > 2 ? perServer * (voters - 1) : perServer;

/** What a plan asks of one ensemble, and how that is configured. 0 means no limit where ZooKeeper says so. */
export interface LimitLoad {
  readonly voters: number;
  readonly maxBuffer: number;
  readonly mostChildren: number;
  readonly childNameBytes: number;
  readonly largestDataBytes: number;
  readonly connectionsPerAddress: number;
  readonly maxClientCnxns: number;
  readonly connectionsPerServer: number;
  readonly maxCnxns: number;
  readonly openFiles: number;
  /** Operations per second at one server, and their mean response in seconds. */
  readonly ratePerServer: number;
  readonly response: number;
  readonly globalOutstandingLimit: number;
}

export interface LimitCheck {
  readonly id: string;
  /** The configuration key or resource. */
  readonly limitedBy: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: 'B' | '1';
  readonly fits: boolean;
  readonly advice: string;
  /** The least value of `limitedBy` that fits, where raising it is what to do. */
  readonly enough?: number;
}

/** Files that a server holds open besides its connections. */
const OTHER_FILES = 100;

/** Every limit of ZooKeeper that a plan can run into, with what to do about it. */
export function limitChecks(load: LimitLoad): LimitCheck[] {
  const { maxBuffer, voters } = load;
  const files = load.connectionsPerServer + OTHER_FILES;
  const outstanding = Math.ceil(2 * load.ratePerServer * load.response);
  const forAll = outstandingForAll(outstanding, voters);
  return [
    check('children', 'jute.maxbuffer', '1', {
      used: load.mostChildren,
      limit: maxChildren(load.childNameBytes, maxBuffer, true),
      advice: 'Spread the children over several parents or shorten their names.',
    }),
    check('data', 'jute.maxbuffer', 'B', {
      used: load.largestDataBytes,
      limit: maxData(maxBuffer),
      advice: 'Store the value elsewhere and keep its address in the znode.',
    }),
    check('connectionsPerAddress', 'maxClientCnxns', '1', {
      used: load.connectionsPerAddress,
      limit: load.maxClientCnxns || Infinity,
      advice: `Set maxClientCnxns to at least ${load.connectionsPerAddress}; clients behind one NAT share an address.`,
      enough: load.connectionsPerAddress,
    }),
    check('connections', 'maxCnxns', '1', {
      used: load.connectionsPerServer,
      limit: load.maxCnxns || Infinity,
      advice: `Set maxCnxns to at least ${load.connectionsPerServer}, or add observers.`,
      enough: load.connectionsPerServer,
    }),
    check('openFiles', 'LimitNOFILE', '1', {
      used: files,
      limit: load.openFiles,
      advice: `Allow at least ${files} open files (LimitNOFILE), or add observers.`,
      enough: files,
    }),
    check('outstanding', 'globalOutstandingLimit', '1', {
      used: outstanding,
      limit: outstandingPerServer(load.globalOutstandingLimit, voters),
      advice: `Set globalOutstandingLimit to at least ${forAll}; the requests that it lets in need heap.`,
      enough: forAll,
    }),
  ];
}

function check(
  id: string,
  limitedBy: string,
  unit: LimitCheck['unit'],
  found: { used: number; limit: number; advice: string; enough?: number },
): LimitCheck {
  return { id, limitedBy, unit, ...found, fits: found.used <= found.limit };
}
