import * as vscode from 'vscode';

/** What the user or the rate guard has done to the rows below one row. */
export interface BranchState {
  readonly filter: string;
  /** Watched as a whole, down to the leaves. */
  readonly isWatched: boolean;
  /** Read every two seconds, because it changes too often to be followed. */
  readonly isThrottled: boolean;
}

export function describeBranch({ filter, isWatched, isThrottled }: BranchState): string[] {
  const parts: string[] = [];
  if (isWatched) parts.push(vscode.l10n.t('watching subtree'));
  if (isThrottled) parts.push(vscode.l10n.t('too many changes, refreshed every 2 s'));
  if (filter !== '') parts.push(vscode.l10n.t('filter: {0}', filter));
  return parts;
}
