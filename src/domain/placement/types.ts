/**
 * The public language of key placement: which server a key lands on, in the exact dialect of a real
 * program. A preset turns a key's bytes into a hash and servers into a layout of the hash space.
 * Every text is plain English with a code beside it, so that a user interface can localise by code.
 */

import type { Layout } from './layout/layout';

/** One member. `weight` defaults to 1; `name` replaces the address where the program lets it. */
export interface Server {
  /** `host:port` as the program is configured with it, e.g. `10.0.0.1:11211`. */
  readonly address: string;
  readonly weight?: number;
  /** twemproxy's alias, Envoy's hash key, an uhashring node name. */
  readonly name?: string;
  /** HAProxy's `id`; 1-based position when absent. */
  readonly id?: number;
  /** A server that is down takes no keys, as the program does it. */
  readonly down?: boolean;
  readonly zone?: string;
}

export type OptionValue = string | number | boolean;
export type Options = Readonly<Record<string, OptionValue>>;

/** An option of a preset: a choice, a whole or real number in a range, a switch, or a text. */
export interface OptionSpec {
  readonly name: string;
  readonly help: string;
  readonly default: OptionValue;
  /** The allowed values; without it, a value of the default's type. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Numbers are whole unless this says otherwise. */
  readonly real?: boolean;
}

export type Picture = 'ring' | 'nearestRing' | 'table' | 'slots' | 'ranges' | 'buckets' | 'none';

/**
 * What a preset was checked against: the running program (`proved`), numbers that its own tests
 * publish (`publishedVectors`), or nothing but its source or definition (`experimental`).
 */
export type PresetStatus = 'proved' | 'publishedVectors' | 'experimental';

export interface Preset {
  readonly id: string;
  readonly program: string;
  /** The version that the rules were taken from or checked against. */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  /** Where the rules come from. */
  readonly source: string;
  readonly status: PresetStatus;
  readonly picture: Picture;
  /** Which assignment decides the owner; without one, the slot, partition or token is the answer. */
  readonly assignment?: AssignmentKind;
  /** The option that sets the number of virtual nodes, when there is one. */
  readonly virtualNodes?: string;
  /** Whether weights change the placement; programs that ignore them get a warning. */
  readonly weighted: boolean;
  /** Only for comparison: no program in use places keys so. */
  readonly comparisonOnly?: boolean;
  /** A policy without a stable owner: simulate it with `simulatePolicy` instead of placing keys. */
  readonly policy?: boolean;
}

export type AssignmentKind = 'slots' | 'partitions' | 'ranges' | 'tokens';

/** Owners are addresses or names of servers; ranges are inclusive at both ends. */
export interface Assignment {
  readonly slots?: readonly {
    readonly from: number;
    readonly to: number;
    readonly owner: string;
  }[];
  /** The leader of partition 0, 1, …; null when there is none. */
  readonly partitions?: readonly (string | null)[];
  /** Bounds of signed 32-bit hashes as 1–8 hex digits, e.g. `80000000`–`ffffffff` for shard1. */
  readonly ranges?: readonly {
    readonly from: string;
    readonly to: string;
    readonly name: string;
    readonly owner?: string;
  }[];
  /** Signed 64-bit decimal tokens; a server owns (previous token, its token]. */
  readonly tokens?: readonly { readonly token: string; readonly owner: string }[];
}

/** What was wrong, where (`servers[2].weight`, `options.hash`) and what to do about it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly where: string;
}

/** Something a user should know about a preset with these servers, options or keys. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** A list of keys hashed once, sorted by hash: placing it again after a change is one sweep. */
export interface HashedKeys {
  readonly keys: readonly Uint8Array[];
  /** `order[i]` is the index in `keys` of the i-th smallest hash. */
  readonly order: Uint32Array;
  /** The sorted hashes: 32-bit ones, or the upper half of 64-bit ones with `lo` the lower half. */
  readonly hi: Uint32Array;
  readonly lo: Uint32Array | undefined;
}

