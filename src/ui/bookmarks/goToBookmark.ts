import type * as vscode from 'vscode';
import type { Bookmark } from '../../domain/bookmark';
import type { Sessions } from '../../zk/sessions';
import { Commands } from '../contributions';
import type { UserInput } from '../userInput';
import type { BookmarkStore } from './bookmarkStore';
import { presenceOf } from '../../zk/presence';

export interface BookmarkPorts {
  readonly store: BookmarkStore;
  readonly sessions: Pick<Sessions, 'get'>;
  /** The name of a connection; undefined when there is no such one in this window. */
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
}

/** Lets the user choose a bookmark; undefined when there is none, which the user has been told. */
export async function chooseBookmark(
  { store, ui, nameOf, l10n }: BookmarkPorts,
  title: string,
): Promise<Bookmark | undefined> {
  const bookmarks = store.all;
  if (bookmarks.length === 0) {
    ui.notify({
      severity: 'info',
      message: l10n.t('There are no bookmarks yet. Add one from the menu of a znode in the tree.'),
    });
    return undefined;
  }
  return ui.pick({
    title,
    placeholder: l10n.t('Type a part of a path, a label or a connection.'),
    items: bookmarks.map((bookmark) => {
      const { connectionId, path, label } = bookmark;
      const connection = nameOf(connectionId) ?? l10n.t('{0}, not in this window', connectionId);
      return {
        label: label ?? path,
        description: connection,
        ...(label !== undefined && { detail: path }),
        icon: 'bookmark',
        value: bookmark,
      };
    }),
  });
}

/** Whether the bookmarked znode can be shown; otherwise says why not, and what can be done. */
export async function canShow(
  { connectionId, path }: Bookmark,
  { sessions, nameOf, ui, l10n }: BookmarkPorts,
): Promise<boolean> {
  const name = nameOf(connectionId);
  const place = { connectionId, path };
  const remove = {
    label: l10n.t('Remove Bookmark'),
    command: Commands.bookmarkRemove,
    argument: place,
  };
  if (name === undefined) {
    const message = l10n.t('There is no connection {0} in this window.', connectionId);
    ui.notify({ severity: 'warning', message, actions: [remove] });
    return false;
  }
  const session = sessions.get(connectionId);
  if (!session) {
    ui.notify({
      severity: 'info',
      message: l10n.t('{0} is not connected. Connect, then go to the bookmark again.', name),
      actions: [
        {
          label: l10n.t('Connect'),
          command: Commands.connectionConnect,
          argument: { connectionId },
        },
      ],
    });
    return false;
  }
  const found = await ui.progress(
    {
      title: l10n.t('Go to Bookmark'),
      message: l10n.t('Looking for {0}', path),
      detail: l10n.t('Press Escape to stop.'),
    },
    (signal) => presenceOf(session.client, path, { signal }),
  );
  if (found) return true;
  const message = l10n.t('{0} does not exist on {1} now.', path, name);
  ui.notify({ severity: 'warning', message, actions: [remove] });
  return false;
}
