import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';

describe('on the oldest supported VS Code', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await openScene({
      version: 'oldest',
      data: async (kazoo) => {
        await kazoo.create('/app/config.json', '{"a": 1}', { makepath: true });
        await kazoo.create('/caches');
        for (const i of [1, 2]) await kazoo.create(`/caches/10.0.0.${i}:11211`);
      },
    });
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => scene.workbench));

  it('connects, unfolds and shows new and changed znodes by itself', async () => {
    const { workbench, kazoo } = scene;
    const tree = workbench.sideBar;
    await connect(workbench);
    await tree.expand('Local', 'app');
    await expect.poll(() => tree.childrenOf('Local', 'app')).toEqual(['config.json']);
    await kazoo.create('/app/new', 'abc');
    await expect
      .poll(() => tree.description('Local', 'app', 'new'), { timeout: 1_000 })
      .toBe('3 bytes');
    await kazoo.delete('/app/new');
    await expect
      .poll(() => tree.childrenOf('Local', 'app'), { timeout: 1_000 })
      .toEqual(['config.json']);
  });

  it('opens a znode and follows it', async () => {
    const { workbench, kazoo } = scene;
    await (await workbench.rowByPath('Local', 'app', 'config.json')).click();
    await expect.poll(() => workbench.editorText()).toBe('{"a": 1}');
    await kazoo.set('/app/config.json', '{"a": 2}');
    await expect.poll(() => workbench.editorText()).toBe('{"a": 2}');
    await workbench.statusItem('Local: connected').waitFor();
  });

  it('draws the ring of a znode, follows it, and opens a ring file', async () => {
    const { workbench, kazoo } = scene;
    const names = async (): Promise<string[]> =>
      (await workbench.webview().locator('table.servers .name').allInnerTexts()).map(readable);
    await workbench.contextMenu(await workbench.rowByPath('Local', 'caches'), 'Show Hash Ring');
    await expect.poll(names).toHaveLength(2);
    await kazoo.create('/caches/10.0.0.3:11211');
    await expect.poll(names, { timeout: 1_000 }).toContain('10.0.0.3:11211');
    const members = { servers: [{ address: 'only:1' }] };
    await writeFile(join(workbench.workspace, 'a.zkring.json'), JSON.stringify({ members }));
    await workbench.openFile('a.zkring.json');
    await expect.poll(names).toEqual(['only:1']);
  });

  it('asks for a connection and leaves no trace when left', async () => {
    const { quickInput } = scene.workbench;
    await scene.workbench.run('ZooKeeper: Add Connection…');
    await quickInput.title('Add Connection (1/');
    await quickInput.fill('host:0');
    await expect.poll(() => quickInput.message()).toMatch(/is not a port/);
    await quickInput.cancel();
    expect((await scene.workbench.sideBar.rows())[0]?.label).toBe('Local');
  });
});
