// @ts-check
/** The suites of `npm test`: how each is started, and what its result is. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const REPORTS = join(PROJECT, 'test/output/reports');

/** @typedef {{ title: string, message: string }} Failure */
/** @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Result */
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
 * @property {(code: number) => Result} result
 */

/** @type {readonly import('./prepare.mjs').Program[]} */
const WINDOW = ['browser', 'servers', 'kazoo'];
/** @type {readonly import('./prepare.mjs').Program[]} */
const REAL = ['servers', 'kazoo', 'placement', 'octave', 'config'];

const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** @type {readonly Suite[]} */
export const SUITES = [
  check('types', 'typecheck', 120),
  check('lint', 'lint', 240),
  vitest('unit', false, { programs: ['hexdump'] }, 150),
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
    result: (code) => (code === 0 ? { ...NOTHING, passed: 1 } : broken()),
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
    result: (code) => resultOf(code, () => vitestResult(readReport(report))),
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
    result: (code) => resultOf(code, () => readReport(report)),
  };
}

/** @param {string} path @returns {any} what vitest or test/host wrote */
function readReport(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * A hook or an import that fails leaves the tests of its file unrun, and vitest calls them skipped:
 * they have failed.
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: VitestTest[] }[] }} report
 * @returns {Result}
 */
function vitestResult({ testResults }) {
  const result = { ...NOTHING, failures: /** @type {Failure[]} */ ([]) };
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(PROJECT, name);
    const failedBefore = result.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') result.passed++;
      else if (test.status === 'failed' || status === 'failed') {
        result.failed++;
        const title = `${file} › ${test.fullName}`;
        result.failures.push({ title, message: test.failureMessages.join('\n') });
      } else result.skipped++;
    }
    if (status !== 'failed') continue;
    if (result.failed === failedBefore) result.failed++;
    if (message) result.failures.push({ title: file, message });
  }
  return result;
}

/**
 * The result in a report, with a failure of the run itself (no report, no test, a crash after the
 * tests) as one failed test.
 * @param {number} code @param {() => Result} read @returns {Result}
 */
function resultOf(code, read) {
  try {
    const result = read();
    if (result.failed > 0 || (code === 0 && result.passed > 0)) return result;
    return { ...broken(), passed: result.passed, skipped: result.skipped };
  } catch (error) {
    return broken(String(error));
  }
}

/** @param {string} [message] @returns {Result} */
function broken(message = 'see what it printed') {
  return { ...NOTHING, failed: 1, failures: [{ title: 'the run itself', message }] };
}
