// @ts-check
/** The suites of `npm test`: how each is started, and what its result is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const REPORTS = join(PROJECT, 'test/output/reports');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ program: string, args: string[], env?: Record<string, string> }} Command */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {boolean} waits whether it mostly waits, for servers and windows, so that suites which
 *   only compute may run beside it
 * @property {boolean} [isBeside] whether it runs beside the suite before it
 * @property {import('./prepare.mjs').Needs} needs
 * @property {number} budgetSeconds what it takes on two cores
 * @property {(files: readonly string[]) => Command} command
 * @property {(code: number) => Counts} counts
 */

/** @type {readonly import('./prepare.mjs').Program[]} */
const WINDOW = ['browser', 'servers', 'kazoo'];
/** @type {readonly import('./prepare.mjs').Program[]} */
const REAL = ['servers', 'kazoo', 'placement', 'octave', 'config'];

/** @type {readonly Suite[]} */
export const SUITES = [
  check('types', 'typecheck', 120),
  check('lint', 'lint', 240),
  vitest('unit', false, { programs: ['hexdump'] }, 120),
  vitest('integration', true, { programs: REAL }, 240),
  host('host', 'newest', 60),
  { ...host('host-oldest', 'oldest', 60), isBeside: true },
  vitest('ui', true, { programs: [...WINDOW, 'twemproxy'], vscode: 'newest' }, 420),
  vitest('smoke', true, { programs: WINDOW, vscode: 'oldest' }, 45),
];

/**
 * A script of package.json that passes or fails as a whole.
 * @param {string} name @param {string} script @param {number} budgetSeconds @returns {Suite}
 */
function check(name, script, budgetSeconds) {
  return {
    ...{ name, waits: false, needs: { programs: [] }, budgetSeconds },
    command: () => ({ program: 'npm', args: ['run', '-s', script] }),
    counts: (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }),
  };
}

/**
 * A project of test/vitest.config.mjs.
 * @param {string} name @param {boolean} waits @param {Suite['needs']} needs
 * @param {number} budgetSeconds @returns {Suite}
 */
function vitest(name, waits, needs, budgetSeconds) {
  const report = join(REPORTS, `${name}.json`);
  const program = join(PROJECT, 'node_modules/vitest/vitest.mjs');
  const args = [program, 'run', '--config', 'test/vitest.config.mjs', '--project', name];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    ...{ name, waits, needs, budgetSeconds },
    command: (files) => ({ program: process.execPath, args: [...args, ...reporters, ...files] }),
    counts: (code) => counted(code, () => vitestCounts(readReport(report))),
  };
}

/**
 * test/host in a VS Code.
 * @param {string} name @param {'newest' | 'oldest'} version @param {number} budgetSeconds
 * @returns {Suite}
 */
function host(name, version, budgetSeconds) {
  const report = join(REPORTS, `${name}.json`);
  return {
    ...{ name, waits: true, needs: { programs: WINDOW, vscode: version }, budgetSeconds },
    command: (files) => ({
      program: process.execPath,
      args: [join(PROJECT, 'test/tools/run-host.mjs'), version, ...files],
      env: { ZKW_HOST_REPORT: report },
    }),
    counts: (code) => counted(code, () => readReport(report)),
  };
}

/** @param {string} path @returns {any} what vitest or test/host wrote */
function readReport(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * A hook or an import that fails leaves the tests of its file unrun, and vitest calls them skipped:
 * they have failed.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
function vitestCounts({ testResults }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const failedBefore = counts.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed' || status === 'failed') counts.failed++;
      else counts.skipped++;
    }
    if (status === 'failed' && counts.failed === failedBefore) counts.failed++;
  }
  return counts;
}

/**
 * The counts of a report, with a failure of the run itself (no report, no test, a crash after the
 * tests) as one failed test.
 * @param {number} code @param {() => Counts} read @returns {Counts}
 */
function counted(code, read) {
  try {
    const { passed, failed, skipped } = read();
    const broken = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
    return { passed, failed: failed + broken, skipped };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
