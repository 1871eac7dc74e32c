import type * as vscode from 'vscode';
import type { FileChange } from '../../domain/config/changes';
import type { PlanFacts } from '../../domain/config/facts';
import type { Target } from '../../domain/config/file';
import { startsAnew } from '../../domain/config/voterStep';
import type { WriteNote } from '../../domain/config/written';
import { resultLabelWith } from '../resultText';

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

/** Goals of the plan that its own result misses: the files would be those of a plan that does not do. */
export function missedItem({ plan }: PlanFacts, l10n: L10n) {
  const missed = plan.goals.filter(({ isMet }) => !isMet);
  if (missed.length === 0) return undefined;
  return {
    label:
      missed.length === 1
        ? l10n.t('The plan misses a goal')
        : l10n.t('The plan misses {0} goals', missed.length),
    detail: missed.map(({ name }) => resultLabelWith(l10n)(name)).join(', '),
  };
}

/** What a choice of targets alone does not do. */
export function targetNotes(
  targets: readonly Target[],
  changes: readonly FileChange[],
  l10n: L10n,
): string[] {
  const has = (target: Target): boolean => targets.includes(target);
  const asksMetrics = has('prometheus') || has('grafana');
  const notes: string[] = [];
  if (asksMetrics && has('zoo') && !has('metrics')) {
    notes.push(
      l10n.t(
        'The alert rules and the dashboard need the metrics provider: choose Metrics as well where the build has it.',
      ),
    );
  }
  if (has('pool') && !changes.some(({ path }) => /(^|\/)pool\//.test(path))) {
    notes.push(l10n.t('The plan has no pool for a program that reads such a file.'));
  }
  return notes;
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
export function doneText(
  count: number,
  folder: string,
  skipped: readonly string[],
  l10n: L10n,
): string {
  const where = folder === '' ? '.' : folder;
  const text =
    count === 1
      ? l10n.t('1 file written into {0}.', where)
      : l10n.t('{0} files written into {1}.', count, where);
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
    ...(startsAnew(note)
      ? [
          l10n.t(
            'Stop the one server that has the data before {0} is applied, so that both start with the list of two.',
            path,
          ),
        ]
      : []),
    voters === planned
      ? l10n.t(
          '{0} goes from {1} to {2} voters: apply it only where the file with {1} was applied and all are in sync.',
          ...[path, before, voters],
        )
      : l10n.t(
          '{0} has {1} voters on the way to {2}, since two at once could elect two leaders: apply it, wait until all are in sync, then write the files again.',
          path,
          voters,
          planned,
        ),
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
