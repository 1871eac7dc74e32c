import type { MembershipKind } from '../domain/membership/detect';
import type {
  Options,
  OptionSpec,
  OptionValue,
  PresetStatus,
  Server,
  Warning,
} from '../domain/placement/types';
import type { WhatIf } from '../domain/placement/whatIf';
import type { RingChoices, RingKeySource, RingRates } from '../domain/ring/choices';
import type { RingStrings } from './ringStrings';

/** How the hash space is divided. Owners are indexes into `servers` of the snapshot, 0xffff nobody. */
export type RingPicture =
  | {
      readonly kind: 'ring';
      /** Where arcs end, inclusive, ascending: of 64-bit rings the upper halves. */
      readonly ends: Uint32Array;
      readonly owners: Uint16Array;
    }
  | { readonly kind: 'table'; readonly cells: Uint16Array }
  /** Nothing but the shares can be drawn. */
  | { readonly kind: 'shares' };

/** One server; shares are parts of the hash space, 0 to 1. */
export interface RingServer {
  /** As it is: to name the server to the host, never to be shown. */
  readonly address: string;
  /** The address as it may be shown: deceptive characters escaped, cut. */
  readonly label: string;
  readonly weight: number;
  readonly zone: string;
  readonly state: string;
  readonly share: number;
  readonly fair: number;
  /**
   * ρ = λ·share/(c·μ), when rates are given: from 1 on the server can't keep up. The share is that of
   * the keys by their popularity, or of the hash space when there are none or very many.
   */
  readonly utilisation?: number;
  /** Its part of the observed load, when that is known. */
  readonly load?: number;
  /** Under the what-if, when there is one. */
  readonly after?: {
    readonly share: number;
    readonly fair: number;
    readonly gain: number;
    readonly loss: number;
    readonly weight: number;
    readonly utilisation?: number;
    /** Its expected part of the observed load: what it has for each unit of share stays. */
    readonly load?: number;
  };
  readonly change?: RingChange;
}

/** What the what-if does to a server; `removed` by itself or with its zone. */
export type RingChange = 'added' | 'removed' | 'drained' | 'reweighted';

export interface RingSummary {
  readonly servers: number;
  /** Virtual nodes, cells or 0. */
  readonly points: number;
  readonly maxOverMean: number;
  readonly variation: number;
  readonly verdict: string;
}

export interface RingView {
  readonly picture: RingPicture;
  readonly summary: RingSummary;
}

/** What the what-if does. `error` is half the 95 % confidence interval of `moved`, 0 when exact. */
export interface RingAfter extends RingView {
  readonly moved: number;
  readonly error: number;
}

/** All that `createPlacement` needs, so that keys can be placed beside the host. */
export interface RingPlacementInput {
  readonly preset: string;
  readonly options: Options;
  readonly servers: readonly Server[];
  /** For each of these servers its index in `servers` of the snapshot. */
  readonly rows: readonly number[];
}

export interface RingEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
  /** The part that changed owner, of the keys or, without any, of the hash space. */
  readonly moved: number;
  readonly of: 'keys' | 'space';
}

export interface RingPresetChoice {
  readonly id: string;
  readonly program: string;
  readonly title: string;
  readonly version: string;
  readonly status: PresetStatus;
  readonly weighted: boolean;
}

/** A zone that can be lost. */
export interface RingZone {
  /** As it is: for `lostZones`. */
  readonly id: string;
  readonly label: string;
  readonly servers: number;
}

/** An option of a preset with what is chosen. */
export type RingOption = OptionSpec & { readonly value: OptionValue };

/** All that the page shows, but for keys. */
export interface RingSnapshot {
  readonly type: 'snapshot';
  /** Rises with each snapshot; `keys` messages name the one that they belong to. */
  readonly version: number;
  readonly strings: RingStrings;
  readonly choices: RingChoices;
  readonly title: string;
  /** Where the servers come from, in words. */
  readonly source: string;
  /** Whether what is chosen is kept in a `*.zkring.json`, or needs *Save Ring As…* for that. */
  readonly isFile: boolean;
  /** Why there is nothing, or nothing current, to see. */
  readonly message: string;
  readonly kind: MembershipKind | '';
  /** Empty when the servers aren't the children of a znode. */
  readonly kinds: readonly { readonly id: MembershipKind | ''; readonly label: string }[];
  readonly presets: readonly RingPresetChoice[];
  readonly preset: string;
  readonly presetNote: string;
  readonly options: readonly RingOption[];
  /** The name of the option that sets the number of virtual nodes; '' when there is none. */
  readonly virtualNodes: string;
  /** The options of the what-if's preset as they are under it. */
  readonly whatIfOptions: readonly RingOption[];
  readonly zones: readonly RingZone[];
  readonly servers: readonly RingServer[];
  readonly placement: RingPlacementInput | undefined;
  readonly placementAfter: RingPlacementInput | undefined;
  readonly now: RingView | undefined;
  readonly after: RingAfter | undefined;
  /** The program whose pool configuration can be written for the chosen preset; '' for none. */
  readonly poolProgram: string;
  readonly warnings: readonly Warning[];
  readonly problems: readonly string[];
  readonly events: readonly RingEvent[];
}

