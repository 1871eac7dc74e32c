import type { Server } from '../../../src/domain/placement/types';

/** One configuration of a program; all cases of a call share one start of it. */
export interface OracleCase {
  /** What the driver of the program documents, in its order; without white space. */
  readonly settings: readonly string[];
  readonly servers: readonly Server[];
}

/** For each case the index of the owner of each key; -1 when it is none of the servers. */
export type Placements = readonly (readonly number[])[];

export const hostOf = ({ address }: Server): string => address.slice(0, address.lastIndexOf(':'));

export const portOf = ({ address }: Server): number =>
  Number(address.slice(address.lastIndexOf(':') + 1));
