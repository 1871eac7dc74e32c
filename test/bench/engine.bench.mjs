// @ts-check
/**
 * `node test/bench/engine.bench.mjs [rounds]`: the engine beside the untouched package and kazoo, in
 * one run on one server. Every walk is a process of its own; rounds alternate, medians are printed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

import { ensureKazoo } from '../tools/zookeeper/installKazoo.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';

const run = promisify(execFile);
const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

const ROUNDS = Number(process.argv[2] ?? 3);
const CONCURRENCY = [64, 1024];

const directory = await mkdtemp(join(tmpdir(), 'zookeeper-bench-'));
await build({
  entryPoints: ['fill.ts', 'walkWorker.ts', 'liveWorker.ts'].map(here),
  outdir: directory,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  logLevel: 'error',
});
const script = (/** @type {string} */ name) => ['--expose-gc', join(directory, `${name}.cjs`)];
const python = await ensureKazoo();

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<Record<string, number>>}
 */
async function measure(program, args) {
  const { stdout } = await run(program, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const server = await startStandalone({
  heap: '3g',
  tickTime: 2000,
  jvmFlags: ['-XX:TieredStopAtLevel=4', '-Djute.maxbuffer=100000000'],
});
try {
  const address = server.connectString;
  await run(process.execPath, [...script('fill'), address]);
  /** @type {Record<string, (concurrency: string) => Promise<Record<string, number>>>} */
  const walkers = {
    engine: (n) =>
      measure(process.execPath, [...script('walkWorker'), 'engine', `${address}/walk`, n]),
    package: (n) =>
      measure(process.execPath, [...script('walkWorker'), 'package', `${address}/walk`, n]),
    kazoo: (n) => measure(python, [here('walk.py'), `${address}/walk`, n]),
  };
  for (const concurrency of CONCURRENCY.map(String)) {
    /** @type {Record<string, Record<string, number>[]>} */
    const results = { engine: [], package: [], kazoo: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, walker] of Object.entries(walkers)) {
        results[name]?.push(await walker(concurrency));
      }
    }
    console.log(`\nwalk, ${concurrency} znodes at a time, median of ${ROUNDS}`);
    const columns = ['znodes', 'wallS', 'cpuS', 'retainedMB', 'peakMB', 'stallMs'];
    console.log(['', ...columns].map((one) => one.padStart(12)).join(''));
    for (const [name, rows] of Object.entries(results)) {
      const cells = columns.map((column) => {
        const value = median(rows.map((row) => row[column] ?? NaN));
        return Number.isNaN(value) ? '-' : value.toFixed(column === 'znodes' ? 0 : 2);
      });
      console.log([name, ...cells].map((one) => one.padStart(12)).join(''));
    }
  }
  console.log('\nlive, medians of 7');
  const live = await measure(process.execPath, [...script('liveWorker'), address]);
  for (const [what, value] of Object.entries(live)) {
    console.log(`  ${what.padEnd(60)} ${value.toFixed(2)}`);
  }
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
