import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { screenshotOnFailure } from './support/failures';
import type { Pane } from './support/pane';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

const DUBBO_URL = 'dubbo://10.0.0.7:20880/com.example.Orders?side=provider&weight=100';
const DUBBO = encodeURIComponent(DUBBO_URL);
const HOSTILE = [
  '$(alert)',
  '**bold** `code`',
  '<img src=x onerror=alert(1)>',
  '[link](command:workbench.action.reloadWindow)',
  '{0}',
] as const;
/** Anybody may do anything but read. */
const NO_READ = { scheme: 'world', id: 'anyone', perms: 'cdwa' };

async function createData(kazoo: Kazoo): Promise<void> {
  for (const path of ['/wide', '/closed', '/dubbo', '/names', '/services/web/server-1']) {
    await kazoo.create(path, '', { makepath: true });
  }
  await kazoo.createMany('/wide/item-', 5_000);
  await kazoo.create(`/dubbo/${DUBBO}`);
  for (const name of HOSTILE) await kazoo.create(`/names/${name}`, 'x');
  await kazoo.create('/names/turned\u202e around');
  await kazoo.create('/closed/inside');
  await kazoo.setAcl('/closed', [NO_READ]);
}

describe('browsing', () => {
  let scene: Scene;
  let workbench: Workbench;
  let tree: Pane;

  beforeAll(async () => {
    scene = await openScene({ data: createData, viewport: { width: 1280, height: 1000 } });
    ({ workbench } = scene);
    tree = workbench.sideBar;
    await connect(workbench);
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));
  afterEach(async () => {
    await tree.collapseAll();
    await tree.expand('Local');
  });

  const clipboard = (): Promise<string> =>
    workbench.page.evaluate('navigator.clipboard.readText()');

  it('shows a wide znode page by page', async () => {
    await tree.expand('Local', 'wide');
    await tree.rowByPath('Local', 'wide', 'item-000000');
    await tree.scrollToEnd();
    const more = tree.row('Show more (200 of 5,000)');
    await more.waitFor();
    expect((await tree.rows()).map(({ label }) => label)).toContain('item-000199');
    await more.click();
    await tree.row('item-000200').waitFor();
    await tree.scrollToEnd();
    await tree.row('Show more (400 of 5,000)').waitFor();
  });

  it('filters the children of a znode', async () => {
    const askForFilter = async (text: string): Promise<void> => {
      await workbench.contextMenu(await tree.rowByPath('Local', 'wide'), 'Filter Children…');
      await workbench.quickInput.title('Filter Children');
      await workbench.quickInput.fill(text);
      await workbench.quickInput.accept();
      await workbench.quickInput.closed();
    };
    const names = () => tree.childrenOf('Local', 'wide');
    await tree.expand('Local', 'wide');
    await tree.rowByPath('Local', 'wide', 'item-000000');
    await askForFilter('*499?');
    await expect.poll(names).toHaveLength(10);
    expect((await names())[9]).toBe('item-004999');
    await expect.poll(() => tree.description('Local', 'wide')).toBe('5,000 · filter: *499?');

    await scene.kazoo.create('/wide/new-4990');
    await expect.poll(names, { timeout: 2_000 }).toContain('new-4990');
    await scene.kazoo.delete('/wide/new-4990');

    await askForFilter('nothing');
    await expect.poll(names).toEqual(['no name matches the filter “nothing”']);
    await workbench.inlineAction(await tree.rowByPath('Local', 'wide'), 'Clear Filter');
    await tree.rowByPath('Local', 'wide', 'item-000000');
    await expect.poll(() => tree.description('Local', 'wide')).toBe('5,000');
  });

  it('completes a path as it is typed and goes there', async () => {
    const { quickInput } = workbench;
    await workbench.run('ZooKeeper: Go to Path…');
    await quickInput.title('Go to Path');
    await quickInput.fill('/ser');
    await expect.poll(() => quickInput.options()).toEqual(['/services']);
    await quickInput.fill('/services/');
    await expect.poll(() => quickInput.options()).toEqual(['/services/web']);
    await quickInput.fill('/services/web/server-1');
    await expect.poll(() => quickInput.options()).toEqual(['/services/web/server-1']);
    await quickInput.accept();
    const row = await tree.rowByPath('Local', 'services', 'web', 'server-1');
    await expect.poll(() => row.getAttribute('class')).toMatch(/\bselected\b/);
  });

  it('says when a path leads nowhere', async () => {
    const { quickInput } = workbench;
    await workbench.run('ZooKeeper: Go to Path…');
    await quickInput.title('Go to Path');
    await quickInput.fill('/services/nobody');
    await expect.poll(() => quickInput.options()).toEqual(['there is no such znode']);
    await quickInput.fill('services');
    await expect.poll(() => quickInput.options()).toEqual(['a path starts with /']);
    await quickInput.cancel();
  });

  it('reveals a child beyond the page', async () => {
    const { quickInput } = workbench;
    await workbench.run('ZooKeeper: Go to Path…');
    await quickInput.title('Go to Path');
    await quickInput.fill('/wide/item-003210');
    await expect.poll(() => quickInput.options()).toEqual(['/wide/item-003210']);
    await quickInput.accept();
    await tree.row('item-003210').waitFor();
    await expect.poll(() => tree.row('item-003210').getAttribute('class')).toMatch(/\bselected\b/);
  });

  it('copies path and name', async () => {
    await tree.expand('Local', 'services', 'web');
    const row = () => tree.rowByPath('Local', 'services', 'web', 'server-1');
    await workbench.contextMenu(await row(), 'Copy Path');
    await expect.poll(clipboard).toBe('/services/web/server-1');
    await workbench.contextMenu(await row(), 'Copy Name');
    await expect.poll(clipboard).toBe('server-1');
  });

  it('says why a znode cannot be read, and tries again on a click', async () => {
    await tree.expand('Local', 'closed');
    const names = () => tree.childrenOf('Local', 'closed');
    const reason = 'no READ permission; connected without credentials';
    await expect.poll(names).toEqual([reason]);
    await expect.poll(() => tree.description('Local', 'closed', reason)).toBe('click to try again');
    await scene.kazoo.setAcl('/closed', 'open');
    await tree.row(reason).click();
    await expect.poll(names).toEqual(['inside']);
  });

  it('decodes names of URLs and keeps the raw name in the tooltip', async () => {
    await tree.expand('Local', 'dubbo');
    await expect.poll(() => tree.childrenOf('Local', 'dubbo')).toEqual([DUBBO_URL]);
    const tooltip = await tree.tooltip(await tree.rowByPath('Local', 'dubbo', DUBBO_URL));
    expect(readable(await tooltip.innerText())).toContain(`/dubbo/${DUBBO}`);
    await workbench.contextMenu(await tree.rowByPath('Local', 'dubbo', DUBBO_URL), 'Copy Name');
    await expect.poll(clipboard).toBe(DUBBO);
  });

  it('shows hostile names as they are', async () => {
    await tree.expand('Local', 'names');
    const names = [...HOSTILE, 'turned\\u{202e} around'];
    await expect
      .poll(async () => new Set(await tree.childrenOf('Local', 'names')))
      .toEqual(new Set(names));
    for (const name of HOSTILE) {
      const tooltip = await tree.tooltip(await tree.rowByPath('Local', 'names', name));
      expect(readable(await tooltip.innerText())).toContain(`/names/${name}`);
      expect(await tooltip.locator('img, a, strong, .codicon').count()).toBe(0);
    }
  });

  it('tells the whole stat in the tooltip', async () => {
    const { stat } = await scene.kazoo.get('/names');
    const row = await tree.rowByPath('Local', 'names');
    const text = readable(await (await tree.tooltip(row)).innerText());
    expect(text).toContain('0 bytes, version 0');
    expect(text).toContain(`0x${stat.czxid.toString(16)}`);
    expect(text).toMatch(/Modified\s.*\((now|.* ago)\)/);
  });
});
