import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlanKind } from '../../src/ui/plan/wizard/scenarios';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { screenshotOnFailure } from './support/failures';
import { PlanWizard } from './support/planWizard';
import { connect, openScene } from './support/scene';
import { readable } from './support/text';
import type { Workbench } from './support/workbench';

describe('plans', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const scene = await openScene({
      viewport: { width: 1400, height: 900 },
      settings: { 'files.autoSave': 'off' },
    });
    ({ workbench } = scene);
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const file = (path: string): string => join(workbench.workspace, path);
  const wizard = (kind: PlanKind) => new PlanWizard(workbench, kind);
  const lens = (text: string | RegExp) =>
    workbench.page.locator('.editor-group-container.active .codelens-decoration > *', {
      hasText: text,
    });
  const problems = async (): Promise<string[]> => {
    const rows = await workbench.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
    return rows.map(readable);
  };

  it.each(['ensemble', 'metadata', 'queue', 'database', 'cache'] as const)(
    'come from the palette by keyboard: %s',
    async (kind) => {
      await wizard(kind).start();
      await wizard(kind).acceptUpTo(1, 0);
      await workbench.tab(`${kind}.zkplan.json`).waitFor();
      const plan = JSON.parse(await readFile(file(`${kind}.zkplan.json`), 'utf8')) as object;
      expect(plan).toMatchObject({ version: 1, plan: { modelVersion: 2 } });
      await lens(/^All \d+ goals met$/).waitFor();
    },
  );

  it('go back, refuse wrong units, and leave nothing when left', async () => {
    const { quickInput } = workbench;
    const before = await readdir(workbench.workspace);
    await wizard('cache').start();
    await quickInput.pick('Defaults');
    await quickInput.title('(2/13)');
    await quickInput.fill('5 ms');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toBe('Enter a number such as 1k/s or 500k/s.');
    await quickInput.fill('60k/s');
    await quickInput.accept();
    await quickInput.title('(3/13)');
    await quickInput.back();
    await quickInput.title('(2/13)');
    await expect.poll(() => quickInput.value()).toBe('60k/s');
    await quickInput.cancel();
    expect(await readdir(workbench.workspace)).toEqual(before);
    await wizard('cache').start();
    await quickInput.pick('Unfinished answers');
    await quickInput.title('(2/13)');
    await expect.poll(() => quickInput.value()).toBe('60k/s');
    await quickInput.cancel();
  });

  it('are never written over a file unasked, through a file or out of the folder', async () => {
    const { quickInput } = workbench;
    await mkdir(file('../outside'));
    await symlink(file('../outside'), file('away'));
    await writeFile(file('notes'), 'no folder');
    await wizard('queue').start();
    await quickInput.pick('Last answers');
    await wizard('queue').acceptUpTo(2, 1);
    await quickInput.fill('away/plan');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toMatch(/leads out of the folder/);
    await quickInput.fill('notes/plan');
    await quickInput.accept();
    await expect.poll(() => quickInput.message()).toMatch(/cannot be written/);
    await quickInput.fill('queue');
    await quickInput.accept();
    await workbench.modal.getByText('Replace queue.zkplan.json?').waitFor();
    await workbench.modal.getByRole('button', { name: 'Cancel' }).click();
    await quickInput.title('Plan Message Queue');
    await quickInput.fill('plans/second');
    await quickInput.accept();
    await workbench.tab('second.zkplan.json').waitFor();
    expect(await readdir(file('plans'))).toEqual(['second.zkplan.json']);
  });

  it('start from what a server measures and from a zoo.cfg, and say so', async () => {
    const { quickInput } = workbench;
    const dynamic = 'dynamicConfigFile=/conf/zoo.cfg.dynamic\n';
    await writeFile(file('zoo.cfg'), `dataDir=/data\nsnapCount=50000\n${dynamic}`);
    await writeFile(file('../outside/dynamic'), 'server.1=a:2888:3888;2181\n');
    await symlink(file('../outside/dynamic'), file('zoo.cfg.dynamic'));
    await connect(workbench);
    await wizard('ensemble').start();
    await quickInput.pick('Measured values of Local');
    await quickInput.title('(2/12)');
    await expect
      .poll(() => quickInput.message())
      .toMatch(/^Open sessions of .* From global_sessions, measured on Local\./);
    await workbench.screenshot('plan-measured');
    await expect.poll(async () => Number(await quickInput.value())).toBeGreaterThan(0);
    await quickInput.back();
    await quickInput.pick('Configuration zoo.cfg');
    await quickInput.title('(2/12)');
    await quickInput.cancel();
    await workbench.notifications.find(/^zoo\.cfg\.dynamic of zoo\.cfg cannot be read beside it/);
    await workbench.notifications.hide();
    await rm(file('zoo.cfg.dynamic'));
    await writeFile(file('zoo.cfg.dynamic'), 'server.1=a:2888:3888;2181\n');
    await wizard('ensemble').start();
    await quickInput.pick('Configuration zoo.cfg');
    await wizard('ensemble').acceptUpTo(2, 2);
    await quickInput.pick('More options…');
    await expect.poll(() => quickInput.options()).toContainEqual(expect.stringContaining('Title'));
    for (const [name, row] of [
      ['Snap count', /Snap count, 50k, .*From snapCount in zoo\.cfg\./],
      ['Servers that vote', /Voters, 1, .*From server\.N in zoo\.cfg\./],
    ] as const) {
      await quickInput.fill(name);
      await expect.poll(() => quickInput.options()).toEqual([expect.stringMatching(row)]);
    }
    await quickInput.cancel();
  });

  it('say what is wrong with them, and are computed again by a lens', async () => {
    const path = file('cache.zkplan.json');
    const good = await readFile(path, 'utf8');
    await workbench.run('View: Close All Editors');
    const outdated = good.replace('"getsPerSecond": 20000', '"getsPerSecond": 30000');
    await writeFile(path, outdated);
    await workbench.run('Problems: Focus on Problems View');
    await workbench.openContainer('Explorer');
    await workbench.row('cache.zkplan.json').click();
    await expect
      .poll(problems)
      .toContainEqual(expect.stringMatching(/are not those of these inputs/));
    await lens(/^Recompute \(results are out of date\)$/).click();
    await workbench.page.locator('.tab.dirty').waitFor();
    await lens(/^Recompute$/).waitFor();
    expect(await readFile(path, 'utf8')).toBe(outdated);
    await workbench.page.locator('.view-lines').first().click();
    await workbench.page.keyboard.press('Control+z');
    await lens(/out of date/).waitFor();
    await writeFile(path, good.replace('"responseGoalMs": 5', '"responseGoalMs": 0.001'));
    await expect.poll(problems).toContainEqual(expect.stringMatching(/Even an idle server takes/));
    await lens(/^No results: see the problems$/).waitFor();
    await workbench.screenshot('plan-problems');
    await writeFile(path, good);
    await lens(/goals met$/).waitFor();
  });

  it('explain a field where the mouse is', async () => {
    await workbench.page.locator('.view-line span', { hasText: '"getsPerSecond"' }).last().hover();
    const hover = workbench.page.locator('.monaco-hover:visible');
    await expect
      .poll(() => hover.allInnerTexts())
      .toContainEqual(expect.stringMatching(/Gets: 20k\/s[^]*Reads per second on average/));
  });

  it('are completed by their schema', async () => {
    const bare = '{\n"version": 1,\n"ensemble": {},\n"scenario": \n}\n';
    await writeFile(file('bare.zkplan.json'), bare);
    await workbench.row('bare.zkplan.json').click();
    await lens(/^Compute results$/).waitFor();
    const { page } = workbench;
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    const complete = async (line: string, ...keys: readonly string[]): Promise<void> => {
      await page.locator('.view-line', { hasText: line }).click();
      for (const key of ['End', ...keys, 'Control+Space']) await page.keyboard.press(key);
    };
    await complete('"ensemble"', 'ArrowLeft', 'ArrowLeft');
    await expect
      .poll(() => suggestions.allInnerTexts())
      .toContainEqual(expect.stringContaining('logDevice'));
    await workbench.screenshot('plan-completion');
    await page.keyboard.press('Escape');
    await suggestions.first().waitFor({ state: 'hidden' }); // it lies over the next line
    await complete('"scenario"');
    for (const kind of ['cache', 'database', 'metadata', 'queue']) {
      await suggestions.filter({ hasText: kind }).waitFor();
    }
    await suggestions.filter({ hasText: 'queue' }).click();
    await expect
      .poll(() => workbench.editorText())
      .toMatch(/"kind": "queue",\s+"messagesPerSecond": 100,/);
    await workbench.run('File: Revert File');
  });

  it('are started on this machine from their files, and connected to', async () => {
    const [port = 0, adminPort = 0] = await freePorts(2);
    await mkdir(file('local/server.1/data'), { recursive: true });
    await writeFile(file('local/server.1/data/myid'), '1\n');
    const lines = ['tickTime=500', 'dataDir=./data', 'admin.serverAddress=127.0.0.1'];
    const ports = [`admin.serverPort=${adminPort}`, `clientPort=${port}`];
    const text = [...lines, ...ports, 'clientPortAddress=127.0.0.1', ''].join('\n');
    const startIt = async (zooCfg: string): Promise<void> => {
      await writeFile(file('local/server.1/zoo.cfg'), zooCfg);
      await workbench.notifications.clear(); // a long list doesn't scroll to what is new
      await workbench.run('ZooKeeper: Start Local Ensemble…');
      await workbench.quickInput.title('Start Local Ensemble');
      await workbench.screenshot('plan-local');
      await workbench.quickInput.pick('Servers in local');
    };
    await startIt(`${text}maxClientCnxns=many\n`);
    await workbench.notifications.find(/ZooKeeper 1 ended with code 2 before the ensemble served/);
    await workbench.page
      .locator('.terminal-outer-container, .terminal-wrapper')
      .filter({ visible: true })
      .first()
      .waitFor();
    await workbench.notifications.hide();
    await workbench.screenshot('plan-local-failed');
    await startIt(text);
    // The centre closes with the last notification, that of the waiting: it is opened again.
    const serving = `The ensemble serves at 127.0.0.1:${port}.`;
    await expect
      .poll(() => workbench.notifications.all(), { timeout: 40_000 })
      .toContainEqual(serving);
    const notice = await workbench.notifications.find(serving);
    await workbench.screenshot('plan-local-terminal');
    await notice.getByRole('button', { name: 'Connect' }).click();
    await workbench.openContainer();
    await expect
      .poll(() => workbench.sideBar.description('Local ensemble'), { timeout: 20_000 })
      .toMatch(/^connected to/);
    await workbench.run('Terminal: Kill All Terminals');
    await workbench.notifications.hide();
  });

  it('look well in every theme', async () => {
    await wizard('cache').start();
    await workbench.quickInput.pick('Defaults');
    await wizard('cache').acceptUpTo(2, 2);
    await workbench.quickInput.title('(12/13)');
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`plan-wizard-${theme}`);
    }
    await workbench.quickInput.cancel();
  });

  it('are helped with in a window that just opened', async () => {
    await workbench.reload();
    await lens(/^(Recompute|Compute results)$/).waitFor({ timeout: 40_000 });
  });

  it('need a folder', async () => {
    await workbench.closeFolder();
    await workbench.run('ZooKeeper: Plan Distributed Cache…');
    const notice = await workbench.notifications.find('Open a folder first');
    await notice.getByRole('button', { name: 'Open Folder' }).waitFor();
  });
});
