/**
 * What VS Code calls to run the tests inside its extension host. `ZKW_TEST_FILES` (a regular
 * expression) chooses files, `ZKW_TEST_REPORT` names the JSON file that carries the result back to
 * test/tools/run-host.mjs.
 */
import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

export async function run(): Promise<void> {
  const wanted = new RegExp(process.env['ZKW_TEST_FILES'] ?? '');
  const files = readdirSync(__dirname).filter(
    (name) => name.endsWith('.test.js') && wanted.test(name.replace(/\.js$/, '')),
  );
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, slow: 2_000 });
  if (process.env['CI']) mocha.forbidOnly();
  for (const name of files.sort()) mocha.addFile(join(__dirname, name));

  const report = await outcome(mocha);
  const path = process.env['ZKW_TEST_REPORT'];
  if (path) writeFileSync(path, JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} host tests failed.`);
  if (report.passed === 0) {
    throw new Error(`No host test ran (${files.length} files match /${wanted.source}/).`);
  }
}

function outcome(mocha: Mocha): Promise<Report> {
  return new Promise((resolve) => {
    const failures: { title: string; message: string }[] = [];
    const runner = mocha.run((failed) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed, skipped: pending, failures });
    });
    runner.on('fail', (test, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.message });
    });
  });
}
