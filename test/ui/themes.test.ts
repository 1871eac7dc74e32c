import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startChurn } from '../../src/sandbox/sample/churn';
import { loadSample } from '../../src/sandbox/sample/load';
import { createNodeClient } from '../../src/zk/nodeClient';
import { contrast } from './support/contrast';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

/** WCAG 2: the least contrast of normal text. */
const READABLE = 4.5;

const UNFOLDED = [
  ['config', 'gateway'],
  ['dubbo', 'com.example.OrderService', 'providers'],
  ['election', 'scheduler'],
  ['locks', 'nightly-report'],
];

async function loadTheSample(connectString: string): Promise<() => Promise<void>> {
  const client = createNodeClient({ connectString });
  await client.connect();
  await loadSample(client);
  await client.close();
  const members = await startChurn(() => createNodeClient({ connectString }), { still: true });
  return () => members.stop();
}

describe('themes', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({
      connections: ({ connectString }) => [
        { id: 'local', name: 'Local', connectString, readOnly: false },
        { id: 'production', name: 'Production', connectString: 'zk1.example.com:2181' },
      ],
      viewport: { width: 1280, height: 1400 }, // rows out of sight don't exist
    });
    ({ workbench } = scene);
    const leave = await loadTheSample(scene.server.connectString);
    await connect(workbench);
    for (const path of UNFOLDED) await workbench.expand('Local', ...path);
    await (await workbench.rowByPath('Local', 'config', 'feature-flags.json')).click();
    await workbench.tab('feature-flags.json').waitFor();
    return async () => {
      await leave();
      await scene.close();
    };
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`are readable: ${theme}`, async () => {
      const { page, quickInput } = workbench;
      await workbench.setTheme(theme);
      const row = await workbench.rowByPath('Local', 'config');
      await expect.poll(() => contrast(row.locator('.label-name'))).toBeGreaterThan(READABLE);
      await scene.kazoo.set('/config/gateway/routes.json', JSON.stringify({ theme }));
      await expect.poll(() => workbench.sideBar.badge(workbench.row('routes.json'))).toBe('M');
      await workbench.screenshot(`theme-${theme}-tree`);

      await workbench.run('ZooKeeper: Add Connection…');
      await quickInput.title('Add Connection (1/');
      await quickInput.fill('zk1.example.com:2181,zk2.example.com:port/app');
      await expect.poll(() => quickInput.severity()).toBe('error');
      await expect
        .poll(() => contrast(page.locator('.quick-input-message')))
        .toBeGreaterThan(READABLE);
      await workbench.screenshot(`theme-${theme}-wizard`);
      await quickInput.cancel();
    });
  }
});
