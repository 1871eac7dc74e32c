import type { Role, ServerSample } from './sample';
import type { VoteRule } from './voteGroups';

/** A member of the ensemble, or a server of the connect string that is none. */
export interface Member {
  /** `host:port` for clients: what it is called everywhere, and unique. */
  readonly address: string;
  /** `myid`; undefined where nobody says. */
  readonly id: number | undefined;
  /** Whether the dynamic configuration lets it vote; undefined when there is no configuration. */
  readonly isVoter: boolean | undefined;
}

/** Something that was asked for and not given, with what to do about it. */
export interface Refusal {
  /** What was asked: `mntr`, `AdminServer`. */
  readonly source: string;
  readonly reason: string;
  /** The line of `zoo.cfg` that would allow it. */
  readonly remedy: string | undefined;
}

/** What came of asking one member. */
export type MemberSample = Member & {
  readonly refusals: readonly Refusal[];
} & (
    | { readonly kind: 'answered'; readonly sample: ServerSample; readonly source: string }
    /** It runs, but has no quorum. */
    | { readonly kind: 'notServing'; readonly reason: string }
    | { readonly kind: 'unreachable'; readonly reason: string }
  );

/** All members at about the same time. */
export interface EnsembleSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly members: readonly MemberSample[];
  /**
   * How many members the dynamic configuration names; undefined when it is not known. The list of
   * members may lack some that can't be told from others.
   */
  readonly configured?: { readonly voters: number; readonly observers: number } | undefined;
  /** How votes count by the dynamic configuration; undefined when each voter has one. */
  readonly votes?: VoteRule | undefined;
}

export type ShownRole = Role | 'notServing' | 'unreachable' | 'unknown';

export function roleOf(member: MemberSample): ShownRole {
  return member.kind === 'answered' ? (member.sample.role ?? 'unknown') : member.kind;
}

export function sampleOf(member: MemberSample | undefined): ServerSample | undefined {
  return member?.kind === 'answered' ? member.sample : undefined;
}

export function memberAt(
  sample: EnsembleSample | undefined,
  address: string,
): MemberSample | undefined {
  return sample?.members.find((member) => member.address === address);
}

/** The address of the leader, or of a server that needs none. */
export function leaderOf(sample: EnsembleSample): string | undefined {
  const leads = (member: MemberSample): boolean =>
    roleOf(member) === 'leader' || roleOf(member) === 'standalone';
  return sample.members.find(leads)?.address;
}
