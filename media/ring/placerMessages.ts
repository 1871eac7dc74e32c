import type { VirtualNode } from '../../src/domain/placement/types';
import type { RingKey, RingKeyList, RingPlacementInput } from '../../src/protocol/ring';

/** Which rows of the key table are wanted. */
export interface RowQuery {
  readonly from: number;
  readonly count: number;
  /** A part of the key; '' for all. */
  readonly text: string;
  /** Only keys of this server, now or under the what-if. */
  readonly server?: number;
  readonly movedOnly: boolean;
}

export interface RowPage {
  /** Of the first row among those that match. */
  readonly from: number;
  readonly rows: readonly KeyRow[];
  /** How many keys match. */
  readonly matching: number;
}

export interface KeyRow extends RingKey {
  /** Its place in the list. */
  readonly index: number;
  /** The upper 32 bits of its hash. */
  readonly position: number;
}

/** Where all keys land; counts and loads are by server of the snapshot. */
export interface KeySummary {
  readonly total: number;
  readonly counts: readonly number[];
  readonly countsAfter: readonly number[] | undefined;
  /** The parts of requests, 0 to 1, by popularity. */
  readonly loads: readonly number[];
  readonly loadsAfter: readonly number[] | undefined;
  readonly moved: number;
  /** Part of the requests that moves. */
  readonly movedLoad: number;
  /** Upper halves of hashes in ascending order; of very many keys, of each n-th. */
  readonly positions: Uint32Array;
}

export interface PlaceInput {
  readonly placement: RingPlacementInput | undefined;
  readonly after: RingPlacementInput | undefined;
  readonly servers: number;
  readonly replicas: number;
  readonly distinctZones: boolean;
  /** Zipf exponent; 0 = all keys alike. */
  readonly exponent: number;
}

export type ToPlacer =
  | ({ readonly type: 'place' } & PlaceInput)
  | { readonly type: 'keys'; readonly list: RingKeyList }
  | { readonly type: 'rows'; readonly id: number; readonly query: RowQuery }
  | { readonly type: 'point'; readonly id: number; readonly position: number };

export type FromPlacer =
  | { readonly type: 'summary'; readonly summary: KeySummary }
  | { readonly type: 'rows'; readonly id: number; readonly page: RowPage }
  | { readonly type: 'point'; readonly id: number; readonly point: VirtualNode | undefined };
