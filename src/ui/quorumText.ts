import type * as vscode from 'vscode';
import { type EnsembleSample, type MemberSample, roleOf } from '../domain/metrics/ensembleSample';
import type { QuorumState } from '../domain/metrics/quorum';

type L10n = typeof vscode.l10n;

/** `quorum 3 of 3 · survives 1 failure` */
export function describeQuorum(sample: EnsembleSample, quorum: QuorumState, l10n: L10n): string {
  const { spare, hasQuorum, observers } = quorum;
  if (sample.members.every((member) => member.kind === 'unreachable')) {
    return l10n.t('no server answers');
  }
  if (sample.members.some((member) => roleOf(member) === 'standalone')) {
    return l10n.t('one server, survives no failure');
  }
  const parts = [describeVotes(quorum, runningVoters(sample), l10n)];
  if (hasQuorum) parts.push(describeSpare(spare, l10n));
  const configured =
    sample.configured?.observers ?? sample.members.filter((member) => !mayVote(member)).length;
  if (configured > observers) {
    parts.push(l10n.t('{0} of {1} observers', observers, configured));
  } else if (observers > 0) {
    parts.push(observers === 1 ? l10n.t('1 observer') : l10n.t('{0} observers', observers));
  }
  return parts.join(' · ');
}

const mayVote = (member: MemberSample): boolean =>
  member.isVoter !== false && roleOf(member) !== 'observer';

const silentVoters = ({ members }: EnsembleSample): string[] =>
  members
    .filter((member) => member.kind === 'unreachable' && mayVote(member))
    .map(({ address }) => address);

const runningVoters = ({ members }: EnsembleSample): number =>
  members.filter((member) => member.kind !== 'unreachable' && mayVote(member)).length;

/** More names than these make no sentence. */
const MOST_NAMES = 4;

/** Why nothing can be written, and what to do about it. */
export function describeNoQuorum(
  sample: EnsembleSample,
  quorum: QuorumState,
  l10n: L10n,
): { text: string; detail: string } {
  const { voters, needed } = quorum;
  const silent = silentVoters(sample);
  const running = runningVoters(sample);
  const detail = l10n.t('Nothing can be written meanwhile. {0}', describeNeed(quorum, l10n));
  const names = silent.slice(0, MOST_NAMES).join(l10n.t(' or '));
  const text = (): string => {
    if (running >= (needed ?? voters)) {
      return l10n.t('No quorum: {0} of {1} run, but have no leader yet', running, voters);
    }
    if (names === '') {
      return l10n.t('No quorum: only {0} of {1} can be reached', running, voters);
    }
    if (needed === undefined) {
      return l10n.t('No quorum: {0} of {1} run: start {2}', running, voters, names);
    }
    return running === 1
      ? l10n.t('No quorum: 1 of {0} runs, {1} needed: start {2}', voters, needed, names)
      : l10n.t('No quorum: {0} of {1} run, {2} needed: start {3}', running, voters, needed, names);
  };
  return { text: text(), detail };
}

/** Groups where they decide, else voters: those that run, while there is no quorum. */
function describeVotes(quorum: QuorumState, running: number, l10n: L10n): string {
  const { hasQuorum, groups, voters, present, needed } = quorum;
  if (groups !== undefined && groups.of !== 1) {
    return hasQuorum
      ? l10n.t('quorum in {0} of {1} groups', groups.present, groups.of)
      : l10n.t(
          'no quorum: {0} of {1} groups, {2} needed',
          groups.present,
          groups.of,
          groups.needed,
        );
  }
  if (hasQuorum) return l10n.t('quorum {0} of {1}', present, voters);
  return needed === undefined
    ? l10n.t('no quorum: {0} of {1}', running, voters)
    : l10n.t('no quorum: {0} of {1}, {2} needed', running, voters, needed);
}

/** What writes wait for. */
export function describeNeed({ groups, needed }: QuorumState, l10n: L10n): string {
  if (groups !== undefined) {
    return groups.of === 1
      ? l10n.t('Writes wait until more than half of the weight is there again.')
      : l10n.t(
          'Writes wait until {0} of {1} groups have more than half of their weight again.',
          groups.needed,
          groups.of,
        );
  }
  return needed === undefined
    ? l10n.t('Writes wait until enough voters are there again.')
    : l10n.t('Writes wait until {0} voters are there again.', needed);
}

function describeSpare(spare: number | undefined, l10n: L10n): string {
  if (spare === undefined) return l10n.t('failures not judged');
  if (spare === 0) return l10n.t('survives no further failure');
  return spare === 1 ? l10n.t('survives 1 failure') : l10n.t('survives {0} failures', spare);
}
