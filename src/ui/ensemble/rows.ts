import type * as vscode from 'vscode';
import { balanceOf } from '../../domain/metrics/balance';
import { memberAt, roleOf } from '../../domain/metrics/ensembleSample';
import { lags } from '../../domain/metrics/ensembleWindow';
import { quorumOf } from '../../domain/metrics/quorum';
import type { Reading } from '../../zk/ensemble/sampler';
import { factsOf } from './facts';
import type { EnsembleNode, NoteNode, ServerNode, SessionsNode, TreeNode } from './nodes';
import { describeLopsided, describeNeed } from './text';

type L10n = typeof vscode.l10n;

/** What the ensemble as a whole needs a word about, above its servers. */
export function ensembleNotes(
  parent: EnsembleNode,
  { sample, window }: Reading,
  l10n: L10n,
): NoteNode[] {
  const note = (key: string, text: string, detail: string, icon: NoteNode['icon']): NoteNode => ({
    ...{ kind: 'note', connectionId: parent.connectionId, parent, refusal: undefined },
    ...{ key, text, detail, icon },
  });
  const notes: NoteNode[] = [];
  const quorum = quorumOf(sample);
  if (!quorum.hasQuorum && quorum.present > 0) {
    const text = l10n.t('No quorum: nothing can be written');
    notes.push(note('quorum', text, describeNeed(quorum, l10n), 'error'));
  }
  if (quorum.spare === undefined) {
    const text = l10n.t('How many failures it survives is not judged');
    const detail = l10n.t(
      'The configuration has groups, weights or servers that cannot be read, or does not tell which server is which. A leader serves, so there is a quorum now.',
    );
    notes.push(note('votes', text, detail, 'warning'));
  }
  if (window?.leaderChanged || window?.epochChanged) {
    const detail = l10n.t(
      'Rates over the change are not known: every leader counts its transactions anew.',
    );
    notes.push(note('leader', l10n.t('A leader was elected just now'), detail, 'info'));
  }
  const { lopsided } = balanceOf(sample, window);
  if (lopsided) {
    const { text, detail } = describeLopsided(lopsided, l10n);
    notes.push(note('lopsided', text, detail, 'warning'));
  }
  return notes;
}

/** The lines about a server. */
export function serverRows(
  parent: ServerNode,
  reading: Reading,
  sessions: SessionsNode,
  l10n: L10n,
): TreeNode[] {
  const { connectionId, address } = parent;
  const { sample, window } = reading;
  const member = memberAt(sample, address);
  if (!member) return [];
  if (member.kind !== 'answered') {
    return [
      {
        ...{ kind: 'note', connectionId, parent, key: 'why', refusal: undefined },
        ...{ text: member.reason, detail: member.reason, icon: 'error' },
      },
    ];
  }
  const facts = factsOf(
    member,
    {
      window: window?.servers.get(address),
      share: balanceOf(sample, window).shares.find((share) => share.address === address),
      lag: lags(sample).get(address),
      voters: quorumOf(sample).voters,
    },
    l10n,
  );
  return [
    ...refusalNotes(parent, member.refusals, l10n),
    ...facts.map((fact): TreeNode => ({ kind: 'fact', connectionId, parent, ...fact })),
    ...(roleOf(member) === 'read-only' ? [] : [sessions]),
  ];
}

/** One row for what a server refuses, with the line that would allow it. */
export function refusalNotes(
  parent: NoteNode['parent'],
  refusals: readonly NonNullable<NoteNode['refusal']>[],
  l10n: L10n,
): NoteNode[] {
  return refusals.slice(0, 1).map((refusal) => ({
    ...{ kind: 'note', connectionId: parent.connectionId, parent, key: 'refused', refusal },
    text:
      refusal.remedy === undefined
        ? l10n.t('{0} gives no answer', refusal.source)
        : l10n.t('{0} is refused: add {1} to zoo.cfg', refusal.source, refusal.remedy),
    detail: [
      ...refusals.map(({ source, reason }) => `${source}: ${reason}`),
      ...(refusal.remedy === undefined
        ? []
        : [
            l10n.t(
              'Add the line {0} to zoo.cfg of every server and restart them in turns, the leader last. Until then only what srvr says is shown.',
              refusal.remedy,
            ),
          ]),
    ].join('\n'),
    icon: 'warning',
  }));
}
