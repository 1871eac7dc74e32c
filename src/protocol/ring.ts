import type { MembershipKind } from '../domain/membership/detect';
import type { OptionSpec, Options, PresetStatus, Warning } from '../domain/placement/types';

/** What the user chose in a ring; survives a reload of the window. */
export interface RingChoices {
  readonly connectionId: string;
  readonly path: string;
  /** The layout of the children when the user overrode what was detected. */
  readonly kind?: MembershipKind | undefined;
  /** The preset when the user chose another one than the default of the layout. */
  readonly preset?: string;
  readonly options: Options;
  readonly whatIf: WhatIf;
}

/** Changes that are tried on the picture only; nothing is written to ZooKeeper. */
export interface WhatIf {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Empty or absent: the same one. */
  readonly preset?: string;
}

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
  readonly address: string;
  /** The address as it may be shown: deceptive characters escaped, cut. */
  readonly label: string;
  readonly weight: number;
  readonly zone: string;
  readonly state: string;
  readonly share: number;
  readonly fair: number;
  /** Under the what-if, when there is one. */
  readonly after?: {
    readonly share: number;
    readonly fair: number;
    readonly gain: number;
    readonly loss: number;
  };
  readonly change?: 'added' | 'removed';
}

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

export interface RingEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
  /** The part of the hash space that changed owner. */
  readonly moved: number;
}

export interface RingPresetChoice {
  readonly id: string;
  readonly program: string;
  readonly title: string;
  readonly version: string;
  readonly status: PresetStatus;
}

/** All that the page shows, but for keys. */
export interface RingSnapshot {
  readonly type: 'snapshot';
  /** Rises with each snapshot; `keys` messages name the one that they belong to. */
  readonly version: number;
  readonly strings: RingStrings;
  readonly choices: RingChoices;
  readonly title: string;
  /** Why there is nothing, or nothing current, to see. */
  readonly message: string;
  readonly kind: MembershipKind | '';
  readonly kinds: readonly { readonly id: MembershipKind | ''; readonly label: string }[];
  readonly presets: readonly RingPresetChoice[];
  readonly preset: string;
  readonly presetNote: string;
  readonly options: readonly (OptionSpec & { readonly value: string | number | boolean })[];
  readonly servers: readonly RingServer[];
  readonly now: RingView | undefined;
  readonly after: RingAfter | undefined;
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
  /** The owner under the what-if when it is another one. */
  readonly movesTo?: number;
}

/** The chain of the typed key and the table of the pasted ones. */
export interface RingKeys {
  readonly type: 'keys';
  readonly version: number;
  readonly typed:
    | {
        readonly key: string;
        readonly steps: readonly { readonly label: string; readonly value: string }[];
        readonly owner: number;
        /** Upper 32 bits of its place on the ring; undefined when there is no ring. */
        readonly position?: number;
      }
    | undefined;
  readonly rows: readonly RingKey[];
  /** How many keys of the list each server of the snapshot has. */
  readonly counts: readonly number[];
  readonly total: number;
  readonly moved: number;
}

export type ToRingPage = RingSnapshot | RingKeys;

export type FromRingPage =
  | { readonly type: 'ready' }
  | { readonly type: 'kind'; readonly kind: string }
  | { readonly type: 'preset'; readonly id: string }
  | { readonly type: 'option'; readonly name: string; readonly value: string | number | boolean }
  | { readonly type: 'whatIf'; readonly whatIf: WhatIf }
  | { readonly type: 'keys'; readonly typed: string; readonly list: string };

/** Every text of the page, translated by the host; {0}, {1} are filled by the page. */
export type RingStrings = Readonly<
  Record<
    | 'ring'
    | 'layout'
    | 'preset'
    | 'options'
    | 'servers'
    | 'server'
    | 'share'
    | 'fair'
    | 'ratio'
    | 'weight'
    | 'zone'
    | 'state'
    | 'keys'
    | 'key'
    | 'keyHint'
    | 'keyList'
    | 'keyListHint'
    | 'hash'
    | 'owner'
    | 'movesTo'
    | 'events'
    | 'noEvents'
    | 'moved'
    | 'warnings'
    | 'problems'
    | 'whatIf'
    | 'whatIfHint'
    | 'remove'
    | 'restore'
    | 'add'
    | 'addHint'
    | 'reset'
    | 'whatIfPreset'
    | 'samePreset'
    | 'before'
    | 'after'
    | 'gain'
    | 'loss'
    | 'movedExact'
    | 'movedAbout'
    | 'virtualNodes'
    | 'maxMean'
    | 'needle'
    | 'needleHelp'
    | 'nobody'
    | 'pictureOf'
    | 'keysMoved'
    | 'moreKeys'
    | 'outerInner'
    | 'cells'
    | 'cell'
    | 'nothing',
    string
  >
>;