export interface RingKey {
  readonly key: string;
  readonly hash: string;
  /** Index into `servers`, -1 = nobody. */
  readonly owner: number;
  readonly answer: string;
  /** The further servers that hold it, when there are replicas. */
  readonly replicas: readonly number[];
  /** The owner under the what-if when it is another one. */
  readonly movesTo?: number;
}

/** The chain of the typed key; undefined when there is none, or nothing to place it on. */
export interface RingKeys {
  readonly type: 'keys';
  readonly version: number;
  readonly typed:
    | {
        readonly key: string;
        readonly steps: readonly { readonly label: string; readonly value: string }[];
        readonly owner: number;
        readonly replicas: readonly number[];
        /** Upper 32 bits of its place on the ring; undefined when there is no ring. */
        readonly position?: number;
      }
    | undefined;
}

/** The keys themselves, sent when there are others: to place all of them beside the host. */
export interface RingKeyList {
  readonly type: 'keyList';
  /** Rises with each list. */
  readonly id: number;
  /** Where they come from, in words; '' when there is no source. */
  readonly label: string;
  /** What went wrong or was left out, in words; '' when all are here. */
  readonly message: string;
  readonly total: number;
  /** To be read with `patternKeys`, or split: keys one on a line in UTF-8, without empty ones. */
  readonly keys: { readonly pattern: string } | { readonly lines: Uint8Array };
}

/** A strategy on the members and keys of the ring, beside the others. */
export interface RingStrategy {
  /** Id of the preset. */
  readonly id: string;
  readonly program: string;
  readonly title: string;
  /** `comparison`: nobody places keys so, it is there to compare with. */
  readonly use: 'placement' | 'policy' | 'comparison';
  /** Of the keys when there are any, of the hash space otherwise. */
  readonly maxOverMean: number;
  readonly variation: number;
  /** The part that moves when one server more joins and when one leaves; absent without owners. */
  readonly joinMoves?: number;
  readonly leaveMoves?: number;
  /** The time of one lookup, measured here: for comparison with the other rows only. */
  readonly nanoseconds?: number;
  /** How it grows with the number of servers n. */
  readonly lookup: '1' | 'log n' | 'n';
  /** Why it can't be used on these members; the numbers are 0 then. */
  readonly problem?: string;
}

export interface RingComparison {
  readonly type: 'comparison';
  /** The snapshot that it belongs to. */
  readonly version: number;
  readonly strategies: readonly RingStrategy[];
  /** The server that leaves, as it may be shown. */
  readonly leaver: string;
  /** How many keys were placed; 0 = shares of the hash space. */
  readonly keys: number;
}

export type ToRingPage =
  | RingSnapshot
  | RingKeys
  | RingKeyList
  | RingComparison
  /** To be answered with `image`. */
  | { readonly type: 'render'; readonly format: 'svg' | 'png' };

export type FromRingPage =
  | { readonly type: 'ready' }
  | { readonly type: 'kind'; readonly kind: string }
  | { readonly type: 'preset'; readonly id: string }
  | { readonly type: 'option'; readonly name: string; readonly value: OptionValue }
  | { readonly type: 'whatIf'; readonly whatIf: WhatIf }
  | { readonly type: 'typed'; readonly key: string }
  /** Without a source there are no keys. */
  | { readonly type: 'keySource'; readonly source?: RingKeySource }
  /** The host asks which file or znode, or takes what is in the editor. */
  | { readonly type: 'chooseKeys'; readonly from: 'editor' | 'file' | 'znode' }
  /** Without an exponent all keys are asked for alike. */
  | { readonly type: 'popularity'; readonly exponent?: number }
  | { readonly type: 'replicas'; readonly count: number; readonly distinctZones: boolean }
  | { readonly type: 'rates'; readonly rates?: RingRates }
  /** Observed load as typed, by address; empty for none. */
  | { readonly type: 'load'; readonly load: Readonly<Record<string, number>> }
  /** The host asks for a CSV file, or for the field of the members' JSON. */
  | { readonly type: 'chooseLoad'; readonly from: 'csv' | 'field' }
  /** Tries, as a what-if, weights that even out the observed load. */
  | { readonly type: 'suggestWeights' }
  /** To be answered with `comparison`. */
  | { readonly type: 'compare' }
  /** The host asks in which form and where. */
  | { readonly type: 'save'; readonly what: 'ring' | 'placement' | 'moves' | 'pool' }
  | { readonly type: 'image'; readonly format: 'svg' | 'png'; readonly bytes: Uint8Array };
