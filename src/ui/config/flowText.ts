import type * as vscode from 'vscode';
import type { FileChange } from '../../domain/config/changes';

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

const skippedText = (paths: readonly string[], l10n: L10n): string =>
  l10n.t('Left alone, since it was not written from a plan: {0}.', paths.join(', '));
