// @ts-check
/**
 * `node test/bench/delete.bench.mjs [rounds]`: deleting 100,000 znodes recursively, ours (with its
 * preview, with and without keeping what is lost) beside `zkCli.sh deleteall`, in one run on one
 * server. Every deletion is a process of its own, timed from its start to its end; rounds alternate.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

import { ensureZooKeeper } from '../tools/zookeeper/install.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { printGoals } from './goals.mjs';

const run = promisify(execFile);
const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

const ROUNDS = Number(process.argv[2] ?? 3);
const COMMONS_CLI = '/usr/share/java/commons-cli.jar';

const directory = await mkdtemp(join(tmpdir(), 'zookeeper-bench-'));
await build({
  entryPoints: ['deleteFill.ts', 'deleteWorker.ts'].map(here),
  outdir: directory,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  logLevel: 'error',
});
const script = (/** @type {string} */ name) => join(directory, `${name}.cjs`);
const { javaPath, classPathJars } = await ensureZooKeeper();
const classPath = [...classPathJars, COMMONS_CLI].join(delimiter);

const server = await startStandalone({
  heap: '2g',
  tickTime: 2000,
  jvmFlags: ['-XX:TieredStopAtLevel=4'],
});
const address = server.connectString;

/** @type {Record<string, (root: string) => Promise<string>>} */
const programs = {
  'ours, undo kept': async (root) =>
    (await run(process.execPath, [script('deleteWorker'), address, root, join(directory, 'undo')]))
      .stdout,
  'ours, nothing kept': async (root) =>
    (await run(process.execPath, [script('deleteWorker'), address, root])).stdout,
  // What zkCli.sh starts. It stays in its shell unless the command is an argument.
  'zkCli deleteall': async (root) => {
    const main = ['-cp', classPath, 'org.apache.zookeeper.ZooKeeperMain'];
    await run(javaPath, [...main, '-server', address, 'deleteall', root], { maxBuffer: 1e8 });
    return '';
  },
};

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

try {
  /** @type {Record<string, number[]>} */
  const seconds = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, program] of Object.entries(programs)) {
      const root = `/round-${round}-${name.replaceAll(/\W+/g, '-')}`;
      await run(process.execPath, [script('deleteFill'), address, root]);
      const start = performance.now();
      const told = await program(root);
      const wallS = (performance.now() - start) / 1_000;
      (seconds[name] ??= []).push(wallS);
      console.log(`${name.padEnd(20)}${wallS.toFixed(2).padStart(8)} s  ${told.trim()}`);
      await assertGone(root);
    }
  }
  const of = (/** @type {string} */ name) => median(seconds[name] ?? []);
  const peer = of('zkCli deleteall');
  console.log(`\n100,000 znodes, median of ${ROUNDS}, load ${loadavg()[0]?.toFixed(1)}`);
  printGoals([
    { what: 'zkCli.sh deleteall, s', value: peer },
    { what: 'ours with undo kept, s', value: of('ours, undo kept') },
    { what: 'ours with nothing kept, s', value: of('ours, nothing kept') },
    { what: 'ours with undo kept, of zkCli', value: of('ours, undo kept') / peer, goal: 1 },
    { what: 'ours with nothing kept, of zkCli', value: of('ours, nothing kept') / peer, goal: 1 },
  ]);
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

/** @param {string} root a deletion that did nothing would be the fastest */
async function assertGone(root) {
  const main = ['-cp', classPath, 'org.apache.zookeeper.ZooKeeperMain'];
  const { stdout } = await run(javaPath, [...main, '-server', address, 'ls', '/']);
  if (stdout.includes(root.slice(1))) throw new Error(`${root} is still there`);
}
