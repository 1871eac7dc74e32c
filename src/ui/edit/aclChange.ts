import type * as vscode from 'vscode';
import type { AclEntry } from '../../domain/znode/acl';
import type { ZnodeStat } from '../../domain/znode/stat';
import { lossesBy } from '../../zk/edit/lockout';
import type { Identity } from '../../zk/edit/permission';
import type { UndoStore } from '../../zk/edit/undo';
import type { UserInput } from '../userInput';
import type { Subject } from './subject';
import type { Work } from '../work';

export interface AclPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly undo: UndoStore;
  readonly work: Work;
  /** Steps a second at most; undefined lifts the cap. */
  readonly perSecond: () => number | undefined;
}

/** An ACL that is about to take the place of another one. */
export interface AclChange {
  readonly subject: Subject;
  readonly before: readonly AclEntry[];
  readonly stat: ZnodeStat;
  readonly acl: readonly AclEntry[];
  readonly who: readonly Identity[] | undefined;
}

/** What the new list takes from ourselves; undefined when we keep all that matters. */
export function describeLosses(
  { before, acl, who }: Pick<AclChange, 'before' | 'acl' | 'who'>,
  l10n: typeof vscode.l10n,
): string | undefined {
  const lines = lossesBy(before, acl, who).map(({ permission, isCertain }) => {
    if (permission === 'admin') {
      return isCertain
        ? l10n.t('You lock yourself out: this connection could not change the list again.')
        : l10n.t(
            'Perhaps you lock yourself out: it cannot be told whether this connection could change the list again.',
          );
    }
    return isCertain
      ? l10n.t('This connection could not read the znode any more.')
      : l10n.t('It cannot be told whether this connection could still read the znode.');
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}
