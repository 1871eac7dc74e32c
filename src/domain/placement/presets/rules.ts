import type { Limbs } from '../hashes/limbs';
import type { Layout } from '../layout/layout';
import type { Member, PointRules } from '../layout/points';
import type { Assignment, Options, Preset, Problem } from '../types';

/** A hash of the first `length` bytes; 64-bit ones write both halves to `out`. */
export type Hash32 = (bytes: Uint8Array, length: number) => number;
export type Hash64 = (bytes: Uint8Array, length: number, out: Limbs) => void;

/** How keys are hashed: equal names hash alike. `range` is the number of possible values. */
export interface KeyHash32 {
  readonly bits: 32;
  readonly name: string;
  readonly range: number;
  readonly hash: Hash32;
}

export interface KeyHash64 {
  readonly bits: 64;
  readonly name: string;
  readonly range: number;
  readonly hash: Hash64;
}

export type KeyHash = KeyHash32 | KeyHash64;

/** What a preset makes of options and members. */
export interface Rules {
  readonly key: KeyHash;
  /** The part of a key that is hashed: tags in braces, a URI without its query. */
  readonly part?: (key: Uint8Array) => Uint8Array;
  readonly space: RingSpace | OtherSpace;
  /** What a key gets when nothing says who owns it: the name of slot, partition or token. */
  readonly answer?: (hi: number, lo: number) => string;
  /** A rule that needs the key itself, not only its hash. */
  readonly override?: (key: Uint8Array) => number;
}

interface RingSpace {
  readonly kind: 'ring';
  readonly points: PointRules;
}

/** A layout made in one go: from members, or from an assignment. */
interface OtherSpace {
  readonly kind: 'layout';
  readonly build: (members: readonly Member[]) => Layout | Problem[];
}

export interface Input {
  readonly options: Options;
  /** All members, and those that are not down. */
  readonly all: readonly Member[];
  readonly members: readonly Member[];
  readonly assignment: Assignment | undefined;
}

/** A preset with its rules; `rules` sees checked options. */
export interface Definition {
  readonly preset: Preset;
  /** Whether the program takes whole weights only. */
  readonly wholeWeights?: boolean;
  readonly rules: (input: Input) => Rules | Problem[];
}

export const hash32 = (name: string, hash: Hash32, range = 2 ** 32): KeyHash32 => ({
  bits: 32,
  name,
  range,
  hash,
});

export const hash64 = (name: string, hash: Hash64): KeyHash64 => ({
  bits: 64,
  name,
  range: 2 ** 64,
  hash,
});

export const weightOf = (member: Member): number => member.server.weight ?? 1;
