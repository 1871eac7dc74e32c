// @ts-check
/**
 * `node test/bench/engine.bench.mjs [rounds]`: the engine beside the untouched package, kazoo and
 * the C client, in one run on one server; `bulk` is the engine reading many znodes by one request.
 * Every walk is a process of its own; rounds alternate, medians are printed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

import { ensureKazoo } from '../tools/zookeeper/installKazoo.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { buildWalk } from './buildWalk.mjs';
import { printGoals } from './goals.mjs';

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
const cWalk = await buildWalk(join(directory, 'walk'));

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

const load = () => `load ${loadavg()[0]?.toFixed(1)}`;

/** @type {Readonly<Record<string, number>>} */
const LIVE_GOALS = {
  'list 500,000 children, ms': 200,
  'arm a recursive watch over 10,000 znodes, ms': 10,
};

/** @param {Readonly<Record<string, readonly Record<string, number>[]>>} results */
function walkGoals({ engine = [], bulk = [], package: untouched = [], ...others }) {
  /** @param {readonly Record<string, number>[]} rows @param {string} column */
  const of = (rows, column) => median(rows.map((row) => row[column] ?? NaN));
  const peers = [untouched, ...Object.values(others)].map((rows) => of(rows, 'wallS'));
  const share = (/** @type {string} */ column) => of(engine, column) / of(untouched, column);
  return [
    { what: 'CPU time, of the package', value: share('cpuS'), goal: 0.5 },
    {
      what: 'CPU time of bulk reads, of the package',
      value: of(bulk, 'cpuS') / of(untouched, 'cpuS'),
      goal: 0.5,
    },
    { what: 'retained memory, of the package', value: share('retainedMB'), goal: 0.333 },
    { what: 'longest stall of the event loop, ms', value: of(engine, 'stallMs'), goal: 60 },
    {
      what: 'wall time, of the fastest peer',
      value: of(engine, 'wallS') / Math.min(...peers),
      goal: 1,
    },
  ];
}

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
    bulk: (n) => measure(process.execPath, [...script('walkWorker'), 'bulk', `${address}/walk`, n]),
    package: (n) =>
      measure(process.execPath, [...script('walkWorker'), 'package', `${address}/walk`, n]),
    kazoo: (n) => measure(python, [here('walk.py'), `${address}/walk`, n]),
    c: (n) => measure(cWalk, [`${address}/walk`, n]),
  };
  for (const concurrency of CONCURRENCY.map(String)) {
    /** @type {Record<string, Record<string, number>[]>} */
    const results = { engine: [], bulk: [], package: [], kazoo: [], c: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, walker] of Object.entries(walkers)) {
        results[name]?.push(await walker(concurrency));
      }
    }
    console.log(`\nwalk, ${concurrency} znodes at a time, median of ${ROUNDS}, ${load()}`);
    const columns = ['znodes', 'wallS', 'cpuS', 'retainedMB', 'heapMB', 'buffersMB', 'peakMB'];
    columns.push('stallMs');
    console.log(['', ...columns].map((one) => one.padStart(12)).join(''));
    for (const [name, rows] of Object.entries(results)) {
      const cells = columns.map((column) => {
        const value = median(rows.map((row) => row[column] ?? NaN));
        return Number.isNaN(value) ? '-' : value.toFixed(column === 'znodes' ? 0 : 2);
      });
      console.log([name, ...cells].map((one) => one.padStart(12)).join(''));
    }
    printGoals(walkGoals(results));
  }
  const live = await measure(process.execPath, [...script('liveWorker'), address]);
  console.log(`\nlarge lists and live watches, medians of several rounds, ${load()}`);
  printGoals(
    Object.entries(live).map(([what, value]) => {
      const goal = LIVE_GOALS[what];
      return { what, value, ...(goal !== undefined && { goal }) };
    }),
  );
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
