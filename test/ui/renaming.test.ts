import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dialog } from './support/dialog';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import type { Workbench } from './support/workbench';

describe('renaming', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({
      data: async (kazoo) => {
        for (const path of ['/app/old/a', '/app/old/b', '/app/taken']) {
          await kazoo.create(path, `data of ${path}`, { makepath: true });
        }
        await kazoo.set('/app/old', 'data of /app/old');
      },
    });
    ({ workbench } = scene);
    await connect(workbench);
    await workbench.sideBar.expand('Local', 'app');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const rows = () => workbench.sideBar.childrenOf('Local', 'app');

  it('takes a subtree along by F2, tells the losses, and its editor follows', async () => {
    const { page, sideBar, quickInput, notifications } = workbench;
    await (await sideBar.rowByPath('Local', 'app', 'old')).click();
    await workbench.tab('old').waitFor();
    await page.keyboard.press('F2');
    await quickInput.title('Rename /app/old');
    await expect.poll(() => quickInput.value()).toBe('old');
    await quickInput.fill('a/b');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toMatch(/A name has no \//);
    await quickInput.fill('new');
    await quickInput.accept();
    const question = await Dialog.find(page);
    const text = await question.text();
    expect(text).toMatch(/Move \/app\/old to \/app\/new\?/);
    expect(text).toMatch(/counter for sequence numbers starts at 0: 1 znode/);
    expect(text).toMatch(/In one transaction/);
    await workbench.screenshot('rename-losses');
    await question.press('Move');
    await expect.poll(rows).toEqual(['new', 'taken']);
    const { data } = await scene.kazoo.get('/app/new/b');
    expect(data.toString()).toBe('data of /app/old/b');
    await workbench.tab('new').waitFor();
    await notifications.find('Moved /app/old to /app/new (3 znodes).');
    await notifications.clear();
  });

  it('asks about a name that is taken, and takes another one', async () => {
    const { page, sideBar, quickInput } = workbench;
    await (await sideBar.rowByPath('Local', 'app', 'new')).click();
    await page.keyboard.press('F2');
    await quickInput.title('Rename /app/new');
    await quickInput.fill('taken');
    await quickInput.accept();
    const taken = await Dialog.find(page);
    expect(await taken.text()).toMatch(/\/app\/taken exists already/);
    await taken.press('Another Name…');
    await quickInput.title('Rename /app/new');
    await quickInput.fill('free');
    await quickInput.accept();
    await (await Dialog.find(page)).press('Move');
    await expect.poll(rows).toEqual(['free', 'taken']);
    expect((await scene.kazoo.get('/app/taken')).data.toString()).toBe('data of /app/taken');
  });
});
