import { majority } from '../capacity/ensemble/quorum';
import { type EnsembleSample, roleOf } from './ensembleSample';

/** How the ensemble stands as a whole. */
export interface QuorumState {
  /** Members that vote, dead ones too; 1 for a standalone server. */
  readonly voters: number;
  /** Voters that lead or follow now. */
  readonly present: number;
  /** Votes that decide. */
  readonly needed: number;
  readonly hasQuorum: boolean;
  /** Voters that may still fail before writes stop; 0 when the next failure stops them. */
  readonly spare: number;
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
  const voters = alone ? 1 : voting.length;
  const present = alone
    ? 1
    : voting.filter(({ role }) => role === 'leader' || role === 'follower').length;
  const needed = majority(voters);
  const leads = alone || roles.some(({ role }) => role === 'leader');
  const hasQuorum = voters > 0 && leads && present >= needed;
  const leader = roles.find(({ role }) => role === 'leader')?.member;
  return {
    voters,
    present,
    needed,
    hasQuorum,
    spare: hasQuorum ? present - needed : 0,
    observers: roles.filter(({ role }) => role === 'observer').length,
    synced: leader?.kind === 'answered' ? leader.sample.gauges.syncedFollowers : undefined,
  };
}
