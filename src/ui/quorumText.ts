import type * as vscode from 'vscode';
import { type EnsembleSample, roleOf } from '../domain/metrics/ensembleSample';
import type { QuorumState } from '../domain/metrics/quorum';

type L10n = typeof vscode.l10n;

/** `quorum 3 of 3 · survives 1 failure` */
export function describeQuorum(sample: EnsembleSample, quorum: QuorumState, l10n: L10n): string {
  const { voters, present, spare, hasQuorum, observers } = quorum;
  if (sample.members.every((member) => member.kind === 'unreachable')) {
    return l10n.t('no server answers');
  }
  if (sample.members.some((member) => roleOf(member) === 'standalone')) {
    return l10n.t('one server, survives no failure');
  }
  const running = voters - silentVoters(sample).length;
  const parts = [
    hasQuorum
      ? l10n.t('quorum {0} of {1}', present, voters)
      : l10n.t('no quorum: {0} of {1}, {2} needed', running, voters, quorum.needed),
  ];
  if (hasQuorum) parts.push(describeSpare(spare, l10n));
  const configured = sample.members.filter(
    (member) => member.isVoter === false || roleOf(member) === 'observer',
  ).length;
  if (configured > observers) {
    parts.push(l10n.t('{0} of {1} observers', observers, configured));
  } else if (observers > 0) {
    parts.push(observers === 1 ? l10n.t('1 observer') : l10n.t('{0} observers', observers));
  }
  return parts.join(' · ');
}

/** Voters that do not answer at all. */
export const silentVoters = ({ members }: EnsembleSample): string[] =>
  members
    .filter(({ kind, isVoter }) => kind === 'unreachable' && isVoter !== false)
    .map(({ address }) => address);

function describeSpare(spare: number, l10n: L10n): string {
  if (spare === 0) return l10n.t('survives no further failure');
  return spare === 1 ? l10n.t('survives 1 failure') : l10n.t('survives {0} failures', spare);
}
