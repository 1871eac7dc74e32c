import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { MAX_BOOKMARKS, type Bookmark } from '../../domain/bookmark';
import { cleanName, MAX_NAME_LENGTH } from '../../domain/connectionEntry';
import { parsePath, ROOT, type ZPath } from '../../domain/znode/path';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import { znodeUri } from '../uri';
import { canShow, chooseBookmark, type BookmarkPorts } from './goToBookmark';

interface Place {
  readonly connectionId: string;
  readonly path: ZPath;
}

export interface BookmarkFeature extends Omit<BookmarkPorts, 'l10n'> {
  readonly selectedPlaces: () => readonly Place[];
  readonly log: Logger;
}

/** Adding, removing, renaming and going to bookmarks. */
export function registerBookmarks(feature: BookmarkFeature): Disposable {
  const { store, ui, selectedPlaces, log } = feature;
  const { l10n } = vscode;
  const ports: BookmarkPorts = { ...feature, l10n };
  const disposables = new DisposableStore();
  const register = (id: string, run: (argument?: unknown) => Promise<void>): void => {
    disposables.add(registerCommand(id, run, log));
  };
  const given = (argument: unknown): Place => {
    const place = placeOf(argument) ?? selectedPlaces()[0];
    if (!place) throw new Error(l10n.t('Select a znode in the Clusters view first.'));
    return place;
  };
  register(Commands.bookmarkAdd, async (argument) => {
    const { connectionId, path } = given(argument);
    if (store.has(connectionId, path) || (await store.put({ connectionId, path }))) return;
    throw new Error(l10n.t('There are {0} bookmarks. Remove some of them first.', MAX_BOOKMARKS));
  });
  register(Commands.bookmarkRemove, async (argument) => {
    const title = l10n.t('Remove Bookmark');
    const place = placeOf(argument) ?? (await chooseBookmark(ports, title));
    if (place) await store.remove(place.connectionId, place.path);
  });
  register(Commands.bookmarkRename, async (argument) => {
    const title = l10n.t('Rename Bookmark');
    const bookmark = find(argument, store.all) ?? (await chooseBookmark(ports, title));
    if (!bookmark) return;
    const { connectionId, path, label } = bookmark;
    const text = await ui.input({
      title,
      prompt: l10n.t('What to call {0}. Leave it empty to call it by its path.', path),
      value: label ?? '',
      validate: (value) =>
        value.length > MAX_NAME_LENGTH
          ? l10n.t('The name is longer than {0} characters. Shorten it.', MAX_NAME_LENGTH)
          : undefined,
    });
    const name = cleanName(text);
    await store.put({ connectionId, path, ...(name !== '' && { label: name }) });
  });
  register(Commands.bookmarkGoTo, async () => {
    const bookmark = await chooseBookmark(ports, l10n.t('Go to Bookmark'));
    if (!bookmark || !(await canShow(bookmark, ports))) return;
    const uri = znodeUri(bookmark.connectionId, bookmark.path);
    await vscode.commands.executeCommand(Commands.znodeReveal, uri);
  });
  return disposables;
}

function find(argument: unknown, bookmarks: readonly Bookmark[]): Bookmark | undefined {
  const place = placeOf(argument);
  return bookmarks.find(
    ({ connectionId, path }) => connectionId === place?.connectionId && path === place.path,
  );
}

/** Of a row of the tree, or of the action in a message. */
function placeOf(argument: unknown): Place | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { connectionId, path, kind } = argument as Record<string, unknown>;
  if (typeof connectionId !== 'string') return undefined;
  const parsed = kind === 'connection' ? ROOT : parsePath(typeof path === 'string' ? path : '');
  return parsed === undefined ? undefined : { connectionId, path: parsed };
}
