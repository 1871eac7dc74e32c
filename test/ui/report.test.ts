import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHARTS } from '../../src/domain/dashboard/charts';
import { accessibilityProblems } from './support/accessibility';
import { screenshotOnFailure } from './support/failures';
import { overflowOf } from './support/overflow';
import { connect, openScene, type Scene } from './support/scene';
import { readable } from './support/text';
import { THEMES, type ThemeName } from './support/themes';
import type { Workbench } from './support/workbench';

const PLAN = 'cache.zkplan.json';

describe('the pictures of plans and ensembles', () => {
  let scene: Scene;
  let workbench: Workbench;
  let sample: string;

  beforeAll(async () => {
    scene = await openScene({
      viewport: { width: 1400, height: 1000 },
      settings: { 'zookeeperWorkbench.ensemble.interval': 2 },
    });
    ({ workbench } = scene);
    sample = await readFile(new URL(`../sample/plans/${PLAN}`, import.meta.url), 'utf8');
    await writeFile(join(workbench.workspace, PLAN), sample);
    return () => scene.close();
  });
  beforeEach(() => screenshotOnFailure(() => workbench));

  const page = () => workbench.webview();
  const figure = (name: string) => page().locator(`.cards button.figure[data-name="${name}"]`);
  const text = async (selector: string): Promise<string> =>
    readable(await page().locator(selector).innerText());

  it('shows a plan beside its file, with the numbers of the file', async () => {
    await workbench.openFile(PLAN);
    await workbench.run('ZooKeeper: Show Plan Report');
    await page().locator('.verdict').waitFor();
    await expect.poll(() => text('.verdict')).toContain('All 14 goals are met');
    await expect.poll(() => figure('pool.servers').innerText()).toBe('15');
    await expect.poll(() => figure('pool.costPerMonth').innerText()).toBe('1650 USD');
    expect(await workbench.tab(PLAN).isVisible()).toBe(true);
    const lenses = workbench.page.locator('.codelens-decoration').first();
    await expect.poll(async () => readable(await lenses.innerText())).toMatch(/^All 14 goals met/);
    await expect.poll(() => page().locator('figure svg path.own').count()).toBe(3);
  });

  it('says what a number rests on, by keyboard too, and opens the page of its model', async () => {
    await figure('ensemble.outage').focus();
    const tip = page().getByRole('tooltip');
    await tip.waitFor();
    expect(readable(await tip.innerText())).toMatch(
      /Accuracy exact\s+Model Availability of a quorum/,
    );
    await workbench.page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    const curve = page().getByRole('slider', { name: /^Response of the pool/ });
    await curve.focus();
    await workbench.page.keyboard.press('End');
    await expect
      .poll(() => curve.getAttribute('aria-valuetext'))
      .toMatch(/\/s: p50 .* ms · p99 .* ms/);
    await figure('ensemble.outage').focus();
    await workbench.page.keyboard.press('Enter');
    const preview = workbench.tab('Preview availability.md');
    await preview.waitFor();
    await preview.click();
    await workbench.run('View: Close Editor');
    await preview.waitFor({ state: 'detached' });
  });

  it('follows the text, says why there is no plan, and leads to what is to be changed', async () => {
    const file = join(workbench.workspace, PLAN);
    const infeasible = sample.replace(/("ensemble": \{[^}]*"zones": )3/, '$12');
    await writeFile(file, infeasible);
    await page().getByText('No plan meets these inputs').waitFor();
    await expect.poll(() => text('.problems')).toContain('Use three zones');
    await page().getByRole('button', { name: 'Show ensemble.zones in the plan' }).focus();
    await workbench.page.keyboard.press('Enter');
    const selected = (count: number) =>
      workbench.page.locator('.statusbar-item', { hasText: `(${count} selected)` });
    await selected(1).waitFor();
    await writeFile(file, sample.replace('"clientsPerAddress": 20', '"clientsPerAddress": 500'));
    await page().getByText('1 of 14 goals are missed').waitFor();
    await page()
      .getByRole('button', { name: /^Show Connections from one address/ })
      .click();
    await selected(2).waitFor();
    await workbench.run('Auto Fix...');
    await page().getByText('All 14 goals are met').waitFor();
    await workbench.run('File: Revert File');
    await page().getByText('1 of 14 goals are missed').waitFor();
    await writeFile(file, sample.slice(0, -9));
    await page().getByText('This is no plan yet').waitFor();
    expect(await figure('pool.servers').innerText()).toBe('15');
    await writeFile(file, sample);
    await page().getByText('All 14 goals are met').waitFor();
    await workbench.page.mouse.move(10, 10);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is a report in every theme: ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.screenshot(`report-${theme}`);
      const closed = page().locator('details:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
      expect(await overflowOf(page())).toBe(0);
      expect(await accessibilityProblems(workbench)).toEqual([]);
    });
  }

  it('survives a reload of the window', async () => {
    await workbench.reload();
    await figure('pool.servers').waitFor({ timeout: 40_000 });
    await workbench.run('View: Close All Editors');
  });

  const values = (chart: string) => page().locator(`[data-chart="${chart}"] .values`);
  const samples = async (): Promise<number> =>
    Number(await page().locator('body').getAttribute('data-rows'));

  it('draws what the servers do, sample by sample', async () => {
    await workbench.openContainer();
    await connect(workbench);
    await workbench.run('ZooKeeper: Show Ensemble Dashboard');
    await page().locator('button.server').waitFor();
    await expect.poll(() => text('button.server')).toMatch(/1.*standalone/s);
    await expect.poll(() => text('.quorum')).toBe('one server, survives no failure');
    await scene.kazoo.create('/load');
    await expect
      .poll(
        async () => {
          for (let i = 0; i < 20; i++) await scene.kazoo.set('/load', String(i));
          return readable(await values('writes').innerText());
        },
        { timeout: 20_000, interval: 200 },
      )
      .toMatch(/1\s*\d*[1-9]\d*(\.\d+)?\/s/);
    await expect.poll(() => values('znodes').innerText()).toMatch(/1\s*\d+/);
    await expect.poll(samples, { timeout: 20_000 }).toBeGreaterThan(3);
  });

  it('has a crosshair that goes from sample to sample by keyboard', async () => {
    const chart = page().getByRole('slider', { name: /^Connections/ });
    await chart.focus();
    await workbench.page.keyboard.press('End');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/: \S+:\d+ \d+$/);
    await expect.poll(() => page().locator('.hair:not(.hidden)').count()).toBe(CHARTS.length);
    await expect
      .poll(() => page().locator('.hair .time').first().innerText())
      .toMatch(/^\d\d:\d\d:\d\d$/);
    await workbench.page.keyboard.press('Escape');
    await expect.poll(() => page().locator('.hair:not(.hidden)').count()).toBe(0);
  });

  it('stands still while it is paused', async () => {
    await page().getByRole('button', { name: 'Pause' }).click();
    await page().getByText('Paused: the servers are not asked.').waitFor();
    const before = await samples();
    await page().getByRole('button', { name: 'Resume' }).click();
    await expect.poll(samples, { timeout: 20_000 }).toBeGreaterThan(before);
  });

  it('holds the ensemble against a plan', async () => {
    await page().getByRole('button', { name: 'Compare with Plan…' }).click();
    await workbench.quickInput.title('Compare with Plan');
    await workbench.quickInput.pick(PLAN);
    await page().getByText(`Bands of ${PLAN}`).waitFor();
    const plan = join(workbench.workspace, PLAN);
    await writeFile(plan, '{');
    await page().getByText(`The plan ${PLAN} cannot be used`).waitFor();
    await writeFile(plan, sample);
    await page().getByText(`Bands of ${PLAN}`).waitFor();
  });

  it('exports what it has in memory', async () => {
    const file = join(workbench.workspace, 'samples.csv');
    await page().getByRole('button', { name: 'Export CSV…' }).click();
    await workbench.quickInput.title('Export Samples');
    await expect.poll(() => workbench.quickInput.value()).toContain('zookeeper-local-');
    await workbench.quickInput.fill(file);
    await workbench.quickInput.accept();
    const saved = await workbench.notifications.find('The samples were saved to samples.csv.');
    await saved.getByRole('button', { name: 'Open' }).waitFor();
    const lines = (await readFile(file, 'utf8')).split('\r\n');
    expect(lines[0]).toMatch(/^time,server,role,events,writes \(1\/s\),/);
    expect(lines.length).toBeGreaterThan(3);
    await workbench.notifications.clear();
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is a dashboard in every theme: ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.screenshot(`dashboard-${theme}`);
      expect(await accessibilityProblems(workbench)).toEqual([]);
    });
  }

  it('fits into 540 pixels', async () => {
    await workbench.page.setViewportSize({ width: 600, height: 1000 });
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    await expect.poll(() => overflowOf(page())).toBe(0);
    await workbench.screenshot('dashboard-narrow');
  });
});
