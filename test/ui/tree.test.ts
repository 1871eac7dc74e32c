import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { screenshotOnFailure } from './support/failures';
import { touchedRows } from './support/mutations';
import type { Pane } from './support/pane';
import { connect, local, openScene, type Scene } from './support/scene';
import type { Workbench } from './support/workbench';

/** Time for a change by another client to be seen, without a click; twice what is promised. */
const AT_ONCE = { timeout: 2_000, interval: 20 };
/** A decoration is shown for four seconds. */
const SOON = { timeout: 8_000, interval: 100 };

const UUIDS = ['ffffffff', '88888888', '00000000'].map((id) => `${id}-1111-4222-8333-444444444444`);

async function createData(kazoo: Kazoo): Promise<void> {
  const paths = [
    '/live/calm',
    '/marks/old',
    '/again/written',
    '/leaves/leaf',
    '/quiet/one',
    '/quiet/two',
  ];
  for (const path of [...paths, '/kept/a/b', '/folds/first', '/paused/known']) {
    await kazoo.create(path, '', { makepath: true });
  }
  for (const name of ['item-10', 'item-2', 'Item-1', 'b']) {
    await kazoo.create(`/order/${name}`, '', { makepath: true });
  }
  for (const prefix of ['z-', 'a-']) await kazoo.create(`/order/${prefix}`, '', { sequence: true });
  await kazoo.create('/lock');
  for (const uuid of UUIDS) {
    const path = `/lock/_c_${uuid}-lock-`;
    await kazoo.create(path, '10.0.0.1', { sequence: true, ephemeral: true });
  }
}

