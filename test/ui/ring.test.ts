import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseMembers } from '../../src/domain/membership/parse';
import { createPlacement, isProblems } from '../../src/domain/placement/createPlacement';
import { encodeUtf8 } from '../../src/domain/textCoding';
import type { ZPath } from '../../src/domain/znode/path';
import type { Kazoo } from '../tools/kazoo.mjs';
import { screenshotOnFailure } from './support/failures';
import { overflowOf } from './support/overflow';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

const PROVIDERS = '/dubbo/com.example.Orders/providers';
const SHARDS = '/shards';
const HOSTILE = '<img src=x onerror=alert(1)>:80';

const provider = (host: string): string =>
  encodeURIComponent(`dubbo://${host}:20880/com.example.Orders?interface=com.example.Orders`);

async function createData(kazoo: Kazoo): Promise<void> {
  await kazoo.call('ensure_path', [PROVIDERS]);
  for (const host of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
    await kazoo.create(`${PROVIDERS}/${provider(host)}`);
  }
  await kazoo.create(SHARDS);
  for (let i = 1; i <= 12; i++) {
    const member = { address: `cache-${i}.example.com:11211`, weight: 1 + (i % 3) };
    await kazoo.create(`${SHARDS}/shard-${i}`, JSON.stringify(member));
  }
}

