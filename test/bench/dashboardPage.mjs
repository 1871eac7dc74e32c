// @ts-check
/** The dashboard's page in a browser of its own, with a host that the bench plays. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/vscode/chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sends what has typed arrays in it: a browser's driver carries JSON only. @param {unknown} value */
const sent = (value) =>
  JSON.stringify(value, (_, one) => {
    if (!(one instanceof Float64Array)) return one;
    return { doubles: Array.from(one, (number) => (Number.isNaN(number) ? 'NaN' : number)) };
  });

/** What the page has from its host, and how the bench speaks to it; text, since it runs there. */
const IN_PAGE = `
  window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
  window.receive = (text) => {
    delete document.body.dataset.drawMs;
    const data = JSON.parse(text, (_, one) =>
      one && one.doubles ? Float64Array.from(one.doubles.map(Number)) : one);
    window.postMessage(data, '*');
  };
`;
const DRAWN = 'document.body.dataset.drawMs';

/** @param {{ readonly width: number, readonly height: number }} viewport */
export async function openDashboard(viewport) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'media/dashboard/main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
    outdir: 'out',
    logLevel: 'error',
  });
  const text = (/** @type {string} */ ending) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
  });
  const page = await browser.newPage({ viewport });
  await page.setContent('<!DOCTYPE html><main id="dashboard"></main>');
  await page.addStyleTag({ content: text('.css') });
  await page.addScriptTag({ content: IN_PAGE });
  await page.addScriptTag({ content: text('.js') });
  const devTools = await page.context().newCDPSession(page);
  // Processor time of the page's thread, so that other work on the machine does not count.
  await devTools.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await devTools.send('Performance.enable');
  return {
    page,
    /** Gives the page a message and waits until it is drawn. @param {unknown} message */
    async post(message) {
      await page.evaluate(`receive(${JSON.stringify(sent(message))})`);
      await page.waitForFunction(DRAWN);
      return Number(await page.evaluate(DRAWN));
    },
    /** Milliseconds of processor time that the page's thread has taken for all it did. */
    async busyMs() {
      const { metrics } = await devTools.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN);
    },
    /** Bytes of the page's heap after a collection. */
    async heap() {
      await devTools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devTools.send('Runtime.getHeapUsage');
      return usedSize;
    },
    close: () => browser.close(),
  };
}

/** The modules behind the page, bundled for Node. */
export async function loadModules() {
  const outfile = join(root, 'dist', 'test', 'bench', 'dashboard.mjs');
  await build({
    stdin: {
      contents: `
        export { DashboardController } from './src/ui/dashboard/controller';
        export { LiveSampler } from './src/zk/ensemble/sampler';
        export { SimulatedEnsemble } from './test/unit/dashboard/simulate';
        export { englishL10n } from './test/fakes/userInput';`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['vscode', 'node-zookeeper-client'],
    logLevel: 'error',
  });
  return import(outfile);
}
