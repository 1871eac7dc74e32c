import { execFile } from 'node:child_process';
import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlacement, isProblems } from '../../src/domain/placement/createPlacement';
import type { Placement, Server } from '../../src/domain/placement/types';
import { curatorInstance } from '../../src/sandbox/sample/data/curator';
import { serversetMember } from '../../src/sandbox/sample/data/serverset';
import { ensureDebianPackages } from '../tools/debian.mjs';
import type { Kazoo } from '../tools/kazoo.mjs';
import { listenAsMemcached, placeWithTwemproxy } from '../tools/placement/twemproxy';
import { screenshotOnFailure } from './support/failures';
import { overflowOf } from './support/overflow';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

const TEXTBOOK = 'textbook.zkring.json';
const KEYS = Array.from({ length: 100 }, (_, i) => `test_key_${i}`);
const [CURATOR, SERVERSET, PLAIN, HOSTILE] = ['/inventory', '/timeline', '/plain', '/hostile'];

async function createData(kazoo: Kazoo): Promise<void> {
  for (const path of [CURATOR, SERVERSET, PLAIN, HOSTILE]) await kazoo.create(path);
  for (const i of [1, 2]) {
    await kazoo.create(`${CURATOR}/id-${i}`, curatorInstance(`id-${i}`, `10.0.0.${i}`, 1));
    await kazoo.create(`${SERVERSET}/member_000000000${i}`, serversetMember(`10.0.1.${i}`, i));
    await kazoo.create(`${PLAIN}/10.0.2.${i}:9000`);
    const member = { address: `10.0.3.${i}:80`, zone: `<b>${'z'.repeat(10_000)}\u202e\u0007` };
    await kazoo.create(`${HOSTILE}/member-${i}`, JSON.stringify(member));
  }
  await kazoo.create(`${HOSTILE}/\u202egnp.exe`, JSON.stringify({ address: '\u202e1:08' }));
  await kazoo.create(`${HOSTILE}/${'long'.repeat(2_500)}`, '{}');
  await kazoo.create(`${HOSTILE}/<img src=x onerror=alert(1)>`, '{"address": "<script>:1"}');
}

function placementOf(servers: readonly Server[]): Placement {
  const placement = createPlacement('twemproxy-ketama', servers, { hash: 'md5' });
  if (isProblems(placement)) throw new Error(placement[0]?.message);
  return placement;
}

