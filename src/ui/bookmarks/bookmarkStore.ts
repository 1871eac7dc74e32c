import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import {
  indexOfBookmark,
  MAX_BOOKMARKS,
  parseBookmarks,
  type Bookmark,
} from '../../domain/bookmark';
import type { ZPath } from '../../domain/znode/path';

const KEY = 'bookmarks';

/** The part of `vscode.Memento` that is needed. */
export interface BookmarkMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** The user's bookmarks, the same in every window; the list is read anew, as other windows add some. */
export class BookmarkStore implements Disposable {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;

  private known = new Set<string>();

  constructor(private readonly memory: BookmarkMemory) {
    this.remember(this.all);
  }

  get all(): readonly Bookmark[] {
    return parseBookmarks(this.memory.get(KEY));
  }

  /** Cheap: it is asked for every row. */
  has(connectionId: string, path: ZPath): boolean {
    return this.known.has(keyOf({ connectionId, path }));
  }

  /** Adds it, or takes the place of the one of the same znode; false when there is no room. */
  async put(bookmark: Bookmark): Promise<boolean> {
    const { all } = this;
    const at = indexOfBookmark(all, bookmark.connectionId, bookmark.path);
    if (at < 0 && all.length >= MAX_BOOKMARKS) return false;
    await this.write(at < 0 ? [...all, bookmark] : all.with(at, bookmark));
    return true;
  }

  async remove(connectionId: string, path: ZPath): Promise<void> {
    const { all } = this;
    const at = indexOfBookmark(all, connectionId, path);
    if (at >= 0) await this.write(all.toSpliced(at, 1));
  }

  dispose(): void {
    this.changes.dispose();
  }

  private async write(bookmarks: readonly Bookmark[]): Promise<void> {
    await this.memory.update(KEY, bookmarks);
    this.remember(bookmarks);
    this.changes.fire();
  }

  private remember(bookmarks: readonly Bookmark[]): void {
    this.known = new Set(bookmarks.map(keyOf));
  }
}

/** No id of a connection has a slash. */
function keyOf({ connectionId, path }: Bookmark): string {
  return connectionId + path;
}
