import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatAcl } from '../../src/domain/znode/aclText';
import type { ZPath } from '../../src/domain/znode/path';
import type { ZkClient } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';
import { contrast } from './support/contrast';
import { Dialog } from './support/dialog';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

declare function getComputedStyle(element: object): { readonly color: string };

/** Of graphical objects, WCAG 2.1, 1.4.11; of text, 1.4.3. */
const VISIBLE = 3;
const READABLE = 4.5;

describe('a production connection', () => {
  let scene: Scene;
  let workbench: Workbench;
  let client: ZkClient;

  beforeAll(async () => {
    scene = await openScene({
      data: async (kazoo) => {
        await kazoo.create('/app');
        await kazoo.create('/app/first', '1');
      },
      connections: ({ connectString }) => [
        { id: 'prod', name: 'Prod', connectString, readOnly: false, production: true },
        { id: 'test', name: 'Test', connectString },
      ],
    });
    ({ workbench } = scene);
    client = createNodeClient({ connectString: scene.server.connectString });
    await client.connect();
    await connect(workbench, 'Prod');
    await workbench.sideBar.expand('Prod', 'app');
    return async () => {
      await client.close();
      await scene.close();
    };
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const statusBar = () => workbench.page.locator('.statusbar-item', { hasText: 'Prod' });
  const aclOf = async (path: string): Promise<string> =>
    formatAcl((await client.getAcl(path as ZPath)).acl);

  it('creates a child by keyboard, and names itself in the question', async () => {
    const { page, quickInput } = workbench;
    await (await workbench.sideBar.rowByPath('Prod', 'app')).click(); // selects and folds it
    await page.keyboard.press('ArrowRight');
    await workbench.sideBar.rowByPath('Prod', 'app', 'first');
    await page.keyboard.press('Insert');
    await quickInput.title('Create Below /app (1/4)');
    await quickInput.fill('a/../b');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toContain('not possible in ZooKeeper');
    await quickInput.fill('nested/child');
    await quickInput.accept();
    await quickInput.title('(2/4)');
    await quickInput.accept();
    await quickInput.title('(3/4)');
    await quickInput.accept();
    await quickInput.title('(4/4)');
    await quickInput.accept();
    const dialog = await Dialog.find(page);
    const text = await dialog.text();
    expect(text).toContain('Prod (production): Create /app/nested/child?');
    expect(text).toContain('/app/nested');
    await workbench.screenshot('production-create');
    await page.keyboard.press('Enter');
    await workbench.sideBar.rowByPath('Prod', 'app', 'nested', 'child');
    expect(await client.exists('/app/nested/child' as ZPath)).toMatchObject({ dataLength: 0 });
  });

  it('changes an access list by keyboard', async () => {
    const { page, quickInput } = workbench;
    await (await workbench.sideBar.rowByPath('Prod', 'app', 'first')).click();
    await workbench.run('ZooKeeper: Access List (ACL)…');
    await quickInput.title('Access List of /app/first');
    await expect
      .poll(async () => (await quickInput.options())[0])
      .toContain('Anyone, everything, world:anyone:cdrwa');
    await workbench.screenshot('acl');
    await quickInput.fill('Add an entry');
    await quickInput.accept();
    await quickInput.title('(2/4)');
    await quickInput.fill('An address');
    await quickInput.accept();
    await quickInput.title('(3/4)');
    await quickInput.fill('10.0.0.0/8');
    await quickInput.accept();
    await quickInput.title('(4/4)');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await quickInput.options()).join('\n'))
      .toContain('Address 10.0');
    await quickInput.fill('Save');
    await quickInput.accept();
    const dialog = await Dialog.find(page);
    expect(await dialog.text()).toContain('Prod (production): Change the access list');
    await page.keyboard.press('Enter');
    await expect.poll(() => aclOf('/app/first')).toBe('world:anyone:cdrwa,ip:10.0.0.0/8:rw');
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`stands out, and not by colour alone: ${theme}`, async () => {
      await workbench.setTheme(theme);
      const row = workbench.row('Prod');
      await expect.poll(() => row.innerText()).toContain('production');
      await expect.poll(() => statusBar().innerText()).toContain('Prod (production)');
      const icon = row.locator('.custom-view-tree-node-item-icon');
      const other = workbench.row('Test').locator('.custom-view-tree-node-item-icon');
      const colourOf = (locator: Locator) =>
        locator.evaluate((element: object) => getComputedStyle(element).color);
      const usual = await colourOf(other);
      await expect.poll(() => colourOf(icon)).not.toBe(usual);
      await expect.poll(() => contrast(icon)).toBeGreaterThan(VISIBLE);
      await expect.poll(() => contrast(statusBar().locator('a'))).toBeGreaterThan(READABLE);
      await workbench.screenshot(`production-${theme}`);
    });
  }
});