describe('rings in files and from the palette', () => {
  let scene: Scene;
  let workbench: Workbench;

  beforeAll(async () => {
    scene = await openScene({ data: createData, viewport: { width: 1400, height: 1000 } });
    ({ workbench } = scene);
    await copyFile(`test/sample/workspace/${TEXTBOOK}`, file(TEXTBOOK));
    await connect(workbench);
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const file = (name: string): string => join(workbench.workspace, name);
  const page = () => workbench.webview();
  const names = async (): Promise<string[]> =>
    (await page().locator('table.servers .name').allInnerTexts()).map(readable).sort();
  const events = async (): Promise<string[]> =>
    (await page().locator('.events li').allInnerTexts()).map(readable);
  const result = async (): Promise<string> =>
    readable(await page().locator('.what-if .result').innerText());
  const tryWithout = (address: string) =>
    page().getByRole('button', { name: `Try without ${address}` });
  const chain = async (key: string): Promise<string> => {
    await page().locator('#key').fill(key);
    await page().locator(`body[data-keys="${key}"]`).waitFor();
    return readable(await page().locator('.chain').innerText());
  };
  /** Answers the dialog for saving, which proposes a name. */
  const saveAs = async (proposed: string, name: string): Promise<void> => {
    await expect.poll(() => workbench.quickInput.value()).toContain(proposed);
    await workbench.quickInput.fill(file(name));
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
  };
  const isDirty = async (name: string): Promise<boolean> =>
    (await workbench.tab(name).getAttribute('class'))?.split(' ').includes('dirty') ?? false;
  const textbook = [2181, 2182, 2183].map((port) => ({ address: `localhost:${port}` }));

  it('open the textbook example: owners, shares and how busy each server is', async () => {
    await workbench.openFile(TEXTBOOK);
    await expect.poll(names).toEqual(textbook.map(({ address }) => address));
    const placement = placementOf(textbook);
    for (const key of ['test_key_0', 'test_key_42']) {
      expect(await chain(key)).toContain(placement.answerOf(Buffer.from(key)));
    }
    const owners = placement.ownersOf(KEYS.map((key) => Buffer.from(key)));
    for (const [i, { address }] of textbook.entries()) {
      const keys = owners.filter((owner) => owner === i).length;
      const row = page().locator('table.servers tbody tr').filter({ hasText: address });
      // ρ = λ·share/(c·μ) with the rates of the file.
      const rho = ((300 * keys) / KEYS.length / (2 * 60)).toFixed(2);
      await expect.poll(() => row.innerText()).toContain(String(keys));
      await expect.poll(() => row.innerText()).toContain(rho);
    }
    await workbench.screenshot('ring-textbook');
  });

  it('say what moves as zkw move does, keep it as an edit, and take it back', async () => {
    await writeFile(file('three.json'), JSON.stringify(textbook));
    await writeFile(file('two.json'), JSON.stringify(textbook.slice(0, 2)));
    const to = ['--servers', file('three.json'), '--to', file('two.json'), '--json'];
    const zkw = ['dist/cli.js', 'move', '--preset', 'twemproxy-ketama', '--set', 'hash=md5', ...to];
    const { stdout } = await promisify(execFile)(process.execPath, zkw);
    const { moved } = JSON.parse(stdout) as { moved: number };
    await tryWithout('localhost:2183').click();
    await expect.poll(result).toContain(`${(100 * moved).toFixed(1)} % of the hash space`);
    await expect.poll(() => isDirty(TEXTBOOK)).toBe(true);
    await workbench.page.keyboard.press('Control+s');
    await expect.poll(() => isDirty(TEXTBOOK)).toBe(false);
    const saved = JSON.parse(await readFile(file(TEXTBOOK), 'utf8')) as object;
    expect(saved).toMatchObject({ whatIf: { removed: ['localhost:2183'] } });
    await page().locator('h1').click();
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(() => isDirty(TEXTBOOK)).toBe(true);
    await tryWithout('localhost:2183').waitFor();
  });

  it('leave as CSV with the owner of every key', async () => {
    await workbench.run('ZooKeeper: Save Placement of Ring…');
    await workbench.quickInput.title('Save Placement');
    await workbench.quickInput.pick('CSV');
    await saveAs('placement.csv', 'owners.csv');
    const placement = placementOf(textbook);
    const rows = KEYS.map((key) => `${key},${placement.answerOf(Buffer.from(key))},`);
    const text = (): Promise<string> => readFile(file('owners.csv'), 'utf8').catch(() => '');
    await expect.poll(text).toBe(['key,server,replicas', ...rows, ''].join('\n'));
  });

  it.each([
    ['SVG', '<svg'],
    ['PNG', '\x89PNG\r\n\x1a\n'],
  ])('leave as a picture: %s', async (format, start) => {
    await workbench.openFile(TEXTBOOK);
    await page().locator('table.servers .name').first().waitFor();
    await workbench.run(`ZooKeeper: Save Ring as ${format}…`);
    const name = `ring.${format.toLowerCase()}`;
    await saveAs(name, name);
    const bytes = (): Promise<string> => readFile(file(name), 'latin1').catch(() => '');
    await expect.poll(async () => (await bytes()).slice(0, start.length)).toBe(start);
  });

  it('leave as configuration that is only shown', async () => {
    await workbench.openFile(TEXTBOOK);
    await page().locator('table.servers .name').first().waitFor();
    await workbench.run('ZooKeeper: Preview Pool Configuration of Ring');
    // A picture that is ready only now takes the focus back.
    await workbench.page.locator('.tab', { hasText: 'Untitled-' }).click();
    await expect.poll(() => workbench.editorText()).toContain('distribution: ketama');
    await expect.poll(() => workbench.editorText()).toContain('- localhost:2182:1');
    await workbench.run('View: Revert and Close Editor');
  });

  it('follow their text, and say what is wrong with it without touching it', async () => {
    await workbench.openFile(TEXTBOOK);
    await workbench.run('File: Revert File');
    const members = { servers: [...textbook, { address: 'localhost:2184' }] };
    await writeFile(file(TEXTBOOK), JSON.stringify({ note: 'kept', members }, null, 1));
    await expect.poll(names).toHaveLength(4);
    await workbench.run('ZooKeeper: Show Text of Ring');
    await expect.poll(() => workbench.editorText()).toContain('"note": "kept"');
    await workbench.run('ZooKeeper: Show Ring of Text');
    await expect.poll(names).toHaveLength(4);
    const broken = '{ "members": { "servers": [';
    await writeFile(file(TEXTBOOK), broken);
    await page().getByText('This is no valid JSON').first().waitFor();
    await tryWithout('localhost:2184').click();
    await workbench.notifications.find('Mend the text of this ring first');
    expect(await readFile(file(TEXTBOOK), 'utf8')).toBe(broken);
    await expect.poll(() => page().locator('.what-if .result').isVisible()).toBe(false);
    await writeFile(file(TEXTBOOK), JSON.stringify({ note: 'kept', members }));
    await expect.poll(() => page().getByText('This is no valid JSON').count()).toBe(0);
    await tryWithout('localhost:2184').click();
    await expect.poll(result).toContain('of the hash space');
    await workbench.page.keyboard.press('Control+s');
    await expect
      .poll(async () => JSON.parse(await readFile(file(TEXTBOOK), 'utf8')) as object)
      .toEqual({ note: 'kept', members, whatIf: { removed: ['localhost:2184'] } });
  });

  it('take no keys through a link that leads out of the folder', async () => {
    await writeFile(file('../keys.txt'), 'secret-1\nsecret-2\n');
    await symlink(file('../keys.txt'), file('away.txt'));
    await writeFile(
      file('linked.zkring.json'),
      JSON.stringify({ members: { servers: textbook }, keys: { file: 'away.txt' } }),
    );
    await workbench.openFile('linked.zkring.json');
    await page()
      .getByText('A ring uses only files inside of its workspace folder.')
      .first()
      .waitFor();
    expect(await page().getByText('secret-1').count()).toBe(0);
    await workbench.run('View: Close Editor');
  });

  it('come from a typed list, and place keys as the running proxy does', async () => {
    await ensureDebianPackages(['nutcracker'], 'comparing a ring with a running proxy');
    const wanted = [1, 2, 3, 4].map((i) => `127.0.0.${i}:23${i}81`);
    const backends = await listenAsMemcached(wanted);
    try {
      const { addresses } = backends;
      const servers = addresses.map((address) => ({ address }));
      const keys = KEYS.slice(0, 5).map((key) => Buffer.from(key));
      const one = { settings: ['fnv1a_64', 'ketama'], servers };
      const [owners = []] = await placeWithTwemproxy(keys, [one], addresses);
      await workbench.run('ZooKeeper: Show Hash Ring…');
      await workbench.quickInput.title('Show Hash Ring');
      await workbench.quickInput.pick('Typed List');
      await expect.poll(() => workbench.quickInput.message()).toContain('Servers as host:port');
      await workbench.quickInput.fill(addresses.join(', '));
      await workbench.quickInput.accept();
      await expect.poll(names).toEqual([...addresses].sort());
      for (const [i, key] of keys.entries()) {
        expect(await chain(key.toString())).toContain(addresses[owners[i] ?? -1] ?? 'nobody');
      }
    } finally {
      backends.close();
    }
  });

  it('are saved, and open as the same ring', async () => {
    await page().locator('#preset').selectOption('nginx-consistent');
    await page().getByText('Verified against the running program: nginx').waitFor();
    const shown = await names();
    await workbench.run('ZooKeeper: Save Ring As…');
    await saveAs('ring.zkring.json', 'saved.zkring.json');
    await workbench.tab('saved.zkring.json').waitFor();
    await expect.poll(names).toEqual(shown);
    await expect.poll(() => page().locator('#preset').inputValue()).toBe('nginx-consistent');
    const saved = JSON.parse(await readFile(file('saved.zkring.json'), 'utf8')) as object;
    expect(saved).toMatchObject({
      preset: 'nginx-consistent',
      members: { servers: [{}, {}, {}, {}] },
    });
  });

  it.each([
    [
      'Curator',
      'inventory',
      '10.0.0.',
      ':8080',
      `${CURATOR}/id-3`,
      curatorInstance('id-3', '10.0.0.3', 1),
    ],
    [
      'a serverset',
      'timeline',
      '10.0.1.',
      ':31822',
      `${SERVERSET}/member_0000000003`,
      serversetMember('10.0.1.3', 3),
    ],
    ['plain names', 'plain', '10.0.2.', ':9000', `${PLAIN}/10.0.2.3:9000`, ''],
  ])('open from %s and follow who joins and leaves', async (_, name, host, port, path, data) => {
    await workbench.contextMenu(await workbench.rowByPath('Local', name), 'Show Hash Ring');
    const members = [1, 2, 3].map((i) => `${host}${i}${port}`);
    await expect.poll(names).toEqual(members.slice(0, 2));
    await scene.kazoo.create(path, data);
    await expect.poll(names, { timeout: 2_000 }).toEqual(members);
    await expect
      .poll(events)
      .toEqual([expect.stringMatching(/3:\d+ joined, \d.* % of the hash space moved/)]);
    await scene.kazoo.delete(path);
    await expect.poll(names, { timeout: 2_000 }).toEqual(members.slice(0, 2));
    await expect
      .poll(async () => (await events())[0])
      .toMatch(/3:\d+ left, \d.* % of the hash space moved/);
  });

  it('take no harm from hostile members', async () => {
    await workbench.contextMenu(await workbench.rowByPath('Local', 'hostile'), 'Show Hash Ring');
    // Nothing is detected among so many strays.
    await page().getByText('do not look like servers').waitFor();
    await page().locator('#kind').selectOption('json');
    await expect.poll(names).toEqual(['10.0.3.1:80', '10.0.3.2:80']);
    const all = page().locator('main');
    await expect.poll(() => all.innerText()).toContain('\\u{202e}gnp.exe');
    const text = await all.innerText();
    for (const control of ['\u202e', '\u0007']) expect(text).not.toContain(control);
    expect(text).not.toContain('z'.repeat(200));
    expect(text).not.toContain('long'.repeat(200));
    expect(await page().locator('img, b').count()).toBe(0);
    expect(await overflowOf(page())).toBe(0);
    await workbench.screenshot('ring-hostile');
  });
});
