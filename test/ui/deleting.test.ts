import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dialog } from './support/dialog';
import { screenshotOnFailure } from './support/failures';
import { connect, local, openScene, type Scene } from './support/scene';
import type { Workbench } from './support/workbench';

describe('deleting', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({
      data: async (kazoo) => {
        for (const path of ['/app/config/a', '/app/config/b/c', '/app/leaf', '/app/other']) {
          await kazoo.create(path, `data of ${path}`, { makepath: true });
        }
      },
      connections: (server) => [
        local(server),
        { ...local(server), id: 'fixed', name: 'Fixed', readOnly: true },
      ],
    });
    ({ workbench } = scene);
    await connect(workbench);
    await workbench.sideBar.expand('Local', 'app');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const exists = (path: string) => scene.kazoo.exists(path).then(Boolean);
  const rows = () => workbench.sideBar.childrenOf('Local', 'app');

  it('takes a subtree only by its typed name, and an undo brings it back', async () => {
    const { page, sideBar, quickInput, notifications } = workbench;
    await workbench.contextMenu(await sideBar.rowByPath('Local', 'app', 'config'), 'Delete…');
    const preview = await Dialog.find(page);
    const text = await preview.text();
    expect(text).toMatch(/Delete \/app\/config with all that is below\?/);
    expect(text).toMatch(/4 znodes in 3 levels with 44 bytes of data/);
    await workbench.screenshot('delete-preview');
    await preview.press('Delete…');
    await quickInput.title('Delete 4 znodes from Local');
    await quickInput.fill('conf');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toMatch(/Type config to go on/);
    await workbench.screenshot('delete-wrong-name');
    expect(await exists('/app/config/b/c')).toBe(true);
    await quickInput.fill('config');
    await quickInput.accept();
    await expect.poll(rows).toEqual(['leaf', 'other']);
    expect(await exists('/app/config')).toBe(false);

    const told = await notifications.find('Deleted /app/config (4 znodes).');
    await told.getByRole('button', { name: 'Undo…' }).click();
    const losses = await Dialog.find(page);
    expect(await losses.text()).toMatch(/Created again: 4 znodes/);
    await workbench.screenshot('undo-losses');
    await losses.press('Undo');
    await expect.poll(rows).toEqual(['config', 'leaf', 'other']);
    const { data } = await scene.kazoo.get('/app/config/b/c');
    expect(data.toString()).toBe('data of /app/config/b/c');
    await notifications.clear();
  });

  it('takes several rows by the Delete key and their number', async () => {
    const { page, sideBar, quickInput } = workbench;
    await (await sideBar.rowByPath('Local', 'app', 'leaf')).click();
    await (
      await sideBar.rowByPath('Local', 'app', 'other')
    ).click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Delete');
    const preview = await Dialog.find(page);
    expect(await preview.text()).toMatch(/and 1 more/);
    await preview.press('Delete…');
    await quickInput.title('Delete 2 znodes from Local');
    await quickInput.fill('2');
    await quickInput.accept();
    await expect.poll(rows).toEqual(['config']);
  });

  it('restores from the list of changes', async () => {
    const { page, quickInput } = workbench;
    await workbench.run('ZooKeeper: Restore…');
    await quickInput.title('Restore');
    await expect
      .poll(async () => (await quickInput.options()).join('\n'))
      .toMatch(/Deleted \/app\/\w+ and 1 more, Local/);
    await quickInput.accept();
    await (await Dialog.find(page)).press('Undo');
    await expect.poll(rows).toEqual(['config', 'leaf', 'other']);
  });

  it('offers no deletion of what belongs to ZooKeeper, nor on a read-only connection', async () => {
    const { sideBar } = workbench;
    const items = async (...path: string[]): Promise<string[]> =>
      workbench.menuLabels(await sideBar.rowByPath(...path), 'Copy Path');
    // Several are still selected, and then there are only commands for several.
    await (await sideBar.rowByPath('Local', 'app', 'leaf')).click();
    expect(await items('Local', 'app')).toContain('Delete…');
    expect(await items('Local', 'zookeeper')).not.toContain('Delete…');
    await sideBar.collapseAll();
    await connect(workbench, 'Fixed');
    expect(await items('Fixed', 'app')).not.toContain('Delete…');
  });
});
