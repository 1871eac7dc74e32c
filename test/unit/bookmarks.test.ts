import { describe, expect, it } from 'vitest';
import { MAX_BOOKMARKS, parseBookmarks } from '../../src/domain/bookmark';
import type { ZPath } from '../../src/domain/znode/path';
import { BookmarkStore } from '../../src/ui/bookmarks/bookmarkStore';
import { canShow, chooseBookmark } from '../../src/ui/bookmarks/goToBookmark';
import type { Sessions } from '../../src/zk/sessions';
import { englishL10n as l10n, ScriptedUser, type Answer } from '../fakes/userInput';

const path = (text: string): ZPath => text as ZPath;

function world(raw: unknown, ...answers: Answer[]) {
  let stored = raw;
  const memory = {
    get: () => stored,
    update: (_: string, value: unknown) => Promise.resolve(void (stored = value)),
  };
  const store = new BookmarkStore(memory);
  const ui = new ScriptedUser(...answers);
  const there = new Set(['/there']);
  const client = { exists: (at: string) => Promise.resolve(there.has(at) ? {} : undefined) };
  const sessions = {
    get: (id: string) => (id === 'open' ? { client } : undefined),
  } as unknown as Pick<Sessions, 'get'>;
  const names: Record<string, string> = { open: 'Prod', closed: 'Test' };
  const ports = { store, sessions, nameOf: (id: string) => names[id], ui, l10n };
  return { store, ui, ports, stored: () => stored };
}

describe('stored bookmarks', () => {
  it('are read as far as they make sense', () => {
    const raw = [
      ...[null, 'x', { connectionId: 'a' }, { connectionId: 'a', path: 'x' }, { path: '/a' }],
      { connectionId: 'a', path: '/x', label: ' My\u202e label\n' },
      { connectionId: 'a', path: '/x' },
      { connectionId: 'b', path: '/x', label: '  ' },
    ];
    expect(parseBookmarks(raw)).toEqual([
      { connectionId: 'a', path: '/x', label: 'My label' },
      { connectionId: 'b', path: '/x' },
    ]);
    expect(parseBookmarks({ length: 3 })).toEqual([]);
    const many = Array.from({ length: 9_999 }, (_, i) => ({ connectionId: 'a', path: `/${i}` }));
    expect(parseBookmarks(many)).toHaveLength(MAX_BOOKMARKS);
  });

  it('are added, renamed in place, and removed', async () => {
    const { store, stored } = world([{ connectionId: 'a', path: '/x' }]);
    let changes = 0;
    store.onDidChange(() => changes++);
    expect([store.has('a', path('/x')), store.has('a', path('/y'))]).toEqual([true, false]);
    await store.put({ connectionId: 'b', path: path('/y') });
    await store.put({ connectionId: 'a', path: path('/x'), label: 'X' });
    expect(stored()).toEqual([
      { connectionId: 'a', path: '/x', label: 'X' },
      { connectionId: 'b', path: '/y' },
    ]);
    await store.remove('a', path('/x'));
    await store.remove('a', path('/x'));
    expect(store.has('a', path('/x'))).toBe(false);
    expect([stored(), changes]).toEqual([[{ connectionId: 'b', path: '/y' }], 3]);
  });

  it('see those that another window has added since', async () => {
    const shared = world([]);
    const other = new BookmarkStore({
      get: shared.stored,
      update: (key, value) =>
        (
          shared.store as unknown as { memory: { update(k: string, v: unknown): Promise<void> } }
        ).memory.update(key, value),
    });
    await other.put({ connectionId: 'a', path: path('/x') });
    await shared.store.put({ connectionId: 'a', path: path('/y') });
    expect(shared.stored()).toHaveLength(2);
  });

  it('have an end', async () => {
    const raw = Array.from({ length: MAX_BOOKMARKS }, (_, i) => ({
      connectionId: 'a',
      path: `/${i}`,
    }));
    const { store } = world(raw);
    expect(await store.put({ connectionId: 'a', path: path('/new') })).toBe(false);
    expect(await store.put({ connectionId: 'a', path: path('/1'), label: 'old' })).toBe(true);
  });
});

describe('going to a bookmark', () => {
  it('offers labels and paths with their connection', async () => {
    const raw = [
      { connectionId: 'open', path: '/a', label: 'Orders' },
      { connectionId: 'gone', path: '/b' },
    ];
    const { ports } = world(raw, { pick: 'Orders' });
    expect(await chooseBookmark(ports, 'Go')).toMatchObject({ path: '/a' });
    const empty = world([]);
    expect(await chooseBookmark(empty.ports, 'Go')).toBeUndefined();
    expect(empty.ui.notices[0]?.message).toMatch(/no bookmarks yet/);
  });

  it.each([
    ['open', '/there', true, undefined],
    ['open', '/missing', false, '/missing does not exist on Prod now.'],
    ['closed', '/there', false, 'Test is not connected. Connect, then go to the bookmark again.'],
    ['gone', '/there', false, 'There is no connection gone in this window.'],
  ])('%s %s: %s', async (connectionId, where, shows, told) => {
    const { ports, ui } = world([]);
    expect(await canShow({ connectionId, path: path(where) }, ports)).toBe(shows);
    expect(ui.notices[0]?.message).toBe(told);
    if (told !== undefined) expect(ui.notices[0]?.actions).toHaveLength(1);
  });
});
