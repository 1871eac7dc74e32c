// @ts-check
/**
 * `node test/bench/plan.bench.mjs [rounds]`: a whole capacity plan for each sample. Medians of
 * processor time, so that other work on the machine does not count.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

import { printGoals } from './goals.mjs';

const ROUNDS = Number(process.argv[2] ?? 21);
const GOAL = 20;
const SAMPLES = ['cache', 'metadata', 'queue', 'database'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'zookeeper-bench-'));
const outfile = join(directory, 'plan.mjs');
await build({
  stdin: {
    contents: `
      export { plan } from './src/domain/capacity/plan/plan';
      export { parsePlan } from './src/domain/capacity/plan/document';`,
    resolveDir: root,
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
});
const { plan, parsePlan } = await import(pathToFileURL(outfile).href);
await rm(directory, { recursive: true });

/** @param {string} text */
function milliseconds(text) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    const { input } = parsePlan(text);
    if (Array.isArray(plan(input))) throw new Error('The plan was refused, not measured.');
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

console.log(`medians of ${ROUNDS} rounds, ms of processor time, load ${loadavg()[0]?.toFixed(1)}`);
const texts = await Promise.all(
  SAMPLES.map((name) => readFile(join(root, `test/sample/plans/${name}.zkplan.json`), 'utf8')),
);
printGoals(
  SAMPLES.map((name, i) => ({
    what: `plan of a ${name}, read and computed`,
    value: milliseconds(texts[i] ?? ''),
    goal: GOAL,
  })),
);
