import type * as vscode from 'vscode';
import type { EnsembleSample } from '../domain/metrics/ensembleSample';
import type { QuorumState } from '../domain/metrics/quorum';

export function describeQuorum(
  _: EnsembleSample,
  quorum: QuorumState,
  { t }: typeof vscode.l10n,
): string {
  return t('no quorum: {0} of {1}', quorum.present, quorum.voters);
}