/**
 * A ring to draw. Positions are unsigned; of 64-bit rings these are the upper 32 bits. `points` are
 * the virtual nodes in order, `owners` their servers; `ends` is where the arc of each owner in
 * `endOwners` ends, inclusive. Both differ only on rings where the nearest point wins.
 */
export interface Ring {
  readonly bits: 32 | 64;
  readonly points: Uint32Array;
  readonly owners: Uint16Array;
  readonly ends: Uint32Array;
  readonly endOwners: Uint16Array;
}

/** A point of a ring: its position in hex and the text that was hashed into it, where known. */
export interface VirtualNode {
  readonly pointHex: string;
  readonly virtualNode: string | undefined;
}

/** Why a key has its owner, from bytes to server. */
export interface Explanation {
  readonly keyHex: string;
  /** The part that is hashed, when it is not all of the key (hash tags, URI before `?`). */
  readonly hashedHex: string | undefined;
  readonly hashName: string;
  /** 8 hex digits, or 16 for 64-bit hashes. */
  readonly hashHex: string;
  /** Position of the point that decided, in hex; undefined where there is no ring. */
  readonly pointHex: string | undefined;
  /** The text that was hashed into that point, e.g. `10.0.1.3:11211-17`. */
  readonly virtualNode: string | undefined;
  /** Slot, partition, bucket or table cell; undefined on rings. */
  readonly cell: number | undefined;
  /** Index into `servers`, -1 = none. */
  readonly owner: number;
  readonly answer: string;
  /** The servers asked next, in order, when the owner is down; at most 5, empty if there is no rule. */
  readonly fallbacks: readonly number[];
  /** The same as a sentence for people. */
  readonly sentence: string;
}

/** One membership under one preset. Immutable: `with…` gives another one. */
export interface Placement {
  readonly preset: Preset;
  readonly servers: readonly Server[];
  /** All options, defaults filled in. */
  readonly options: Options;
  readonly warnings: readonly Warning[];
  /** Index into `servers`, -1 = none. */
  ownerOf(key: Uint8Array): number;
  /** Owners in the order of the keys, -1 = none. */
  ownersOf(keys: readonly Uint8Array[]): Int32Array;
  /** Hashes and sorts a list; any placement of the same preset and options can use it. */
  hashKeys(keys: readonly Uint8Array[]): HashedKeys;
  /** Owners in the order of the *sorted hashes* (see `HashedKeys.order`). */
  ownersOfHashed(hashed: HashedKeys): Int32Array;
  /** Address of the owner, or slot, partition, shard or token where nothing says who owns it. */
  answerOf(key: Uint8Array): string;
  explain(key: Uint8Array): Explanation;
  /** The hash of a key, upper half first; the array is reused by the next call. */
  hashInto(key: Uint8Array): Uint32Array;
  /** Whether `layout` knows the owner of each hash; otherwise the key itself has to be asked for. */
  readonly decidesByHash: boolean;
  /** The virtual node that decides where a hash belongs; undefined where there is no ring. */
  pointAt(hi: number, lo: number): VirtualNode | undefined;
  /** Up to `count` further distinct servers in the order in which the layout names them. */
  fallbacks(key: Uint8Array, count: number, distinctZones?: boolean): number[];
  /** The exact share of the hash space of each server; sums to 1 unless parts have no owner. */
  shares(): Float64Array;
  readonly ring: Ring | undefined;
  /** How the hash space is divided: what the measures compare. */
  readonly layout: Layout;
  /** Two placements with the same label hash keys alike, so that their layouts can be compared. */
  readonly hashName: string;
  /** Cells of a table (slots, partitions, Maglev), each the index of its server or -1. */
  readonly table: Int32Array | undefined;
  /** The same preset with other servers; rings reuse the points of servers that stay. */
  withServers(servers: readonly Server[]): Placement | Problem[];
}
