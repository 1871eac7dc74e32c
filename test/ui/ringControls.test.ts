import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Kazoo } from '../tools/kazoo.mjs';
import { accessibilityProblems } from './support/accessibility';
import { screenshotOnFailure } from './support/failures';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

const ZONES = ['zone-a', 'zone-b', 'zone-c'];

async function createData(kazoo: Kazoo): Promise<void> {
  await kazoo.create('/caches');
  for (let i = 1; i <= 12; i++) {
    const address = `cache-${i}.example.com:11211`;
    const member = { address, weight: 1 + (i % 3), zone: ZONES[i % 3] };
    await kazoo.create(`/caches/cache-${i}`, JSON.stringify(member));
  }
}

/** Runs in the page: which elements Tab must reach, and where it is now. */
const TO_REACH = `(() => {
  const all = document.querySelectorAll('button, input, select, textarea, [tabindex="0"]');
  const isThere = (one) => !one.disabled && one.checkVisibility();
  const found = [...all].filter(isThere);
  found.forEach((one, i) => { one.dataset.reach = String(i); });
  return found.length;
})()`;
const REACHED = `document.activeElement?.dataset.reach ?? ''`;

describe('the controls of a ring', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({ data: createData, viewport: { width: 1400, height: 1000 } });
    ({ workbench } = scene);
    await connect(workbench);
    const row = await workbench.rowByPath('Local', 'caches');
    await workbench.contextMenu(row, 'Show Hash Ring');
    await page().locator('body[data-version]').waitFor();
    await page().locator('table.servers tbody tr:nth-child(12)').waitFor();
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const page = () => workbench.webview();
  const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);
  const type = (text: string): Promise<void> => workbench.page.keyboard.type(text);
  const focus = (selector: string): Promise<void> => page().locator(selector).first().focus();
  const evaluate = async <T>(code: string): Promise<T> => {
    const frame = await (await page().locator('body').elementHandle()).ownerFrame();
    if (!frame) throw new Error('no webview is visible');
    return frame.evaluate<T>(code);
  };
  const texts = async (selector: string): Promise<string[]> =>
    (await page().locator(selector).allInnerTexts()).map(readable);
  const chips = (): Promise<string[]> => texts('.chips li span');
  /**
   * Replaces what is in a box by typing. The key that selects all goes to VS Code and comes back when
   * it is too late for who types at once.
   */
  const write = async (selector: string, text: string): Promise<void> => {
    await page().locator(selector).selectText();
    await type(text);
    await press('Tab');
  };
  const enter = async (selector: string): Promise<void> => {
    await focus(selector);
    await press('Enter');
  };

  it('can all be reached with Tab', async () => {
    await write('#key', 'user:42');
    await page().locator('.chain dd').first().waitFor();
    const count = await evaluate<number>(TO_REACH);
    expect(count).toBeGreaterThan(40);
    await focus('[data-reach="0"]');
    const reached = new Set<string>();
    for (let i = 0; i < count; i++) {
      reached.add(await evaluate<string>(REACHED));
      await press('Tab');
    }
    const missed = Array.from({ length: count }, (_, i) => String(i)).filter(
      (id) => !reached.has(id),
    );
    expect(missed).toEqual([]);
  });

  it('choose the placement and its options', async () => {
    await focus('#preset');
    await type('HAProxy consistent');
    await page().locator('#preset-note', { hasText: 'HAProxy' }).waitFor();
    await press('Home');
    await page().locator('#preset-note', { hasText: 'twemproxy' }).waitFor();
    const fnv = page().locator('.notes li', { hasText: 'FNV' });
    await fnv.waitFor();
    await focus('header .options select');
    await type('md5');
    await fnv.waitFor({ state: 'detached' });
  });

  it('move the needle, zoom to one virtual node and back, and choose servers', async () => {
    const stage = page().locator('#stage');
    await focus('#stage');
    for (const key of ['Home', 'PageDown', 'ArrowLeft', 'z']) await press(key);
    const arcs = page().locator('.zoom .note');
    const shown = async (): Promise<number> =>
      parseInt((await arcs.innerText()).replace(',', '') || '0', 10);
    await expect.poll(shown).toBeLessThan(40);
    await expect.poll(() => stage.getAttribute('aria-valuetext')).toMatch(/virtual node cache-/);
    await press('Enter');
    await expect.poll(() => page().locator('table.servers tr.selected').count()).toBe(1);
    const name = readable(await page().locator('tr.selected .name').first().innerText());
    await expect.poll(() => stage.getAttribute('aria-valuetext')).toContain(`→ ${name}`);
    await workbench.screenshot('ring-section');
    await press('Escape');
    await expect.poll(() => page().locator('table.servers tr.selected').count()).toBe(0);
    await press('0');
    await expect.poll(shown).toBe(0);
    await enter('.zoom .icon[aria-label="Zoom in"]');
    await expect.poll(shown).toBeGreaterThan(100);
    await enter('.zoom .secondary');
    await expect.poll(shown).toBe(0);
    await enter('table.servers button.name');
    await expect.poll(() => page().locator('table.servers tr.selected').count()).toBe(1);
    await press('Enter');
    await expect.poll(() => page().locator('table.servers tr.selected').count()).toBe(0);
  });

  it('try servers that go, are drained, weigh otherwise, come, and a zone that is lost', async () => {
    const server = page().locator('#what-if-server');
    const choose = (host: string): Promise<void> =>
      enter(`table.servers tr[data-address^="${host}."] button.name`);
    await focus('#what-if-server');
    await press('End');
    const last = await server.inputValue();
    await press('ArrowUp');
    await expect.poll(() => server.inputValue()).not.toBe(last);
    await choose('cache-1');
    await expect.poll(() => server.inputValue()).toMatch(/^cache-1\./);
    await enter('#what-if-server ~ button:nth-of-type(1)');
    await expect.poll(chips).toEqual(['without cache-1.example.com:11211']);
    await choose('cache-10');
    await enter('#what-if-server ~ button:nth-of-type(2)');
    await expect.poll(chips).toContain('cache-10.example.com:11211 drained');
    await choose('cache-11');
    await page().locator('#what-if-weight').selectText();
    await type('7');
    await press('Enter');
    await expect.poll(chips).toContain('cache-11.example.com:11211 with weight 7');
    await focus('#what-if-add');
    await type('cache-13.example.com:11211');
    await press('Enter');
    await expect.poll(chips).toContain('with cache-13.example.com:11211');
    await focus('#what-if-zone');
    await type('zone-c');
    await enter('#what-if-zone ~ button');
    await expect.poll(chips).toContain('without zone zone-c');
    await expect
      .poll(() => texts('.what-if .result'))
      .toEqual([expect.stringMatching(/^\d.* % of the hash space moves \(exact\)/)]);
    await expect.poll(() => page().locator('.before-after tbody tr').count()).toBeGreaterThan(5);
    await enter('.chips li button');
    await expect.poll(async () => (await chips()).length).toBe(4);
    await focus('#what-if-preset');
    await type('Jump');
    await expect.poll(chips).toContain('Jump consistent hash');
    await enter('.what-if > header button');
    await expect.poll(chips).toEqual([]);
    await enter('table.servers .action button');
    await expect.poll(async () => (await chips()).length).toBe(1);
    await enter('table.servers .action button[aria-label^="Take"]');
    await expect.poll(chips).toEqual([]);
    await enter('table.servers tr.selected button.name');
  });

  it('place a hundred thousand keys, list them all, and find them', async () => {
    await focus('#key-source');
    await type('From a pattern');
    await page().locator('body[data-placed="100000"]').waitFor();
    await expect.poll(() => texts('.key-list > .note')).toEqual(['100,000 keys']);
    const last = page().locator('.key-table tbody tr', { hasText: 'user:100000' });
    // A list that is drawn anew meanwhile stands at its beginning again.
    const goToEnd = async (): Promise<string | null> => {
      await focus('.key-list .rows');
      await press('End');
      return last.getAttribute('aria-rowindex', { timeout: 300 });
    };
    await expect.poll(goToEnd).toBe('100001');
    await expect.poll(() => page().locator('.key-table tbody tr').count()).toBeLessThan(60);
    await write('#replicas', '2');
    await page().locator('.key-table th', { hasText: 'Replicas' }).waitFor();
    await write('#key-popularity', '0.9');
    await enter('table.servers .action button');
    await page().locator('.key-table th', { hasText: 'Moves to' }).waitFor();
    await expect.poll(() => page().locator('#key-popularity').inputValue()).toBe('0.9');
    await focus('#key-moved');
    await press('Space');
    await expect
      .poll(() => texts('.key-table tbody tr:first-child td:last-child'))
      .toEqual([expect.stringContaining('→ cache-')]);
    await write('#key-filter', '77');
    await expect
      .poll(() => texts('.key-table tbody tr:first-child th'))
      .toEqual([expect.stringContaining('77')]);
    await enter('.key-table tbody button');
    await expect.poll(() => page().locator('#key').inputValue()).toContain('77');
    await expect.poll(() => page().locator('table.servers tr.selected').count()).toBe(1);
    await expect.poll(() => texts('#readout')).toEqual([expect.stringMatching(/^0x/)]);
    await focus('#stage');
    await press('Escape');
    await page().locator('h1').scrollIntoViewIfNeeded();
    await workbench.screenshot('ring-what-if-12');
    await enter('.what-if > header button');
  });

  it('lay observed load over the shares and suggest weights', async () => {
    const load = Array.from(
      { length: 12 },
      (_, i) => `cache-${i + 1}.example.com:11211, ${60 + 10 * i}`,
    );
    await page().locator('#load').fill(load.join('\n'));
    await focus('#rate-arrivals');
    await page().locator('.servers th', { hasText: 'Load' }).waitFor();
    await write('#rate-arrivals', '9000');
    await write('#rate-parallel', '4');
    await write('#rate-service', '300');
    await page().locator('.servers th', { hasText: 'Utilisation' }).waitFor();
    await enter('.adjust button:not(.secondary)');
    await expect.poll(async () => (await chips()).join()).toMatch(/cache-\d+\S* with weight/);
    await enter('.what-if > header button');
    await expect.poll(chips).toEqual([]);
  });

  it('compare the strategies', async () => {
    await enter('.compare > button');
    await page().locator('.strategies tbody tr').first().waitFor({ timeout: 60_000 });
    const names = await texts('.strategies tbody .title');
    expect(names).toContain('Jump consistent hash');
    expect(names.length).toBeGreaterThan(10);
    await page().locator('.compare').scrollIntoViewIfNeeded();
    await workbench.screenshot('ring-strategies');
  });

  it('copy the picture', async () => {
    await enter('.save [data-save="copy"]');
    const kinds = (): Promise<string[]> =>
      evaluate('navigator.clipboard.read().then((items) => items.flatMap(({ types }) => types))');
    await expect.poll(kinds).toEqual(['image/png']);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`have nothing that axe-core finds wrong: ${theme}`, async () => {
      await workbench.setTheme(theme);
      if ((await chips()).length === 0) await enter('table.servers .action button');
      await page().locator('.before-after').waitFor();
      expect(await accessibilityProblems(workbench)).toEqual([]);
    });
  }
});
