import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { contrast } from './support/contrast';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

const ROUTES = { routes: [{ path: '/orders', to: 'orders:8080' }], timeoutMs: 1500 };

async function createData(kazoo: Kazoo): Promise<void> {
  await kazoo.create('/v');
  await kazoo.create('/v/routes', gzipSync(JSON.stringify(ROUTES, undefined, 2)));
  await kazoo.create('/v/routes-2', JSON.stringify({ ...ROUTES, timeoutMs: 900 }, undefined, 2));
  await kazoo.create('/v/mixed', 'first\r\nsecond\nthird\n');
  await kazoo.create('/v/cut', gzipSync('something that is cut').subarray(0, 20));
  await kazoo.create('/v/encoded', Buffer.from(gzipSync('a: 1\nb: 2\n')).toString('base64'));
  await kazoo.create('/v/dense.json', JSON.stringify(ROUTES));
}

describe('values', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    const decoders = [{ pattern: '/v/encoded', chain: ['base64', 'gzip'] }];
    scene = await openScene({
      data: createData,
      settings: { 'zookeeperWorkbench.values.decoders': decoders },
      viewport: { width: 1280, height: 800 },
    });
    ({ workbench } = scene);
    await connect(workbench);
    await workbench.expand('Local', 'v');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const row = (name: string) => workbench.rowByPath('Local', 'v', name);
  const open = async (name: string): Promise<void> => {
    await (await row(name)).click();
    await workbench.tab(name).waitFor();
  };
  const lenses = async (): Promise<string[]> =>
    (await workbench.page.locator('.codelens-decoration > *').allInnerTexts())
      .map(readable)
      .filter((text) => text !== '|');
  /** Labels of diff editors are no names of files, by which other tabs are found. */
  const activeTab = async (): Promise<string> =>
    readable(await workbench.page.locator('.tab.active').innerText());

  it.each([
    ['routes', ['gzip → UTF-8 JSON']],
    ['encoded', ['base64 → gzip → UTF-8 YAML']],
    ['mixed', ['Read-only: its lines end in different ways, which an editor would make one']],
    ['cut', ['Binary, shown as hex: 20 bytes', 'Shown as it is: no gzip, or damaged']],
    ['routes-2', []],
  ])('say above their text how it came about: %s', async (name, expected) => {
    await open(name);
    await expect.poll(lenses).toEqual(expected);
  });

  it('are compared with another znode that was selected before', async () => {
    await workbench.contextMenu(await row('routes'), 'Select for Compare');
    await workbench.contextMenu(await row('routes-2'), 'Compare with Selected');
    await expect.poll(activeTab).toBe('/v/routes ↔ /v/routes-2');
    const changed = workbench.page.locator('.editor.modified .char-insert');
    await changed.first().waitFor();
  });

  it('are compared with a file that is chosen by keyboard', async () => {
    const file = join(workbench.workspace, 'routes.json');
    await writeFile(file, JSON.stringify(ROUTES, undefined, 4));
    await workbench.contextMenu(await row('routes'), 'Compare with File…');
    const { quickInput } = workbench;
    await quickInput.title('Compare /v/routes with File');
    await quickInput.chooseFile(file);
    await expect.poll(activeTab).toBe('routes.json ↔ /v/routes');
  });

  it('are shown formatted by a command of the editor', async () => {
    await open('dense.json');
    await workbench.run('ZooKeeper: Show Formatted');
    await expect.poll(() => workbench.editorText()).toMatch(/^\{\n {2}"routes": \[\n {4}\{/);
    expect(await workbench.page.locator('.tab.dirty').count()).toBe(0);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`have lenses and differences that can be read: ${theme}`, async () => {
      await workbench.setTheme(theme);
      await open('mixed');
      await expect.poll(lenses).toHaveLength(1);
      const lens = workbench.page.locator('.codelens-decoration > *').first();
      await workbench.screenshot(`values-${theme}-lens`);
      await expect.poll(() => contrast(lens)).toBeGreaterThan(3);
      await workbench.contextMenu(await row('routes'), 'Select for Compare');
      await workbench.contextMenu(await row('routes-2'), 'Compare with Selected');
      await workbench.page.locator('.editor.modified .char-insert').first().waitFor();
      await workbench.screenshot(`values-${theme}-compare`);
    });
  }
});
