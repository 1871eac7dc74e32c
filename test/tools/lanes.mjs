// @ts-check
/** Suites side by side, with an output that reads as if they had run one after the other. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { prepare } from './prepare.mjs';
import { PROJECT } from './suites.mjs';

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {import('./suites.mjs').Result} Result */
/** @typedef {{ suite: Suite, result: Result, seconds: number }} Outcome */

/**
 * Runs suites that compute beside those that wait, of each kind one after the other. Who waits for a
 * timer or a window is not to be late because of a compiler, so computing has the lower priority.
 * @param {readonly Suite[]} suites
 * @param {readonly string[]} files
 * @returns {Promise<Outcome[]>} in the order of the suites
 */
export async function runSuites(suites, files) {
  const ready = prepare(suites.map(({ needs }) => needs));
  const run = async (/** @type {Suite} */ suite, /** @type {'shown' | 'kept'} */ output) => {
    await ready(suite.needs);
    return runSuite(suite, files, output);
  };
  const [first] = suites;
  if (suites.length === 1 && first) return [await run(first, 'shown')];
  const lanes = [suites.filter(({ waits }) => waits), suites.filter(({ waits }) => !waits)];
  /** @type {Map<Suite, Outcome>} */
  const outcomes = new Map();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const group of groupsOf(lane)) {
        const ended = await Promise.all(group.map((suite) => run(suite, 'kept')));
        for (const outcome of ended) outcomes.set(outcome.suite, outcome);
      }
    }),
  );
  return suites.flatMap((suite) => outcomes.get(suite) ?? []);
}

/** @param {readonly Suite[]} suites @returns {Suite[][]} those that run at the same time */
function groupsOf(suites) {
  /** @type {Suite[][]} */
  const groups = [];
  for (const suite of suites) {
    const last = groups.at(-1);
    if (suite.isBeside && last) last.push(suite);
    else groups.push([suite]);
  }
  return groups;
}

/**
 * @param {Suite} suite
 * @param {readonly string[]} files
 * @param {'shown' | 'kept'} output shown at once, or kept until the suite has ended
 * @returns {Promise<Outcome>}
 */
async function runSuite(suite, files, output) {
  const start = Date.now();
  const { program, args, env = {} } = suite.command(files);
  const isKept = output === 'kept';
  if (isKept) console.log(`${clock()} ${suite.name} begins`);
  else console.log(title(suite));
  const child = spawn(program, args, {
    cwd: PROJECT,
    stdio: ['ignore', isKept ? 'pipe' : 'inherit', isKept ? 'pipe' : 'inherit'],
    env: { ...process.env, ...env },
  });
  if (isKept && !suite.waits && child.pid) {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  /** @type {Buffer[]} */
  const kept = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => kept.push(data));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      kept.push(Buffer.from(`${program}: ${error.message}\n`));
      resolve(1);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  if (isKept) process.stdout.write(`\n${title(suite)}\n${Buffer.concat(kept).toString()}\n`);
  const seconds = Math.round((Date.now() - start) / 1000);
  return { suite, result: suite.result(code), seconds };
}

/** @param {Suite} suite */
function title({ name }) {
  return `── ${name} ${'─'.repeat(70 - name.length)}`;
}

function clock() {
  return new Date().toTimeString().slice(0, 8);
}
