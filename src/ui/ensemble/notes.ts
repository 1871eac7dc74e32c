import type * as vscode from 'vscode';
import { balanceOf } from '../../domain/metrics/balance';
import { lastElection } from '../../domain/metrics/history';
import { quorumOf } from '../../domain/metrics/quorum';
import type { Reading } from '../../zk/ensemble/sampler';
import { describeNoQuorum } from '../quorumText';
import type { EnsembleNode, NoteNode } from './nodes';
import { describeLopsided } from './text';

/** How long an election is news. */
const NEWS_MS = 5 * 60_000;

export interface NoteTexts {
  readonly l10n: typeof vscode.l10n;
  /** The time of day. */
  readonly clock: (ms: number) => string;
}

/**
 * What the ensemble as a whole needs a word about, above its servers.
 *
 * @param readings the oldest first, the last one is what is shown
 */
export function ensembleNotes(
  parent: EnsembleNode,
  readings: readonly Reading[],
  { l10n, clock }: NoteTexts,
): NoteNode[] {
  const latest = readings.at(-1);
  if (!latest) return [];
  const { sample, window } = latest;
  const note = (
    key: string,
    icon: NoteNode['icon'],
    { text, detail }: { text: string; detail: string },
  ): NoteNode => ({
    ...{ kind: 'note', connectionId: parent.connectionId, parent, refusal: undefined },
    ...{ key, text, detail, icon },
  });
  const notes: NoteNode[] = [];
  const quorum = quorumOf(sample);
  if (!quorum.hasQuorum && sample.members.some(({ kind }) => kind !== 'unreachable')) {
    notes.push(note('quorum', 'error', describeNoQuorum(sample, quorum, l10n)));
  }
  if (quorum.spare === undefined) {
    notes.push(
      note('votes', 'warning', {
        text: l10n.t('How many failures it survives is not judged'),
        detail: l10n.t(
          'The configuration has groups, weights or servers that cannot be read, does not tell which server is which, or too few voters can be reached from here. Clients are served, so there is a quorum now.',
        ),
      }),
    );
  }
  const { lopsided } = balanceOf(sample, window);
  if (lopsided) notes.push(note('lopsided', 'warning', describeLopsided(lopsided, l10n)));
  const election = lastElection(readings.map((reading) => reading.sample));
  if (quorum.hasQuorum && election && sample.at - election.at < NEWS_MS) {
    notes.push(
      note('leader', 'info', {
        text: l10n.t('{0} was elected at {1}', election.leader, clock(election.at)),
        detail: l10n.t(
          'Rates over the change are not known: every leader counts its transactions anew.',
        ),
      }),
    );
  }
  return notes;
}
