import type * as vscode from 'vscode';
import { childPath, problemOfPath, type ZPath } from '../../domain/znode/path';

/** Why a text can't name a znode below `parent`; a `/` in it stands for parents that may be missing. */
export function problemOfName(
  name: string,
  parent: ZPath,
  l10n: typeof vscode.l10n,
): string | undefined {
  if (name === '') return l10n.t('Enter a name.');
  const path = childPath(parent, name);
  const problem = problemOfPath(path);
  switch (problem?.kind) {
    case undefined:
      return undefined;
    case 'notAbsolute':
    case 'trailingSlash':
      return l10n.t('A name does not end with /. Remove it.');
    case 'emptySegment':
      return l10n.t('Between two / there is a name. Remove one of them.');
    case 'relativeSegment':
      return l10n.t('The names . and .. are not possible in ZooKeeper.');
    case 'character': {
      // ZooKeeper's own rule is about UTF-16 units: an emoji is two surrogates.
      const code = path.codePointAt(problem.index) ?? problem.code;
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      return code < 0x20 || (code >= 0x7f && code <= 0x9f)
        ? l10n.t('ZooKeeper refuses control characters in names, here {0}. Remove it.', name)
        : l10n.t('ZooKeeper refuses the character {0} in names. Remove it.', name);
    }
  }
}
