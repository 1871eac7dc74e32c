import type { MembershipKind } from '../membership/detect';
import type { Options, Server } from '../placement/types';
import type { WhatIf } from '../placement/whatIf';

/** Where the servers of a ring come from. */
export type RingMembers =
  | {
      /** The id of a connection. */
      readonly connection: string;
      /** The znode whose children are the servers. */
      readonly path: string;
      /** The layout of the children when it isn't the one that is detected. */
      readonly layout?: MembershipKind;
    }
  | { readonly servers: readonly Server[] }
  /** A JSON file of servers as `zkw --servers` takes it; relative to the ring file, inside its workspace. */
  | { readonly file: string };

/** Where keys come from: at most one thing at a time. */
export type RingKeySource =
  | { readonly list: readonly string[] }
  /** Such as `user:{1..100000}`, see `keyPattern.ts`. */
  | { readonly pattern: string }
  /** One key on a line; relative to the ring file, inside its workspace. */
  | { readonly file: string }
  /** The names of the children of a znode. */
  | { readonly connection: string; readonly path: string };

/** Of M/M/c at each server: ρ = λ·share/(c·μ). All above 0, rates in the same unit of time. */
export interface RingRates {
  /** λ: requests to all servers together in a second. */
  readonly arrivals: number;
  /** c: what each server works on at the same time. */
  readonly parallel: number;
  /** μ: requests that one of these does in a second. */
  readonly service: number;
}

/** All that is chosen in a ring: what a `*.zkring.json` file holds, and a panel over a reload. */
export interface RingChoices {
  readonly title?: string;
  readonly members: RingMembers;
  /** Absent: the default of the layout. */
  readonly preset?: string;
  readonly options: Options;
  /** How many servers hold each key, its owner included; 1 when absent. */
  readonly replicas?: number;
  /** Whether replicas are in zones of their own. */
  readonly distinctZones?: boolean;
  readonly keys?: RingKeySource;
  /** Zipf exponent of how often keys are asked for, in their order; absent: all alike. */
  readonly popularity?: number;
  readonly rates?: RingRates;
  /** Observed load by address, in any unit. */
  readonly load?: Readonly<Record<string, number>>;
  readonly whatIf: WhatIf;
}
