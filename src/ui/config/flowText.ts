import type * as vscode from 'vscode';
import type { FileChange } from '../../domain/config/changes';
import { startsAnew } from '../../domain/config/voterStep';
import type { WriteNote } from '../../domain/config/written';

type L10n = typeof vscode.l10n;

/** The first item of the last question. */
export function writeItem(pending: readonly FileChange[], l10n: L10n) {
  const changed = pending.filter(({ kind }) => kind === 'changed').length;
  const added = pending.length - changed;
  return {
    label:
      pending.length === 1 ? l10n.t('Write 1 file') : l10n.t('Write {0} files', pending.length),
    description: l10n.t('{0} new, {1} changed', added, changed),
  };
}

/** Why nothing is written. */
export function nothingText(
  changes: readonly FileChange[],
  skipped: readonly string[],
  l10n: L10n,
): string {
  const same = changes.length - skipped.length;
  const text =
    changes.length === 0
      ? l10n.t('This plan has nothing to write for that choice.')
      : l10n.t('Nothing to write: all {0} files are as the plan has them.', same);
  return skipped.length === 0 ? text : `${text} ${skippedText(skipped, l10n)}`;
}

/** What was written and what was not. */
export function doneText(count: number, skipped: readonly string[], l10n: L10n): string {
  const text = count === 1 ? l10n.t('1 file written.') : l10n.t('{0} files written.', count);
  return skipped.length === 0 ? text : `${text} ${skippedText(skipped, l10n)}`;
}

/** What must be known before the files are applied. */
export function noteText(note: WriteNote, l10n: L10n): string {
  const { path } = note;
  if (note.kind === 'listKept') {
    return l10n.t('{0} has groups or weights: its list of servers stays as it is.', path);
  }
  if (note.kind === 'listChanged') {
    return l10n.t(
      '{0} has other servers than before: change them one at a time, by the runbook in PLAN.md.',
      path,
    );
  }
  const { before, voters, planned } = note;
  const texts = [
    voters === planned
      ? l10n.t('{0} goes from {1} to {2} voters.', path, before, voters)
      : l10n.t(
          '{0} has {1} voters on the way to {2}, since two at once could elect two leaders: apply it, wait until all are in sync, then write the files again.',
          path,
          voters,
          planned,
        ),
    ...(startsAnew(note)
      ? [
          l10n.t(
            'Stop the one server that has the data before, so that both start with the list of two.',
          ),
        ]
      : []),
    ...(voters < before
      ? [
          l10n.t(
            'The removed server keeps its volumes or claims, and compose ends it with --remove-orphans.',
          ),
        ]
      : []),
  ];
  return texts.join(' ');
}

const skippedText = (paths: readonly string[], l10n: L10n): string =>
  l10n.t('Left alone, since it was not written from a plan: {0}.', paths.join(', '));
