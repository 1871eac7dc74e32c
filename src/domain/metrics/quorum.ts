import { majority } from '../capacity/ensemble/quorum';
import { type EnsembleSample, roleOf } from './ensembleSample';
import { type GroupQuorum, groupQuorum } from './voteGroups';

/** How the ensemble stands as a whole. */
export interface QuorumState {
  /** Members that vote, dead ones too; 1 for a standalone server. */
  readonly voters: number;
  /** Voters that lead or follow now. */
  readonly present: number;
  /** Votes that decide; undefined where groups and weights do. */
  readonly needed: number | undefined;
  /** Where groups and weights decide, and are known. */
  readonly groups: GroupQuorum | undefined;
  readonly hasQuorum: boolean;
  /**
   * Voters that may still fail before writes stop; 0 when the next failure may stop them. Undefined
   * when groups and weights decide and nobody knows how.
   */
  readonly spare: number | undefined;
  readonly observers: number;
  /** Followers that the leader calls up to date; undefined without a word of the leader. */
  readonly synced: number | undefined;
}

/** Counts who votes and who is there. A server that says nothing is taken for absent. */
export function quorumOf(sample: EnsembleSample): QuorumState {
  const roles = sample.members.map((member) => ({ member, role: roleOf(member) }));
  const alone = roles.some(({ role }) => role === 'standalone');
  // Without a configuration every server that is not an observer is taken for a voter.
  const voting = roles.filter(({ member, role }) => member.isVoter ?? role !== 'observer');
  const there = voting.filter(({ role }) => role === 'leader' || role === 'follower');
  const leader = roles.find(({ role }) => role === 'leader')?.member;
  const counts = {
    voters: alone ? 1 : voting.length,
    present: alone ? 1 : there.length,
    observers: roles.filter(({ role }) => role === 'observer').length,
    synced: leader?.kind === 'answered' ? leader.sample.gauges.syncedFollowers : undefined,
  };
  const ids = there.flatMap(({ member }) => member.id ?? []);
  // A server alone asks nobody, and where nobody says who is who, groups can't be told.
  const isKnown = ids.length === there.length;
  const { votes } = sample;
  if (votes !== undefined && !alone) {
    const groups = isKnown && votes !== 'unreadable' ? groupQuorum(votes, new Set(ids)) : undefined;
    const hasQuorum =
      leader !== undefined && (groups === undefined || groups.present >= groups.needed);
    // A leader has a quorum, or it would lead no more.
    const spare = hasQuorum ? groups?.spare : 0;
    return { ...counts, needed: undefined, groups, hasQuorum, spare };
  }
  const needed = majority(counts.voters);
  const leads = alone || leader !== undefined;
  const hasQuorum = counts.voters > 0 && leads && counts.present >= needed;
  const spare = hasQuorum ? counts.present - needed : 0;
  return { ...counts, needed, groups: undefined, hasQuorum, spare };
}
