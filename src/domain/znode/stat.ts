/**
 * What the server keeps about a znode, in the server's own terms.
 *
 * Transaction ids and session ids are 64-bit, hence bigint; times are milliseconds since 1970 on the
 * server's clock; `dataLength` is in bytes.
 */
export interface ZnodeStat {
  readonly czxid: bigint;
  readonly mzxid: bigint;
  readonly pzxid: bigint;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  /** The owning session of an ephemeral znode, 0 for all others (also for containers and TTL nodes). */
  readonly ephemeralOwner: bigint;
  readonly dataLength: number;
  readonly numChildren: number;
}

export function isEphemeral(stat: ZnodeStat): boolean {
  return stat.ephemeralOwner !== 0n;
}

/** Whether two stats show the same state of the same znode. */
export function sameStat(a: ZnodeStat | undefined, b: ZnodeStat | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.czxid === b.czxid &&
    a.mzxid === b.mzxid &&
    a.pzxid === b.pzxid &&
    a.aversion === b.aversion &&
    a.numChildren === b.numChildren &&
    a.version === b.version
  );
}
