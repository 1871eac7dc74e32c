// @ts-check
/**
 * `node test/bench/placement.bench.mjs [rounds]`: key placement beside npm's hash rings, in one run.
 * Every measurement is a process of its own; rounds alternate, medians are printed. Times are CPU time,
 * since other work on the machine would slow down one of them more than another.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

import { ensureNpmPeers, PEERS } from '../tools/placement/npmPeers.mjs';
import { printGoals } from './goals.mjs';
import { peersFor } from './placementPeers.mjs';

const run = promisify(execFile);
const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

const ROUNDS = Number(process.argv[2] ?? 3);
/** Lookups of hashring times this is the goal. */
const LOOKUP_GOALS = /** @type {const} */ ([
  [10, 6],
  [1000, 10],
]);

const SIZES = [10, 100, 1000, 10_000];

const directory = await mkdtemp(join(tmpdir(), 'placement-bench-'));
const bundle = join(directory, 'placement.cjs');

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<any>}
 */
async function measure(script, args) {
  const { stdout } = await run(process.execPath, ['--expose-gc', here(script), ...args]);
  return JSON.parse(stdout.trim());
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const load = () => `load ${loadavg()[0]?.toFixed(1)}`;

/** @param {string} name @param {readonly number[]} numbers @param {readonly number[]} digits */
const row = (name, numbers, digits) =>
  name.padEnd(24) + numbers.map((one, i) => one.toFixed(digits[i]).padStart(14)).join('');

const header = (/** @type {string} */ first) =>
  first.padEnd(24) +
  ['build, ms', 'memory, MiB', 'keys/s of CPU'].map((one) => one.padStart(14)).join('');

/** @typedef {{ buildMs: number, memoryMiB: number, keysPerSecond: number }} Measured */

/** @param {number} servers @returns {Promise<Record<string, Measured>>} */
async function compare(servers) {
  const tasks = ['ours', 'ours, keys as strings', ...peersFor(servers)];
  /** @type {Map<string, Measured[]>} */
  const results = new Map(tasks.map((task) => [task, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const task of tasks) {
      const args = [task, String(servers), bundle];
      results.get(task)?.push(await measure('placementWorker.mjs', args));
    }
  }
  console.log(`\n${servers} servers of 160 points, median of ${ROUNDS}, ${load()}`);
  console.log(header(''));
  /** @param {readonly Measured[]} rows @param {keyof Measured} column */
  const of = (rows, column) => median(rows.map((one) => one[column]));
  const medians = [...results].map(([task, rows]) => {
    const buildMs = of(rows, 'buildMs');
    const memoryMiB = of(rows, 'memoryMiB');
    const keysPerSecond = of(rows, 'keysPerSecond');
    console.log(row(task, [buildMs, memoryMiB, keysPerSecond], [3, 2, 0]));
    return [task, { buildMs, memoryMiB, keysPerSecond }];
  });
  return Object.fromEntries(medians);
}

try {
  await ensureNpmPeers(/** @type {(keyof typeof PEERS)[]} */ (Object.keys(PEERS)));
  await build({
    entryPoints: [here('../../src/domain/placement/createPlacement.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
  for (const [servers, times] of LOOKUP_GOALS) {
    const { ours, hashring } = await compare(servers);
    if (!ours || !hashring) throw new Error('nothing measured');
    const share = hashring.keysPerSecond / ours.keysPerSecond;
    const builds = ours.buildMs / hashring.buildMs;
    printGoals([
      { what: 'time per lookup, of hashring', value: share, goal: 1 / times },
      { what: 'build time, of hashring', value: builds, ...(servers > 10 && { goal: 0.2 }) },
      { what: 'memory, of hashring', value: ours.memoryMiB / hashring.memoryMiB },
    ]);
  }
  const changes = await measure('placementChanges.mjs', [bundle]);
  console.log(`\n1,000 servers of 160 points, 1,000,000 keys, ${load()}`);
  printGoals([
    { what: 'one server added, ms', value: changes.addServerMs, goal: 2 },
    { what: 'one server removed, ms', value: changes.removeServerMs },
    { what: 'keys hashed and sorted once, ms', value: changes.hashKeysMs },
    { what: 'hashed keys placed, ms', value: changes.sweepMs },
    { what: 'what if: server added and hashed keys placed, ms', value: changes.whatIfMs, goal: 20 },
    { what: 'keys that move', value: changes.whatIfMoved },
  ]);
  console.log(`\ngrowth, ${load()}\n${header('servers')}`);
  for (const servers of SIZES) {
    const args = ['ours', String(servers), bundle];
    const { buildMs, memoryMiB, keysPerSecond } = await measure('placementWorker.mjs', args);
    console.log(row(String(servers), [buildMs, memoryMiB, keysPerSecond], [3, 2, 0]));
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
