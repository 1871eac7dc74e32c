// @ts-check
/**
 * `node test/bench/dashboard.bench.mjs [minutes]`: how long the dashboard takes to redraw an hour of
 * five servers, and whether it follows a real ensemble under load without growing. Ten minutes by
 * default, at the shortest interval; the unit tests do hours with a clock of their own.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startKazoo } from '../tools/kazoo.mjs';
import { startEnsemble } from '../tools/zookeeper/server.mjs';
import { loadModules, openDashboard } from './dashboardPage.mjs';
import { printGoals } from './goals.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const INTERVAL_MS = 2_000;
const HOUR = 720;
const REDRAWS = 60;
const FRAME_MS = 16;

const { DashboardController, LiveSampler, SimulatedEnsemble, englishL10n } = await loadModules();
const pageOf = await openDashboard({ width: 1400, height: 2400 });

/** @param {unknown[]} posted */
const dashboard = (posted) =>
  new DashboardController({
    connectionId: 'bench',
    name: 'Bench',
    intervalMs: () => INTERVAL_MS,
    l10n: englishL10n,
    post: (/** @type {unknown} */ message) => posted.push(message),
  });

/** @param {number[]} values @param {number} part */
const quantile = (values, part) =>
  values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? NaN;

async function redraws() {
  /** @type {unknown[]} */
  const posted = [];
  const controller = dashboard(posted);
  const ensemble = new SimulatedEnsemble(5);
  controller.follow(ensemble);
  controller.ready();
  for (let i = 0; i < HOUR; i++) ensemble.step(i % 200 === 0 ? { leader: (i / 200) % 5 } : {});
  controller.ready();
  await pageOf.post(posted.at(-1));
  await pageOf.page.selectOption('#span', '60');
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const busy = [];
  for (let i = 0; i < REDRAWS; i++) {
    ensemble.step();
    const before = await pageOf.busyMs();
    times.push(await pageOf.post(posted.at(-1)));
    busy.push((await pageOf.busyMs()) - before);
  }
  controller.dispose();
  return { times, busy };
}

async function follow() {
  const ensemble = await startEnsemble(3);
  const kazoo = await startKazoo(ensemble.connectString);
  /** @type {unknown[]} */
  const posted = [];
  const controller = dashboard(posted);
  const sampler = new LiveSampler({
    connectionId: 'bench',
    client: { state: { kind: 'disconnected' }, getConfig: () => Promise.reject(new Error('none')) },
    reach: { connectString: ensemble.connectString },
    adminPort: () => 1,
    intervalMs: () => INTERVAL_MS,
    logger: { debug() {}, info() {}, warn() {}, error: console.error },
  });
  try {
    await kazoo.create('/bench');
    controller.follow(sampler);
    controller.ready();
    await pageOf.post(posted.shift());
    const until = Date.now() + MINUTES * 60_000;
    /** @type {{ rows: number, host: number, page: number }[]} */
    const heaps = [];
    let rows = 0;
    while (Date.now() < until) {
      for (let i = 0; i < 50; i++) await kazoo.set('/bench', String(i));
      for (const message of posted.splice(0)) {
        await pageOf.post(message);
        rows++;
      }
      if (rows % 10 === 5) {
        globalThis.gc?.();
        heaps.push({ rows, host: process.memoryUsage().heapUsed, page: await pageOf.heap() });
      }
      await sleep(20);
    }
    return { rows, heaps };
  } finally {
    controller.dispose();
    sampler.dispose();
    await kazoo.close();
    await ensemble.stop();
  }
}

console.log(`milliseconds and bytes, load ${loadavg()[0]?.toFixed(1)}`);
try {
  const { times, busy } = await redraws();
  printGoals([
    { what: '720 samples, 5 servers, 11 charts: drawing, median', value: quantile(times, 0.5) },
    {
      what: 'all work of the page for a sample, median',
      value: quantile(busy, 0.5),
      goal: FRAME_MS,
    },
    { what: 'the same, 95 %', value: quantile(busy, 0.95), goal: FRAME_MS },
  ]);
  const { rows, heaps } = MINUTES > 0 ? await follow() : { rows: 0, heaps: [] };
  const half = heaps[heaps.length >> 1];
  const last = heaps.at(-1);
  if (half && last) {
    const perRow = (last.page - half.page) / Math.max(1, last.rows - half.rows);
    printGoals([
      { what: `samples followed in ${MINUTES} minutes`, value: rows },
      { what: 'page: kilobytes a sample, second half', value: perRow / 1000, goal: 2 },
      { what: 'page: megabytes at the end', value: last.page / 1e6, goal: 30 },
    ]);
  }
} finally {
  await pageOf.close();
}
