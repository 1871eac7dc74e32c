import type * as vscode from 'vscode';
import { assertNever } from '../../base/assert';
import { displayName } from '../../domain/znode/displayName';
import { formatCount } from '../../domain/znode/format';
import type { AddressProblem } from '../../zk/edit/copyAddress';
import type { CopyObstacle, CopyPlan, CopyRequest } from '../../zk/edit/copyPlan';
import type { CopyOutcome } from '../../zk/edit/copyTree';
import { countZnodes, describeStop, describeSize } from './deleteText';

type L10n = typeof vscode.l10n;

export function describeAddressProblem(problem: AddressProblem, l10n: L10n): string {
  switch (problem) {
    case 'root':
      return l10n.t('The root cannot be copied, moved or replaced.');
    case 'system':
      return l10n.t('/zookeeper belongs to ZooKeeper itself and stays as it is.');
    case 'same':
      return l10n.t('This is where it is already.');
    case 'inside':
      return l10n.t('A znode cannot go below itself. Choose a place outside of it.');
    case 'above':
      return l10n.t('It cannot take the place of a znode that it lies in.');
    default:
      return assertNever(problem);
  }
}

export function describeCopyObstacle({ problem, path, count }: CopyObstacle, l10n: L10n): string {
  const name = displayName(path);
  switch (problem) {
    case 'noSource':
      return l10n.t('{0} no longer exists.', name);
    case 'noParent':
      return l10n.t('{0} does not exist. Create it first.', name);
    case 'ephemeralParent':
      return l10n.t('{0} is ephemeral, and ephemeral znodes cannot have children.', name);
    case 'foreignEphemerals':
      return l10n.t(
        'Other sessions hold ephemeral znodes of {0} ({1}), which only they can move. Copy it, or stop those clients first.',
        name,
        formatCount(count),
      );
    case 'unlistable':
      return l10n.t(
        'No permission to list the children of {0}, so not everything can be moved.',
        name,
      );
    case 'tooLarge':
      return l10n.t('There are more than {0} znodes. Take parts of them.', formatCount(count));
    default:
      return assertNever(problem);
  }
}

/** `Move /a to /b?` */
export function askedFor({ kind, source, target }: CopyRequest, l10n: L10n): string {
  const ends = [displayName(source), displayName(target)];
  return kind === 'move'
    ? l10n.t('Move {0} to {1}?', ...ends)
    : l10n.t('Copy {0} to {1}?', ...ends);
}

/** What will be done, how, and every loss that it brings. */
export function previewCopy(plan: CopyPlan, conflicts: 'skip' | 'overwrite', l10n: L10n): string[] {
  const { kind, survey, existing, differing, isOneTransaction } = plan;
  const { counts, obstacles } = survey;
  const isMove = kind === 'move';
  const lines = [describeSize(counts, l10n)];
  const add = (count: number, sentence: (count: string) => string): void => {
    if (count > 0) lines.push(sentence(countZnodes(count, l10n)));
  };
  add(existing.size - differing, (n) => l10n.t('There already, with the same data: {0}.', n));
  if (conflicts === 'overwrite') {
    add(differing, (n) => l10n.t('Overwritten; they keep their access lists: {0}.', n));
  } else if (isMove) {
    add(differing, (n) =>
      l10n.t('Skipped; they stay in both places, with what is above them: {0}.', n),
    );
  } else add(differing, (n) => l10n.t('Skipped: {0}.', n));
  const { ours, others } = counts.ephemerals;
  if (isMove) add(ours, (n) => l10n.t('Ephemeral, of this connection, and stay so: {0}.', n));
  else add(ours + others, (n) => l10n.t('Ephemeral, and not copied: {0}.', n));
  add(counts.masked, (n) =>
    l10n.t(
      'At least {0} have an access list that is masked to us; they get that of the znode above.',
      n,
    ),
  );
  add(counts.counters, (n) => l10n.t('The counter for sequence numbers starts at 0: {0}.', n));
  for (const { path } of obstacles.filter((one) => one.kind === 'quota')) {
    lines.push(l10n.t('{0} has a quota, which does not come along.', displayName(path)));
  }
  for (const { path } of obstacles.filter((one) => one.kind === 'unlistable')) {
    const name = displayName(path);
    lines.push(l10n.t('No permission to list the children of {0}: they are not copied.', name));
  }
  lines.push(
    l10n.t(
      'Versions and times start anew. Containers and znodes with a TTL become persistent, unless this window made them.',
    ),
  );
  if (isOneTransaction) lines.push(l10n.t('In one transaction: all of it happens, or nothing.'));
  else if (isMove) {
    lines.push(
      l10n.t('Too much for one transaction: first all is copied and checked, then deleted here.'),
    );
  } else lines.push(l10n.t('Too much for one transaction: it is copied in steps.'));
  return lines;
}

/** What was done and what was not, exactly. */
export function describeCopyOutcome(
  { kind, source, target }: CopyRequest,
  outcome: CopyOutcome,
  l10n: L10n,
): string {
  const { created, overwritten, skipped, inherited, deleted, remaining, stop } = outcome;
  const isMove = kind === 'move';
  const ends = [displayName(source), displayName(target)] as const;
  const count = countZnodes(created + overwritten, l10n);
  const sentences: string[] = [];
  if (stop) {
    const why = describeStop(stop, l10n);
    sentences.push(
      isMove
        ? l10n.t('Moving {0} to {1} stopped: {2}.', ...ends, why)
        : l10n.t('Copying {0} to {1} stopped: {2}.', ...ends, why),
      l10n.t('Copied: {0}.', formatCount(created + overwritten)),
    );
    if (isMove) {
      const left = formatCount(remaining);
      sentences.push(l10n.t('Deleted here: {0}; still here: {1}.', formatCount(deleted), left));
    }
  } else {
    sentences.push(
      isMove
        ? l10n.t('Moved {0} to {1} ({2}).', ...ends, count)
        : l10n.t('Copied {0} to {1} ({2}).', ...ends, count),
    );
  }
  if (outcome.isUnknown) sentences.push(l10n.t('Whether the last request was done is unknown.'));
  if (skipped > 0) sentences.push(l10n.t('Skipped: {0}.', formatCount(skipped)));
  if (inherited > 0) {
    const text = formatCount(inherited);
    sentences.push(l10n.t('With the access list of the znode above: {0}.', text));
  }
  return sentences.join(' ');
}