describe('the ring', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({ data: createData, viewport: { width: 1400, height: 1000 } });
    ({ workbench } = scene);
    await connect(workbench);
    await workbench.expand('Local', 'dubbo', 'com.example.Orders');
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const page = () => workbench.webview();
  const rows = () => page().locator('table.servers tbody tr');
  const names = async (): Promise<string[]> =>
    (await page().locator('table.servers .name').allInnerTexts()).map(readable).sort();
  const events = async (): Promise<string[]> =>
    (await page().locator('.events li').allInnerTexts()).map(readable);
  const showRing = async (...path: string[]): Promise<void> => {
    await workbench.contextMenu(await workbench.rowByPath('Local', ...path), 'Show Hash Ring');
    await rows().first().waitFor();
  };
  const chain = async (key: string): Promise<string> => {
    await page().locator('#key').fill(key);
    await page().locator(`body[data-keys="${key}"]`).waitFor();
    return readable(await page().locator('.chain').innerText());
  };

  it('opens from Dubbo providers and places keys as Dubbo does', async () => {
    await showRing('dubbo', 'com.example.Orders', 'providers');
    await expect.poll(names).toEqual(['10.0.0.1:20880', '10.0.0.2:20880', '10.0.0.3:20880']);
    await expect.poll(() => page().locator('#preset').inputValue()).toBe('dubbo-consistent');
    const children = await scene.kazoo.children(PROVIDERS);
    const { members } = parseMembers('dubbo', {
      path: PROVIDERS as ZPath,
      children: children.map((name) => ({ name })),
    });
    const placement = createPlacement('dubbo-consistent', members);
    if (isProblems(placement)) throw new Error(placement[0]?.message);
    for (const key of ['user:1', 'user:42', 'ключ']) {
      const { answer, hashHex } = placement.explain(encodeUtf8(key));
      const text = await chain(key);
      expect(text).toContain(answer);
      expect(text).toContain(hashHex);
    }
    await workbench.screenshot('ring-dubbo-3');
  });

  it('follows a server that joins and one that leaves', async () => {
    await scene.kazoo.create(`${PROVIDERS}/${provider('10.0.0.4')}`);
    await expect.poll(names).toHaveLength(4);
    await expect
      .poll(events)
      .toEqual([expect.stringMatching(/10\.0\.0\.4:20880 joined, \d.* % of the hash space moved/)]);
    await scene.kazoo.delete(`${PROVIDERS}/${provider('10.0.0.1')}`);
    await expect.poll(names).toEqual(['10.0.0.2:20880', '10.0.0.3:20880', '10.0.0.4:20880']);
    await expect
      .poll(async () => (await events())[0])
      .toMatch(/10\.0\.0\.1:20880 left, \d.* % of the hash space moved/);
  });

  it('shows exactly what moves without a server, by keyboard', async () => {
    const button = page().getByRole('button', { name: 'Try without 10.0.0.3:20880' });
    const share = await rows().filter({ hasText: '10.0.0.3' }).locator('.value').innerText();
    await button.focus();
    await workbench.page.keyboard.press('Enter');
    const result = page().locator('.what-if .result');
    // A consistent ring moves what the server had and nothing else.
    await expect.poll(() => result.innerText()).toContain(`${readable(share)} of the hash space`);
    await workbench.screenshot('ring-what-if');
    await page().getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => result.isVisible()).toBe(false);
  });

  it('has a needle that goes from arc to arc by keyboard', async () => {
    const stage = page().locator('#stage');
    await stage.focus();
    await workbench.page.keyboard.press('Home');
    const text = (): Promise<string | null> => stage.getAttribute('aria-valuetext');
    // Which virtual node it is comes from the thread that knows them all.
    await expect.poll(text).toMatch(/virtual node 10\.0\.0\.\d:20880\d+/);
    const first = await text();
    await workbench.page.keyboard.press('ArrowRight');
    await expect.poll(text).not.toBe(first);
    await expect.poll(text).toContain('virtual node');
    const second = await text();
    expect(first).toMatch(/^0x[0-9a-f]{8} → 10\.0\.0\.\d:20880/);
    expect(second).not.toBe(first);
    await expect.poll(() => page().locator('#readout').innerText()).toBe(second);
  });

  it('opens from a generic node, follows weights and survives a reload', async () => {
    await showRing('shards');
    await expect.poll(names).toHaveLength(12);
    await expect.poll(() => page().locator('#preset').inputValue()).toBe('twemproxy-ketama');
    const heavier = { address: 'cache-1.example.com:11211', weight: 5 };
    await scene.kazoo.set(`${SHARDS}/shard-1`, JSON.stringify(heavier));
    await expect.poll(events).toEqual([expect.stringContaining('weight 2 → 5')]);
    await page().locator('#key-source').selectOption('list');
    await page().locator('#key-list').fill('user:1\nuser:2\nuser:3');
    await expect.poll(() => page().locator('.key-table tbody tr').count()).toBe(3);
    await page().locator('#preset').selectOption('nginx-consistent');
    await page().getByText('Verified against the running program: nginx').waitFor();
    await workbench.reload();
    const preset = (): Promise<string> => page().locator('#preset').inputValue();
    await expect.poll(preset, { timeout: 40_000 }).toBe('nginx-consistent');
  });

  it('takes no harm from a hostile name', async () => {
    await workbench.openContainer();
    await connect(workbench);
    await expect.poll(() => rows().count()).toBe(12);
    const member = { address: HOSTILE };
    await scene.kazoo.create(`${SHARDS}/<img src=x onerror=alert(1)>`, JSON.stringify(member));
    await page().getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page().locator('img').count()).toBe(0);
    expect(await rows().count()).toBe(12);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is a picture in every theme: ${theme}`, async () => {
      await workbench.setTheme(theme);
      await page().locator('#preset').selectOption('twemproxy-ketama');
      await page().locator('#key').fill('user:42');
      await page().locator('.chain dd').first().waitFor();
      await workbench.screenshot(`ring-${theme}-12`);
      await expect.poll(() => page().locator('table.servers .swatch').count()).toBe(12);
    });
  }

  it('fits into 540 pixels, with everything still there', async () => {
    await workbench.page.setViewportSize({ width: 600, height: 1000 });
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    expect(await overflowOf(page())).toBe(0);
    await workbench.screenshot('ring-narrow');
    await page().getByRole('button', { name: 'Compare' }).scrollIntoViewIfNeeded();
    expect(await rows().count()).toBe(12);
  });
});
