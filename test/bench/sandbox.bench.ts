import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/start';
import { startKazoo } from '../tools/kazoo.mjs';
import { openWorkbench } from '../ui/support/openWorkbench';

const ROUNDS = 5;
/** What it may take, ms. */
const GOAL_MS = 1_000;
const ZNODES = 50_000;
/** A frame of a screen at 60 Hz, ms: shorter pauses nobody sees. */
const FRAME_MS = 16.7;

/** Timed inside the page, so that the driver's own round trips don't count. */
const CHOOSE = `async (title) => {
  const rows = (root) => [...document.querySelectorAll(root + ' .monaco-list-row')];
  const isCommand = (row) => row.querySelector('.label-name')?.textContent.trim() === title;
  const start = performance.now();
  rows('.quick-input-list').find(isCommand).click();
  while (performance.now() - start < 20_000) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    if (rows('.sidebar').some((row) => row.getAttribute('aria-level') === '2')) {
      return performance.now() - start;
    }
  }
  return NaN;
}`;

/** From the choice in the palette to the first znodes on the screen; the first time loads the code. */
it('unfolds a sandbox that is started from the palette', async () => {
  const workbench = await openWorkbench();
  const { page, sideBar } = workbench;
  const title = 'ZooKeeper: Start Sandbox';
  try {
    await workbench.openContainer();
    await page.waitForTimeout(3_000);
    const results: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.keyboard.press('F1');
      await workbench.quickInput.fill(`>${title}`);
      await workbench.quickInput.option(title).waitFor();
      results.push(Math.round(await page.evaluate<number>(`(${CHOOSE})('${title}')`)));
      await expect.poll(() => sideBar.childrenOf('Sandbox')).toContain('zookeeper');
      await workbench.run('ZooKeeper: Stop Sandbox');
      await sideBar.root.getByRole('button', { name: 'Start Sandbox' }).waitFor();
    }
    console.log(`first ${results[0]} ms, then ${results.slice(1).join(', ')} ms`);
    expect(Math.max(...results)).toBeLessThan(GOAL_MS);
  } finally {
    await workbench.close();
  }
}, 180_000);

/** Its thread leaves the one of its owner alone, whatever others do with it. */
it('does not hold up the event loop of its owner', async () => {
  const sandbox = await startSandbox({
    workerFile: fileURLToPath(new URL('../../dist/sandbox.js', import.meta.url)),
    ...{ port: 0, content: 'churn', onProblem: console.error, onEnd: console.error },
  });
  const kazoo = await startKazoo(sandbox.connectString);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  try {
    await kazoo.create('/many');
    delay.enable();
    const start = performance.now();
    await kazoo.createMany('/many/n', ZNODES, 100);
    const seconds = (performance.now() - start) / 1000;
    delay.disable();
    const [p99, most] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    console.log(
      `${Math.round(ZNODES / seconds)} creations/s; the owner waits ${p99.toFixed(1)} ms (p99), ` +
        `${most.toFixed(1)} ms at most`,
    );
    expect(p99).toBeLessThan(FRAME_MS);
  } finally {
    await kazoo.close();
    await sandbox.stop();
  }
}, 120_000);