describe('the live tree', () => {
  let scene: Scene;
  let workbench: Workbench;
  let tree: Pane;
  let kazoo: Kazoo;

  beforeAll(async () => {
    scene = await openScene({
      data: createData,
      connections: (server) => [local(server), { ...local(server), id: 'twin', name: 'Twin' }],
      viewport: { width: 1280, height: 1400 },
    });
    ({ workbench, kazoo } = scene);
    tree = workbench.sideBar;
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));
  afterEach(async () => {
    await tree.collapseAll();
    await tree.expand('Local');
  });

  it('connects and unfolds by a click', async () => {
    await expect.poll(() => tree.description('Local')).toBe('not connected');
    await connect(workbench);
    await expect
      .poll(() => tree.description('Local'))
      .toBe(`connected to ${scene.server.connectString}`);
    await expect.poll(() => tree.childrenOf('Local')).toContain('live');
  });

  it('shows what another client creates, writes and deletes', async () => {
    await tree.expand('Local', 'live');
    const description = () => tree.description('Local', 'live', 'fresh');
    await kazoo.create('/live/fresh', 'one');
    await expect.poll(description, AT_ONCE).toBe('3 bytes');
    await kazoo.set('/live/fresh', 'three');
    await expect.poll(description, AT_ONCE).toBe('5 bytes');
    await kazoo.delete('/live/fresh');
    await expect.poll(description, AT_ONCE).toBeUndefined();
    await expect.poll(() => tree.childrenOf('Local', 'live')).toEqual(['calm']);
  });

  it('marks a new and a written row for some seconds', async () => {
    await tree.expand('Local', 'marks');
    await tree.rowByPath('Local', 'marks', 'old');
    await kazoo.create('/marks/new');
    await expect.poll(() => tree.childrenOf('Local', 'marks'), AT_ONCE).toEqual(['new', 'old']);
    await expect.poll(() => tree.badge(tree.row('new')), AT_ONCE).toBe('A');
    await kazoo.set('/marks/old', 'other');
    await expect.poll(() => tree.badge(tree.row('old')), AT_ONCE).toBe('M');
    await expect.poll(() => tree.badge(tree.row('new')), SOON).toBe('');
    await expect.poll(() => tree.badge(tree.row('old')), SOON).toBe('');
  });

  it('marks a row that is written again for a time of its own', async () => {
    await tree.expand('Local', 'again');
    await tree.rowByPath('Local', 'again', 'written');
    const badge = () => tree.badge(tree.row('written'));
    await kazoo.set('/again/written', 'once');
    await expect.poll(badge, AT_ONCE).toBe('M');
    await workbench.page.waitForTimeout(2_000); // half the time of the first mark
    await kazoo.set('/again/written', 'twice');
    const writtenAt = Date.now();
    await expect.poll(() => tree.description('Local', 'again', 'written'), AT_ONCE).toBe('5 bytes');
    await expect.poll(badge, SOON).toBe('');
    expect(Date.now() - writtenAt).toBeGreaterThan(3_000);
  });

  it('renders only the row that changed', async () => {
    await tree.expand('Local', 'quiet');
    await tree.rowByPath('Local', 'quiet', 'two');
    const touched = await touchedRows(workbench.page, async () => {
      await kazoo.set('/quiet/two', 'new');
      await expect.poll(() => tree.badge(tree.row('two')), AT_ONCE).toBe('M');
      await expect.poll(() => tree.description('Local', 'quiet', 'two'), AT_ONCE).toBe('3 bytes');
    });
    expect(touched).toEqual(['two']);
  });

  it('lets a leaf unfold once it has a child', async () => {
    await tree.expand('Local', 'leaves');
    const expandable = async () =>
      (await tree.rowByPath('Local', 'leaves', 'leaf')).getAttribute('aria-expanded');
    await expect.poll(expandable).toBeNull();
    await kazoo.create('/leaves/leaf/child');
    await expect.poll(expandable, { timeout: 6_000, interval: 100 }).toBe('false');
    await tree.expand('Local', 'leaves', 'leaf');
    await tree.rowByPath('Local', 'leaves', 'leaf', 'child');
  });

  it('keeps what is unfolded and selected over a refresh and over changes', async () => {
    await tree.expand('Local', 'kept', 'a');
    const selected = () =>
      tree.root.locator('.monaco-list-row.selected').getAttribute('aria-label');
    await (await tree.rowByPath('Local', 'kept', 'a', 'b')).click();
    await expect.poll(selected).toMatch(/^b\b/);
    await kazoo.create('/kept/a/after');
    await tree.rowByPath('Local', 'kept', 'a', 'after');
    await kazoo.set('/kept', 'data');
    await expect.poll(() => tree.description('Local', 'kept')).toContain('4 bytes');
    await tree.titleAction('Refresh');
    await kazoo.create('/kept/a/later');
    await tree.rowByPath('Local', 'kept', 'a', 'later');
    await expect.poll(() => tree.childrenOf('Local', 'kept', 'a')).toEqual(['after', 'b', 'later']);
    await expect.poll(selected).toMatch(/^b\b/);
  });

  it('sorts names naturally, and sequential ones by their number behind them', async () => {
    await tree.expand('Local', 'order');
    await tree.rowByPath('Local', 'order', 'b');
    await expect
      .poll(() => tree.childrenOf('Local', 'order'))
      .toEqual(['b', 'Item-1', 'item-2', 'item-10', 'z-0000000004', 'a-0000000005']);
  });

  it('marks who holds a lock, and the next one when that goes', async () => {
    await tree.expand('Local', 'lock');
    const first = '…lock-0000000000';
    const second = '…lock-0000000001';
    await expect.poll(() => tree.description('Local', 'lock', first)).toMatch(/^holds the lock · /);
    await expect
      .poll(() => tree.description('Local', 'lock', second))
      .toMatch(/^8 bytes · session 0x/);
    await kazoo.delete(`/lock/_c_${UUIDS[0] ?? ''}-lock-0000000000`);
    await expect
      .poll(() => tree.description('Local', 'lock', second), AT_ONCE)
      .toMatch(/^holds the lock · /);
  });

  it('is live again after it was folded', async () => {
    const names = () => tree.childrenOf('Local', 'folds');
    await tree.expand('Local', 'folds');
    await expect.poll(names).toEqual(['first']);
    await (await tree.rowByPath('Local', 'folds')).locator('.monaco-tl-twistie').click();
    await expect.poll(names).toEqual([]);
    await kazoo.create('/folds/folded');
    await tree.expand('Local', 'folds');
    await expect.poll(names).toEqual(['first', 'folded']);
    await kazoo.create('/folds/unfolded');
    await expect.poll(names, AT_ONCE).toEqual(['first', 'folded', 'unfolded']);
  });

  it('stands still while paused, says so, and catches up', async () => {
    await connect(workbench, 'Twin');
    await tree.expand('Local', 'paused');
    await tree.expand('Twin', 'paused');
    const names = () => tree.childrenOf('Local', 'paused');

    await workbench.inlineAction(tree.row('Local'), 'Pause Live Updates');
    await expect.poll(() => tree.description('Local')).toMatch(/^paused, stale since \d/);
    await kazoo.create('/paused/missed');
    await tree.rowByPath('Twin', 'paused', 'missed'); // the news have been here
    expect(await names()).toEqual(['known']);

    await workbench.inlineAction(tree.row('Local'), 'Resume Live Updates');
    await expect.poll(names, AT_ONCE).toEqual(['known', 'missed']);
    await expect.poll(() => tree.description('Local')).not.toContain('paused');
    await kazoo.create('/paused/seen');
    await expect.poll(names, AT_ONCE).toEqual(['known', 'missed', 'seen']);
  });
});
