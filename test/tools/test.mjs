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
for (const { suite, counts, seconds } of await runSuites(suites, files)) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const over = seconds > suite.budgetSeconds ? '  OVER BUDGET' : '';
  lines.push(
    `${suite.name.padEnd(12)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed` +
      `  ${String(seconds).padStart(4)} s of ${suite.budgetSeconds} s${over}`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
