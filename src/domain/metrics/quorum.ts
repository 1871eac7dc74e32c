import { majority } from '../capacity/ensemble/quorum';
import { type EnsembleSample, type Member, roleOf, sampleOf } from './ensembleSample';
import { type GroupQuorum, groupQuorum } from './voteGroups';

/** How the ensemble stands as a whole. */
export interface QuorumState {
  /** Members that vote, dead ones too; 1 for a standalone server. */
  readonly voters: number;
  /** Voters that lead or follow now, as far as they are known, and at least the quorum that there is. */
  readonly present: number;
  /** Votes that decide; undefined where groups and weights do. */
  readonly needed: number | undefined;
  /** Where groups and weights decide, and are known. */
  readonly groups: GroupQuorum | undefined;
  readonly hasQuorum: boolean;
  /**
   * Voters that may still fail before writes stop; 0 when the next failure may stop them. Undefined
   * when groups and weights decide and nobody knows how, or when too few voters are reached from here.
   */
  readonly spare: number | undefined;
  readonly observers: number;
  /** Followers that the leader calls up to date; undefined without a word of the leader. */
  readonly synced: number | undefined;
}

/**
 * Counts who votes and who is there. A server that says nothing is taken for absent, but whoever leads,
 * follows or observes does so under a leader that a quorum follows, whether we reach them or not.
 */
export function quorumOf(sample: EnsembleSample): QuorumState {
  const roles = sample.members.map((member) => ({ member, role: roleOf(member) }));
  const alone = roles.some(({ role }) => role === 'standalone');
  // Without a configuration every server that is not an observer is taken for a voter.
  const voting = roles.filter(({ member, role }) => member.isVoter ?? role !== 'observer');
  const there = voting.filter(({ role }) => role === 'leader' || role === 'follower');
  const leader = roles.find(({ role }) => role === 'leader')?.member;
  const observers = roles.filter(({ role }) => role === 'observer').length;
  const serves = alone || there.length + observers > 0;
  const counts = {
    voters: alone ? 1 : (sample.configured?.voters ?? voting.length),
    observers,
    synced: sampleOf(leader)?.gauges.syncedFollowers,
  };
  const { votes } = sample;
  if (votes !== undefined && !alone) {
    const ids = there.flatMap(({ member }) => member.id ?? []);
    // Where nobody says who is who, groups can't be told.
    const isKnown = ids.length === there.length && votes !== 'unreadable';
    const all = isKnown ? groupQuorum(votes, new Set(ids)) : undefined;
    const groups = serves && all && all.present < all.needed ? undefined : all;
    const spare = serves ? groups?.spare : 0;
    const present = there.length;
    return { ...counts, present, needed: undefined, groups, hasQuorum: serves, spare };
  }
  const needed = majority(counts.voters);
  // A leader that serves no clients (`leaderServes=no`) answers them as if it had no quorum.
  const isHidden = serves && !leader && voting.some(({ role }) => role === 'notServing');
  const reached = alone ? 1 : there.length + (isHidden ? 1 : 0);
  // A leader knows of followers that can't be reached from here, or that there are none any more.
  const told = counts.synced === undefined ? undefined : Math.min(counts.voters, counts.synced + 1);
  const known = reached < needed ? Math.max(reached, told ?? 0) : reached;
  const hasQuorum = serves && (known >= needed || told === undefined);
  const present = hasQuorum ? Math.max(known, needed) : known;
  const isCounted = alone || leader !== undefined || voting.some(isToldToVote);
  const spare = known < needed || !isCounted ? undefined : known - needed;
  return { ...counts, present, needed, groups: undefined, hasQuorum, spare: hasQuorum ? spare : 0 };
}

const isToldToVote = ({ member }: { readonly member: Member }): boolean =>
  member.isVoter !== undefined;
