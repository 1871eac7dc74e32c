import type * as vscode from 'vscode';
import { assertNever } from '../../base/assert';
import { displayName } from '../../domain/znode/displayName';
import { formatCount } from '../../domain/znode/format';
import type { RestoreOutcome } from '../../zk/edit/restore';
import type { Refusal, RestorePlan } from '../../zk/edit/restorePlan';
import type { Change } from '../../zk/edit/undo';
import { countZnodes, describeStop, namePaths } from './deleteText';

type L10n = typeof vscode.l10n;

/** In a question; a notification has room for one. */
const MOST_REFUSALS = 5;

/** What was changed: `Deleted /a`. */
export function describeChange({ kind, paths }: Change, l10n: L10n): string {
  const name = namePaths(paths, l10n);
  switch (kind) {
    case 'setData':
      return l10n.t('Overwrote {0}', name);
    case 'setAcl':
      return l10n.t('Changed the ACL of {0}', name);
    case 'create':
      return l10n.t('Created {0}', name);
    case 'delete':
      return l10n.t('Deleted {0}', name);
    case 'copy':
      return l10n.t('Copied {0} to {1}', ...ends(paths));
    case 'move':
      return l10n.t('Moved {0} to {1}', ...ends(paths));
    case 'restore':
      return l10n.t('Restored {0}', name);
    default:
      return assertNever(kind);
  }
}

function ends([from = '', to = '']: readonly string[]): [string, string] {
  return [displayName(from), displayName(to)];
}

/** Everything that a restore will do, and every loss that it can't make good. */
export function previewRestore(plan: RestorePlan, l10n: L10n): string[] {
  const { creates, reverts, removals, refused, settled, counters } = plan;
  const lines: string[] = [];
  const add = (count: number, sentence: (count: string) => string): void => {
    if (count > 0) lines.push(sentence(countZnodes(count, l10n)));
  };
  const from = (source: 'parent' | 'creator'): number =>
    creates.filter(({ aclFrom }) => aclFrom === source).length;
  const unknownKinds = creates.filter(({ lost }) => lost.mode.kind === 'lasting').length;
  add(creates.length, (count) => l10n.t('Created again: {0}.', count));
  add(reverts.length, (count) => l10n.t('Set back to what was before: {0}.', count));
  add(removals.length, (count) => l10n.t('Deleted, because the change created them: {0}.', count));
  add(settled, (count) => l10n.t('Nothing to do, because they are as before: {0}.', count));
  add(from('parent'), (count) =>
    l10n.t('The ACL was masked or unreadable; they get that of their parent: {0}.', count),
  );
  add(from('creator'), (count) =>
    l10n.t('The ACL was masked or unreadable; only we get all rights: {0}.', count),
  );
  add(unknownKinds, (count) =>
    l10n.t('Become persistent, whether or not they were containers or had a TTL: {0}.', count),
  );
  add(counters, (count) =>
    l10n.t('The counter for sequence numbers starts at 0 again: {0}.', count),
  );
  if (creates.length > 0) lines.push(l10n.t('Versions, times and transaction ids start anew.'));
  if (refused.length > 0) lines.push(...describeRefusals(refused, l10n));
  return lines;
}

export function describeRefusals(
  refused: readonly Refusal[],
  l10n: L10n,
  most = MOST_REFUSALS,
): string[] {
  const more = refused.length - most;
  const lines = refused.slice(0, most).map((refusal) => describeRefusal(refusal, l10n));
  return [
    l10n.t('Left alone: {0}.', countZnodes(refused.length, l10n)),
    ...lines,
    ...(more > 0 ? [l10n.t('And {0} more.', formatCount(more))] : []),
  ];
}

function describeRefusal({ path, why }: Refusal, l10n: L10n): string {
  const name = displayName(path);
  switch (why) {
    case 'exists':
      return l10n.t('{0}: another one is in its place.', name);
    case 'changed':
      return l10n.t('{0}: somebody has changed it since.', name);
    case 'newChildren':
      return l10n.t('{0}: it has children that are not ours to delete.', name);
    case 'gone':
      return l10n.t('{0}: somebody has deleted it since.', name);
    case 'ephemeral':
      return l10n.t('{0}: it was ephemeral, and its session is not ours.', name);
    case 'noParent':
      return l10n.t('{0}: the znode above it is gone.', name);
    case 'noAcl':
      return l10n.t('{0}: nobody knows who might access it.', name);
    default:
      return assertNever(why);
  }
}

export function describeRestore(outcome: RestoreOutcome, l10n: L10n): string {
  const { created, reverted, removed, remaining, stop } = outcome;
  const done = countZnodes(created + reverted + removed, l10n);
  if (!stop) return l10n.t('Restored {0}.', done);
  return l10n.t(
    'The restore stopped: {0}. Restored: {1}; not yet: {2}.',
    describeStop(stop, l10n),
    done,
    formatCount(remaining),
  );
}
