// @ts-check
// `npm test`: installs what is missing, runs every suite, and closes with one line of counts.
// `npm test -- unit host` runs these suites only; `npm test -- unit path` those test files of it.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureModules } from './ensureModules.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(project, 'test/output/reports');

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, budgetSeconds: number, run: (files: string[]) => Promise<Counts> }} Suite */

/** @type {Suite[]} */
const suites = [
  { name: 'types', budgetSeconds: 30, run: () => check('npm', ['run', '-s', 'typecheck']) },
  { name: 'lint', budgetSeconds: 60, run: () => check('npm', ['run', '-s', 'lint']) },
  { name: 'unit', budgetSeconds: 60, run: (files) => vitest('unit', files) },
  { name: 'integration', budgetSeconds: 240, run: (files) => vitest('integration', files) },
  { name: 'host', budgetSeconds: 90, run: (files) => host('newest', files) },
  { name: 'host-oldest', budgetSeconds: 90, run: (files) => host('oldest', files) },
  { name: 'ui', budgetSeconds: 240, run: (files) => vitest('ui', files) },
  { name: 'smoke', budgetSeconds: 60, run: (files) => vitest('smoke', files) },
];

/** Runs a command with its output shown. @param {string} command @param {string[]} args */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: project,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A command that passes or fails as a whole. @param {string} command @param {string[]} args */
async function check(command, args) {
  const failed = (await run(command, args)) === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0 };
}

/** @param {string} name @param {string[]} files */
async function vitest(name, files) {
  const report = join(reports, `${name}.json`);
  const code = await run('npx', [
    ...['vitest', 'run', '--config', 'test/vitest.config.mjs', '--project', name],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files],
  ]);
  return counted(code, () => {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const skipped = result.numPendingTests + result.numTodoTests;
    return { passed: result.numPassedTests, failed: result.numFailedTests, skipped };
  });
}

/** @param {'newest' | 'oldest'} version @param {string[]} files */
async function host(version, files) {
  const { runHostTests } = await import('./run-host.mjs'); // needs node_modules
  const report = await runHostTests({ version, files }).catch(String);
  return counted(0, () => {
    if (typeof report === 'string') throw new Error(report);
    return report;
  });
}

/**
 * The counts of a report, with a failure of the run itself (no report, no test, a crash after the
 * tests) as one failed test.
 * @param {unknown} code @param {() => Counts} read @returns {Counts}
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

await ensureModules();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const names = process.argv.slice(2);
const chosen = suites.filter(({ name }) => names.includes(name));
const files = names.filter((name) => !suites.some((suite) => suite.name === name));
if (chosen.length === 0 && files.length > 0) {
  console.error(`which suite? one of ${suites.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
const times = [];
if ((await run(process.execPath, ['esbuild.mjs'])) !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
for (const { name, budgetSeconds, run: runSuite } of chosen.length > 0 ? chosen : suites) {
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
  const start = Date.now();
  const counts = await runSuite(files);
  const seconds = Math.round((Date.now() - start) / 1000);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const over = seconds > budgetSeconds ? '  OVER BUDGET' : '';
  times.push(
    `${name.padEnd(12)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed` +
      `  ${String(seconds).padStart(4)} s of ${budgetSeconds} s${over}`,
  );
}
console.log(`\n${times.join('\n')}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
