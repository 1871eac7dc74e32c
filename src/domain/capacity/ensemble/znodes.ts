/** Znodes that are alike. Lengths in bytes of UTF-8, averages where they differ. */
export interface ZnodeGroup {
  readonly count: number;
  /** The whole path, with its slashes. */
  readonly pathBytes: number;
  /** The last part of the path. */
  readonly nameBytes: number;
  readonly dataBytes: number;
  readonly hasChildren?: boolean;
  readonly ephemeral?: boolean;
}

/** How many znodes the groups hold. */
export function znodeCount(groups: readonly ZnodeGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0);
}

/** What `approximate_data_size` shows: paths and data alone, a fraction of the heap. */
export function approximateDataSize(groups: readonly ZnodeGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count * (group.pathBytes + group.dataBytes), 0);
}
