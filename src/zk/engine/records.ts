import type { AclEntry } from '../../domain/znode/acl';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { JuteReader } from './juteReader';
import type { JuteWriter } from './juteWriter';

/** The least an ACL entry (permissions and two strings) and a string take. */
const MINIMUM_ACL_BYTES = 12;
export const MINIMUM_STRING_BYTES = 4;

/**
 * `org.apache.zookeeper.data.Stat`. A bigint is an object of its own, and most znodes are not
 * ephemeral and were never changed: equal ids are kept once.
 */
export function readStat(r: JuteReader): ZnodeStat {
  const czxid = r.long();
  const mzxid = sharing(czxid, r.long());
  const ctime = r.longAsNumber();
  const mtime = r.longAsNumber();
  const version = r.int();
  const cversion = r.int();
  const aversion = r.int();
  const ephemeralOwner = sharing(0n, r.long());
  const dataLength = r.int();
  const numChildren = r.int();
  const pzxid = sharing(czxid, r.long());
  return {
    czxid,
    mzxid,
    pzxid,
    ctime,
    mtime,
    version,
    cversion,
    aversion,
    ephemeralOwner,
    dataLength,
    numChildren,
  };
}

function sharing(known: bigint, value: bigint): bigint {
  return value === known ? known : value;
}

export function writeAcl(w: JuteWriter, acl: readonly AclEntry[]): void {
  w.vector(acl, (entry) => {
    w.int(entry.permissions);
    w.string(entry.scheme);
    w.string(entry.id);
  });
}

export function readAcl(r: JuteReader): AclEntry[] {
  return r.vector(MINIMUM_ACL_BYTES, () => {
    const permissions = r.int();
    return { scheme: r.string(), id: r.string(), permissions };
  });
}

export function readStrings(r: JuteReader): string[] {
  return r.vector(MINIMUM_STRING_BYTES, () => r.string());
}

export function readPaths(r: JuteReader): string[] {
  return r.vector(MINIMUM_STRING_BYTES, () => r.path());
}
