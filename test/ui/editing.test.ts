import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dialog } from './support/dialog';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import type { Workbench } from './support/workbench';

describe('editing', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({
      data: async (kazoo) => {
        await kazoo.create('/app');
        await kazoo.create('/app/config', 'port = 8080');
        await kazoo.create('/app/kept', 'as it was');
      },
      // The editor may suggest words of the text; Enter would then take one instead of a new line.
      settings: { 'editor.acceptSuggestionOnEnter': 'off' },
    });
    ({ workbench } = scene);
    await connect(workbench);
    await workbench.sideBar.expand('Local', 'app');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const open = async (name: string): Promise<void> => {
    await (await workbench.sideBar.rowByPath('Local', 'app', name)).click();
    await workbench.tab(name).waitFor();
  };
  const append = async (text: string): Promise<void> => {
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(text);
  };
  const save = () => workbench.page.keyboard.press('Control+S');
  const serverText = async (path: string): Promise<string> =>
    (await scene.kazoo.get(path)).data.toString();
  const isUnsaved = async (): Promise<boolean> =>
    (await workbench.page.locator('.tab.active.dirty').count()) > 0;

  it('writes what was typed when it is saved by keyboard', async () => {
    await open('config');
    await append('\ndebug = true');
    expect(await serverText('/app/config')).toBe('port = 8080');
    await save();
    await expect.poll(() => serverText('/app/config')).toBe('port = 8080\ndebug = true');
    await expect.poll(isUnsaved).toBe(false);
  });

  it('asks before it overwrites what somebody else has written', async () => {
    await append('\nmine = 1');
    await scene.kazoo.set('/app/config', 'port = 9090');
    await save();
    const dialog = await Dialog.find(workbench.page);
    expect(await dialog.text()).toMatch(/config was changed since you opened it/);
    expect((await dialog.buttons()).sort()).toEqual(['Cancel', 'Compare', 'Overwrite', 'Revert']);
    await workbench.screenshot('edit-conflict');
    await dialog.press('Compare');
    await workbench.page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await workbench.screenshot('edit-compare');
    expect(await serverText('/app/config')).toBe('port = 9090');
    await workbench.run('View: Close Editor');
    await expect.poll(isUnsaved).toBe(true);
    await save();
    await (await Dialog.find(workbench.page)).press('Overwrite');
    await expect.poll(() => serverText('/app/config')).toBe('port = 8080\ndebug = true\nmine = 1');
  });

  it('keeps an unsaved text and what it was made from over a reload of the window', async () => {
    await open('kept');
    await append(', and more');
    await expect.poll(isUnsaved).toBe(true);
    await expect.poll(() => workbench.backups()).toContainEqual(expect.stringContaining('/zk/'));
    await workbench.reload();
    await expect.poll(isUnsaved, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => workbench.editorText()).toBe('as it was, and more');
    await connect(workbench);
    await scene.kazoo.set('/app/kept', 'written by somebody else');
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await save();
    const dialog = await Dialog.find(workbench.page);
    expect(await dialog.text()).toMatch(/yours is version 0, now it is 1/);
    await dialog.press('Overwrite');
    await expect.poll(() => serverText('/app/kept')).toBe('as it was, and more');
    await expect.poll(isUnsaved).toBe(false);
  });
});
