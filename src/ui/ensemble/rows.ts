import type * as vscode from 'vscode';
import { balanceOf } from '../../domain/metrics/balance';
import { memberAt, type Refusal, roleOf } from '../../domain/metrics/ensembleSample';
import { lags } from '../../domain/metrics/ensembleWindow';
import { quorumOf } from '../../domain/metrics/quorum';
import type { Reading } from '../../zk/ensemble/sampler';
import { PREFIX, Settings } from '../contributions';
import { factsOf } from './facts';
import type { NoteNode, ServerNode, SessionsNode, TreeNode } from './nodes';

type L10n = typeof vscode.l10n;

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
      lag: lags(sample, window?.writes).get(address),
      voters: quorumOf(sample).voters,
    },
    l10n,
  );
  return [
    ...refusalNotes(parent, member.refusals, roleOf(member) === 'standalone', l10n),
    ...facts.map((fact): TreeNode => ({ kind: 'fact', connectionId, parent, ...fact })),
    ...(roleOf(member) === 'read-only' ? [] : [sessions]),
  ];
}

/**
 * One row for what a server refuses, with the line that would allow it.
 *
 * @param isAlone a standalone server, which has no others beside it
 */
export function refusalNotes(
  parent: NoteNode['parent'],
  refusals: readonly Refusal[],
  isAlone: boolean,
  l10n: L10n,
): NoteNode[] {
  return refusals.slice(0, 1).map((refusal) => ({
    ...{ kind: 'note', connectionId: parent.connectionId, parent, key: 'refused', refusal },
    text:
      refusal.remedy === undefined
        ? l10n.t('{0} gives no answer', refusal.source)
        : l10n.t('{0} is refused: add {1} to zoo.cfg', refusal.source, refusal.remedy),
    // What to do comes first: a message has less room than a tooltip.
    detail: [
      ...(refusal.remedy === undefined ? [] : remedyLines(isAlone, l10n)),
      ...refusals.map(({ source, reason }) => `${source}: ${reason}`),
    ].join('\n'),
    icon: 'warning',
  }));
}

function remedyLines(isAlone: boolean, l10n: L10n): string[] {
  return [
    isAlone
      ? l10n.t('The server must be started anew then.')
      : l10n.t('Add it at every server and restart them in turns, the leader last.'),
    l10n.t(
      'An AdminServer tells it too; the setting {0} says on which port.',
      `${PREFIX}.${Settings.adminPort}`,
    ),
  ];
}
