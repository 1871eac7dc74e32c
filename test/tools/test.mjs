// @ts-check
// `npm test`: installs what is missing, runs every suite, and closes with one line of counts.
// `npm test -- unit host` runs these suites only; `npm test -- unit path` those test files of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { ensureModules } from './ensureModules.mjs';
import { runSuites } from './lanes.mjs';
import { PROJECT, REPORTS, SUITES } from './suites.mjs';

const words = process.argv.slice(2);
const chosen = SUITES.filter(({ name }) => words.includes(name));
const files = words.filter((word) => !SUITES.some(({ name }) => name === word));
if (chosen.length === 0 && files.length > 0) {
  console.error(`which suite? one of ${SUITES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const suites = chosen.length > 0 ? chosen : SUITES;

await ensureModules();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const build = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: PROJECT, stdio: 'inherit' });
if (build.status !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
/** @type {import('./suites.mjs').Failure[]} */
const failures = [];
for (const { suite, result, seconds } of await runSuites(suites, files)) {
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
  for (const { title, message } of result.failures) {
    failures.push({ title: `${suite.name}: ${title}`, message });
  }
  const over = seconds > suite.budgetSeconds ? '  OVER BUDGET' : '';
  lines.push(
    `${suite.name.padEnd(12)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(4)} failed` +
      `  ${String(seconds).padStart(4)} s of ${suite.budgetSeconds} s${over}`,
  );
}
// At the end once more, for whoever sees only the end of a long output.
for (const { title, message } of failures.slice(0, 20)) {
  const own = message.split('\n').filter((line) => !line.includes('/node_modules/'));
  console.log(`\nFAILED ${title}\n  ${own.slice(0, 20).join('\n  ').slice(0, 2000)}`);
}
if (failures.length > 20) console.log(`\nFAILED ${failures.length - 20} more`);
console.log(`\n${lines.join('\n')}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
