import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKazoo, type Kazoo } from '../tools/kazoo.mjs';
import { startEnsemble } from '../tools/zookeeper/server.mjs';
import { screenshotOnFailure } from './support/failures';
import { openWorkbench } from './support/openWorkbench';
import type { Pane } from './support/pane';
import { connect, local } from './support/scene';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

const WHITELIST = '4lw.commands.whitelist=srvr,mntr,conf,cons,dump';
const INTERVAL = 'zookeeperWorkbench.ensemble.interval';

describe('the ensemble view', () => {
  let ensemble: Awaited<ReturnType<typeof startEnsemble>>;
  let kazoo: Kazoo;
  let workbench: Workbench;
  let view: Pane;
  let batches = 0;
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    ensemble = await startEnsemble(3, {
      // The third server refuses all but what every server allows.
      extraConfig: (id) =>
        id === 3 ? { '4lw.commands.whitelist': 'ruok', 'admin.enableServer': false } : {},
    });
    endings.push(() => ensemble.stop());
    // On the first server, which tells who is connected to it.
    kazoo = await startKazoo(ensemble.servers[0]?.connectString ?? '');
    endings.push(() => kazoo.kill());
    await kazoo.create('/member', 'a', { ephemeral: true });
    await kazoo.create('/load');
    workbench = await openWorkbench({
      viewport: { width: 1500, height: 900 },
      settings: { 'zookeeperWorkbench.connections': [local(ensemble)], [INTERVAL]: 600 },
    });
    endings.push(() => workbench.close());
    await workbench.openContainer();
    await connect(workbench);
    view = workbench.pane('Ensemble');
    await widen(workbench, 520);
  }, 120_000);
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const roles = async (): Promise<string[]> =>
    (await view.rows())
      .filter(({ level }) => level === 2)
      .map(({ description }) => readable(description).split(/ · | since /)[0] ?? '')
      .filter((role) => role !== '') // remarks have none
      .sort();
  const quorum = async (): Promise<string> => readable((await view.description('Local')) ?? '');
  const fact = async (address: string, name: string): Promise<string> =>
    readable((await view.description('Local', address, name)) ?? '');

  const toggle = (title: string): Promise<void> =>
    workbench.page.locator('.pane-header', { hasText: title }).click();

  /** Writes as long as something goes on. */
  const underLoad = async (task: () => Promise<void>): Promise<void> => {
    const over = new AbortController();
    const load = (async () => {
      while (!over.signal.aborted) await kazoo.createMany(`/load/${++batches}-`, 100);
    })();
    try {
      await task();
    } finally {
      over.abort();
      await load;
    }
  };

  it('shows who leads and how many servers may fail', async () => {
    await toggle('Ensemble');
    await toggle('Clusters'); // leaves all the room to the other view
    await expect.poll(roles).toEqual(['follower', 'follower', 'leader']);
    await expect.poll(quorum).toBe('quorum 3 of 3 · survives 1 failure');
  });

  it('tells about a server, and explains a source that it refuses', async () => {
    const [first, , third] = ensemble.servers.map(({ connectString }) => connectString);
    await view.expand('Local', first ?? '');
    await expect
      .poll(() => fact(first ?? '', 'Version'))
      .toMatch(/^3\.8\.0 · in this role for (\d+ s|\d minutes) · told by mntr$/);
    await expect.poll(() => fact(first ?? '', 'Znodes')).toMatch(/^\d+ · 1 ephemeral · \d+ bytes$/);
    await expect
      .poll(() => fact(first ?? '', 'Last transaction'))
      .toMatch(/^0x[0-9a-f]+ · up to date$/);
    await view.expand('Local', third ?? '');
    const note = view.row(`mntr is refused: add ${WHITELIST} to zoo.cfg`);
    await workbench.contextMenu(note, 'Copy Configuration Line');
    const copied = (): Promise<string> => workbench.page.evaluate('navigator.clipboard.readText()');
    await expect.poll(copied).toBe(WHITELIST);
    await expect.poll(() => fact(third ?? '', 'Connections')).toMatch(/^\d+/);
    await workbench.screenshot('ensemble-dark');
  });

  it('lists the sessions of a server on demand, with what each owns', async () => {
    const server = ensemble.servers[0]?.connectString ?? '';
    await view.expand('Local', server, 'Sessions');
    const row = async (): Promise<string | undefined> =>
      (await view.rows()).find(
        ({ level, description }) => level === 4 && description.endsWith('1 ephemeral'),
      )?.label;
    await expect.poll(row).toMatch(/^127\.0\.0\.1:\d+$/);
    const address = (await row()) ?? '';
    await view.expand('Local', server, 'Sessions', address);
    await view.row('/member').waitFor();
    await workbench.contextMenu(view.row('/member'), 'Copy Path');
    const copied = (): Promise<string> => workbench.page.evaluate('navigator.clipboard.readText()');
    await expect.poll(copied).toBe('/member');
    // They are as of when they were asked for, until the row is folded.
    await expect.poll(() => fact(server, 'Sessions')).toMatch(/^\d+ at \d+:\d\d:\d\d/);
    await kazoo.create('/member-2', 'a', { ephemeral: true });
    expect(await view.description('Local', server, 'Sessions', address)).toMatch(/1 ephemeral$/);
    const sessions = await view.rowByPath('Local', server, 'Sessions');
    await sessions.locator('.monaco-tl-twistie').click();
    await view.expand('Local', server, 'Sessions');
    await expect
      .poll(() => view.description('Local', server, 'Sessions', address))
      .toMatch(/2 ephemerals$/);
    await view.expand('Local', server, 'Sessions', address);
    await view.row('/member-2').click();
    const shown = workbench.pane('Clusters').root.locator('.monaco-list-row.selected');
    await expect.poll(() => shown.innerText()).toContain('member-2');
    await toggle('Clusters');
  });

  it('finds who owns an ephemeral znode', async () => {
    await toggle('Clusters');
    const row = await workbench.pane('Clusters').rowByPath('Local', 'member');
    await workbench.contextMenu(row, 'Who Owns This Node');
    await workbench.quickInput.title('Owner of /member');
    const id = BigInt.asUintN(64, await kazoo.sessionId()).toString(16);
    const options = await workbench.quickInput.options();
    expect(options[0]).toContain(`Session 0x${id}`);
    expect(options[1]).toMatch(
      /Client 127\.0\.0\.1:\d+, through 127\.0\.0\.1:\d+ · times out after/,
    );
    expect(options[2]).toContain('/member');
    await workbench.screenshot('ensemble-owner');
    await workbench.quickInput.cancel();
    await toggle('Clusters');
  });

  it('compares a plan with the ensemble, and takes over what was measured', async () => {
    const path = join(workbench.workspace, 'live.zkplan.json');
    const plan = { version: 1, otherLoad: { writesPerSecond: 7 }, ensemble: { voters: 3 } };
    await writeFile(path, JSON.stringify(plan, null, 2));
    await underLoad(async () => {
      await workbench.run('ZooKeeper: Compare Plan with Live Ensemble');
      await workbench.tab('comparison with Local').waitFor({ timeout: 30_000 });
    });
    const found = await workbench.notifications.find(/differs from the plan in \d+ points/);
    // The third server refuses to tell its part of the load.
    expect(await found.innerText()).toMatch(/\d+ unknown\)\. Headroom: unknown: 1 of 3 servers/);
    await workbench.notifications.clear();
    const { page } = workbench;
    await page.locator('.squiggly-warning').first().waitFor();
    await workbench.screenshot('ensemble-compare');
    await workbench.tab('live.zkplan.json').click();
    await page.getByText('"writesPerSecond"').first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+.');
    await page.getByText(/^Set otherLoad\.writesPerSecond to [\d.]+ \(measured\)$/).click();
    await expect
      .poll(() => workbench.editorText())
      .toMatch(/"otherLoad\.writesPerSecond": "measured over/);
    const written = JSON.parse(await workbench.editorText()) as typeof plan;
    expect(written.otherLoad.writesPerSecond).toBeGreaterThan(60);
    await page.keyboard.press('Control+z');
    await expect.poll(() => workbench.editorText()).toBe(JSON.stringify(plan, null, 2));
  });

  it('calibrates the plan, residuals first', async () => {
    const title = 'Calibrate Plan from Live Ensemble';
    await underLoad(async () => {
      await workbench.run(`ZooKeeper: ${title}…`);
      const shown = workbench.quickInput.widget.locator('.quick-input-title', { hasText: title });
      await shown.waitFor({ timeout: 45_000 });
    });
    await expect
      .poll(() => workbench.quickInput.placeholder())
      .toMatch(/model says .* ms, .*server says .* ms/);
    await expect
      .poll(async () => (await workbench.quickInput.options()).join('\n'))
      .toMatch(/otherLoad\.writesPerSecond: 7 → \d+/);
    await workbench.screenshot('ensemble-calibrate');
    await workbench.quickInput.accept();
    await workbench.tab('live.zkplan.json').click();
    await expect.poll(() => workbench.editorText()).toContain('"measured": {');
    // The comparison before it was of another measurement; both texts share the column beside.
    await expect.poll(() => workbench.page.locator('.squiggly-warning').count()).toBe(0);
    expect(await workbench.page.locator('.editor-group-container').count()).toBe(2);
    await workbench.openContainer();
    await workbench.updateSettings({ [INTERVAL]: 2 });
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`is readable in ${theme}`, async () => {
      await workbench.setTheme(theme);
      await expect.poll(roles).toContain('leader');
      await workbench.screenshot(`ensemble-${theme}`);
    });
  }

  it('follows the roles when the leader is killed', async () => {
    await toggle('Ensemble');
    await toggle('Ensemble'); // asks again at once, and from now on every two seconds
    await expect.poll(roles).toContain('leader');
    const leader = await ensemble.leader();
    await leader.kill();
    await expect.poll(roles, { timeout: 20_000 }).toEqual(['follower', 'leader', 'unreachable']);
    await expect.poll(quorum).toBe('quorum 2 of 3 · survives no further failure');
    await expect
      .poll(() => view.description('Local', leader.connectString))
      .toMatch(/^unreachable/);
    await view.root.getByText(/ was elected at \d/).waitFor();
    await workbench.screenshot('ensemble-leader-killed');
    await leader.restart();
    await expect.poll(roles, { timeout: 20_000 }).toEqual(['follower', 'follower', 'leader']);
  });

  it('says what to start when it connects during an outage', async () => {
    const [, second, third] = ensemble.servers;
    await toggle('Clusters');
    const clusters = workbench.pane('Clusters');
    await workbench.inlineAction(clusters.row('Local'), 'Disconnect');
    await Promise.all([second?.kill(), third?.kill()]);
    await expect.poll(() => clusters.description('Local')).toMatch(/^not.connected$/);
    await view.root.getByText('Connect to a ZooKeeper').waitFor();
    await workbench.inlineAction(clusters.row('Local'), 'Connect');
    await expect
      .poll(roles, { timeout: 20_000 })
      .toEqual(['running, without a quorum', 'unreachable', 'unreachable']);
    const start = `start ${second?.connectString} or ${third?.connectString}`;
    await view.row(`No quorum: 1 of 3 runs, 2 needed: ${start}`).click();
    await workbench.notifications.find(/Writes wait until 2 voters are there again/);
    await workbench.screenshot('ensemble-outage');
    await workbench.notifications.clear();
    await Promise.all([second?.restart(), third?.restart()]);
    await expect.poll(roles, { timeout: 30_000 }).toEqual(['follower', 'follower', 'leader']);
  });
});

/** Drags the edge of the side bar, as descriptions are long. */
async function widen({ page }: Workbench, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('no side bar');
  const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + width, middle, { steps: 5 });
  await page.mouse.up();
}
