import { cleanName } from './connectionEntry';
import { parsePath, type ZPath } from './znode/path';

/** A znode that the user wants to come back to. */
export interface Bookmark {
  readonly connectionId: string;
  readonly path: ZPath;
  /** What the user calls it; without one it is shown by its path. */
  readonly label?: string;
}

/** More than that is no list to choose from any more. */
export const MAX_BOOKMARKS = 500;

/** Reads what was stored, as far as it makes sense; a second one of the same znode is left out. */
export function parseBookmarks(raw: unknown): Bookmark[] {
  const found: Bookmark[] = [];
  for (const entry of Array.isArray(raw) ? (raw as unknown[]) : []) {
    if (found.length >= MAX_BOOKMARKS) break;
    if (typeof entry !== 'object' || entry === null) continue;
    const { connectionId, path: text, label } = entry as Record<string, unknown>;
    const path = typeof text === 'string' ? parsePath(text) : undefined;
    if (typeof connectionId !== 'string' || path === undefined) continue;
    if (indexOfBookmark(found, connectionId, path) >= 0) continue;
    const name = typeof label === 'string' ? cleanName(label) : '';
    found.push({ connectionId, path, ...(name !== '' && { label: name }) });
  }
  return found;
}

/** -1 when the znode has none. */
export function indexOfBookmark(
  bookmarks: readonly Bookmark[],
  connectionId: string,
  path: ZPath,
): number {
  return bookmarks.findIndex(
    (bookmark) => bookmark.connectionId === connectionId && bookmark.path === path,
  );
}
