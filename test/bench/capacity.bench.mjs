// @ts-check
/**
 * `node test/bench/capacity.bench.mjs [rounds]`: simulations and the dearest closed forms. Medians of
 * processor time, so that other work on the machine does not count.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

import { printGoals } from './goals.mjs';

const ROUNDS = Number(process.argv[2] ?? 9);

const directory = await mkdtemp(join(tmpdir(), 'zookeeper-bench-'));
const outfile = join(directory, 'capacity.mjs');
const source = (/** @type {string} */ path) =>
  JSON.stringify(fileURLToPath(new URL(`../../src/domain/capacity/${path}`, import.meta.url)));
await build({
  stdin: {
    contents: `
      export { simulateQueue } from ${source('simulation/queue.ts')};
      export { simulateBalancing } from ${source('simulation/balancing.ts')};
      export { runModel } from ${source('queueing/models.ts')};`,
    resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
});
const { simulateQueue, simulateBalancing, runModel } = await import(pathToFileURL(outfile).href);
await rm(directory, { recursive: true });

/** @param {(round: number) => unknown} work */
function milliseconds(work) {
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    const start = process.cpuUsage();
    if (Array.isArray(work(round))) throw new Error('The work was refused, not measured.');
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

/** @param {object} load @param {number} seed */
function queue(load, seed) {
  const run = simulateQueue({ mu: 1, ...load }, { customers: 100_000, seed });
  return Array.isArray(run) ? run : run.responseQuantile(0.99);
}

/** @param {string} name @param {Record<string, string>} texts */
const model = (name, texts) => () =>
  runModel(name, texts).some((/** @type {object} */ r) => 'code' in r) && [];

const GOAL = 150;
console.log(`medians of ${ROUNDS} rounds, ms of processor time, load ${loadavg()[0]?.toFixed(1)}`);
printGoals([
  {
    what: '100,000 customers, M/M/1, with p99',
    value: milliseconds((seed) => queue({ lambda: 0.8, servers: 1 }, seed)),
    goal: GOAL,
  },
  {
    what: '100,000 customers, G/G/10, gamma times, with p99',
    value: milliseconds((seed) =>
      queue({ lambda: 8, servers: 10, arrivalScv: 0.5, serviceScv: 0.25 }, seed),
    ),
    goal: GOAL,
  },
  {
    what: '100,000 customers, M/M/1000/1200, with p99',
    value: milliseconds((seed) => queue({ lambda: 990, servers: 1000, room: 1200 }, seed)),
    goal: GOAL,
  },
  {
    what: '100,000 customers, two choices of 29, mean',
    value: milliseconds((seed) =>
      simulateBalancing(
        { lambda: 20, mu: 1, servers: 29, policy: 'twoChoices' },
        { customers: 100_000, seed },
      ),
    ),
    goal: GOAL,
  },
  {
    what: 'M/M/10000 near saturation, ten percentiles',
    value: milliseconds(model('mmc', { lambda: '9999', mu: '1', c: '10000' })),
  },
  {
    what: 'M/M/c/K, 100,000 servers and places, five percentiles',
    value: milliseconds(model('mmck', { lambda: '90000', mu: '1', c: '100000', K: '100000' })),
  },
  {
    what: 'closed network, 10,000 customers, multi-server resources',
    value: milliseconds(model('mva', { N: '10000', Z: '1', D: '0.01,0.03,0.08', m: '1,2,4' })),
  },
  {
    what: 'LRU hit ratio, 10^10 items',
    value: milliseconds(model('che', { n: '10000000000', C: '1000000', s: '0.99' })),
  },
]);
