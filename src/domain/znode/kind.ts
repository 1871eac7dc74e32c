import { sequenceOf } from './names';
import { isEphemeral, type ZnodeStat } from './stat';

/**
 * What kind of znode it is, as far as its name and stat tell. They tell nothing about containers and
 * TTL nodes: the server reports their `ephemeralOwner` as 0 (`DataNode.copyStat`).
 */
export interface ZnodeKind {
  /** False as long as the stat is unknown. */
  readonly ephemeral: boolean;
  /** Whether the name looks like that of a sequential znode. */
  readonly sequential: boolean;
}

export function kindOf(name: string, stat: ZnodeStat | undefined): ZnodeKind {
  return {
    ephemeral: stat !== undefined && isEphemeral(stat),
    sequential: sequenceOf(name) !== undefined,
  };
}
