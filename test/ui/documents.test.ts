import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { screenshotOnFailure } from './support/failures';
import type { Pane } from './support/pane';
import { connect, local, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

const LINES = 40_000;

async function createData(kazoo: Kazoo): Promise<void> {
  await kazoo.create('/docs');
  await kazoo.create('/docs/app.json', '{"port": 8080}');
  await kazoo.create(
    '/docs/binary',
    Uint8Array.from({ length: 40 }, (_, i) => (i * 37) % 256),
  );
  const large = Array.from({ length: LINES }, (_, i) => `line ${i}`).join('\n');
  await kazoo.create('/docs/large', large);
  await kazoo.create('/docs/doomed', 'still here');
  await kazoo.create('/docs/secret', 'x', {
    acl: [{ scheme: 'world', id: 'anyone', perms: 'cdwa' }],
  });
  await kazoo.set('/', 'data of the root');
}

describe('documents', () => {
  let scene: Scene;
  let workbench: Workbench;
  let tree: Pane;

  beforeAll(async () => {
    scene = await openScene({
      data: createData,
      connections: (server) => [{ ...local(server), readOnly: true }],
    });
    ({ workbench } = scene);
    tree = workbench.sideBar;
    await connect(workbench);
    await tree.expand('Local', 'docs');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const open = async (name: string): Promise<void> => {
    await (await tree.rowByPath('Local', 'docs', name)).click();
    await workbench.tab(name).waitFor();
  };
  const text = () => workbench.editorText();
  const lenses = async (): Promise<string[]> =>
    (await workbench.page.locator('.codelens-decoration > *').allInnerTexts()).map(readable);

  it('open by a click and follow the znode', async () => {
    await open('app.json');
    await expect.poll(text).toBe('{"port": 8080}');
    await workbench.statusItem('JSON').waitFor();
    await scene.kazoo.set('/docs/app.json', '{"port": 9090}');
    await expect.poll(text, { timeout: 2_000 }).toBe('{"port": 9090}');
  });

  it('leave the keys to the row after a click, and take them after a double click', async () => {
    const focused = (part: string) => workbench.page.locator(`.part.${part} :focus`).count();
    const row = await tree.rowByPath('Local', 'docs', 'binary');
    await row.click();
    await expect.poll(text).toMatch(/^0+ +00 25 4a 6f/);
    expect(await focused('sidebar')).toBe(1);
    await row.dblclick();
    await expect.poll(() => focused('editor')).toBe(1);
  });

  it('of a read-only connection are locked, and say so to who types', async () => {
    await open('app.json');
    const label = workbench.tab('app.json').locator('.monaco-icon-label');
    await expect.poll(() => label.getAttribute('class')).toMatch(/\bmonaco-decoration-iconBadge/);
    await workbench.page.locator('.editor-group-container.active .view-lines').click();
    await workbench.page.keyboard.type('x');
    await workbench.page.locator('.monaco-editor-overlaymessage').waitFor();
    expect(await text()).toBe('{"port": 9090}');
    expect(await workbench.page.locator('.tab.dirty').count()).toBe(0);
  });

  it('show binary data as hex and say that they do', async () => {
    await open('binary');
    await expect.poll(text).toMatch(/^0+ +00 25 4a 6f/);
    await expect.poll(lenses).toEqual(['Binary, shown as hex: 40 bytes']);
  });

  it('show the start of large data, and all of it on request', async () => {
    await open('large');
    await expect.poll(lenses).toContain('Load all');
    await expect
      .poll(lenses)
      .toContainEqual(expect.stringMatching(/^Preview: the first 262\.\d kB of/));
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Load all' }).click();
    await expect.poll(lenses).toEqual([]);
    await workbench.page.keyboard.press('Control+End');
    await expect.poll(text).toContain(`line ${LINES - 1}`);
  });

  it('have a tab for the root that says whose it is', async () => {
    await workbench.contextMenu(tree.row('Local'), 'Open Znode');
    await expect.poll(text).toBe('data of the root');
    const tab = workbench.page.locator('.tab.active');
    expect(readable(await tab.innerText())).toBe('local');
    await workbench.screenshot('document-root');
  });

  it('mark the tab of a deleted znode', async () => {
    await open('doomed');
    await expect.poll(text).toBe('still here');
    await scene.kazoo.delete('/docs/doomed');
    await workbench.tab('doomed').locator('.strikethrough').waitFor();
    await workbench.screenshot('document-deleted');
  });

  it('are not opened when they cannot be read, and a message says why', async () => {
    await (await tree.rowByPath('Local', 'docs', 'secret')).click();
    await workbench.notifications.find('no READ permission');
    expect(await workbench.notifications.all()).toEqual([
      '/docs/secret: no READ permission; connected without credentials',
    ]);
    await workbench.screenshot('document-denied');
    expect(await workbench.tab('secret').count()).toBe(0);
  });
});
