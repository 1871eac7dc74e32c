// @ts-check
/**
 * Runs test/host inside VS Code: `node test/tools/run-host.mjs [newest|oldest] [part of a file
 * name]…`; `ZKW_HOST_REPORT` names a JSON file for the result.
 *
 * The VS Code is the one of `vscode-host` (nothing but npm and a Chromium needed), or the desktop
 * program that `VSCODE_EXECUTABLE_PATH` names, or with `ZKW_VSCODE_DOWNLOAD=1` what
 * `@vscode/test-electron` downloads.
 */
import { runTests } from '@vscode/test-electron';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CLEAN_WINDOW } from './vscode/settings.mjs';
import { HOSTS, hostName } from './vscode/versions.mjs';
import { makeWorkspace } from './vscode/workspace.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * @typedef {object} HostRun
 * @property {import('./vscode/versions.mjs').HostName} [version]
 * @property {readonly string[]} [files] regular expressions; a file whose name matches one of them
 *   runs
 * @property {boolean} [untrusted] opens the workspace in restricted mode
 * @property {Readonly<Record<string, string>>} [env] more variables for the extension host
 * @property {string} [extensionPath] the project unless said
 * @property {string} [extensionTestsPath] dist/test/host/index.js of the extension unless said
 */

/**
 * @typedef {object} HostReport
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ title: string, message: string }[]} failures
 */

/**
 * Runs the tests; failing tests are in the report, a host that does not get so far throws.
 * @param {HostRun} options
 * @returns {Promise<HostReport>}
 */
export async function runHostTests(options) {
  const folder = await mkdtemp(join(tmpdir(), 'zkw-host-'));
  const report = join(folder, 'report.json');
  try {
    const workspace = await makeWorkspace(folder);
    const userData = await prepareUserData(folder);
    const extensionPath = options.extensionPath ?? project;
    const failure = await runTests({
      ...program(options.version ?? 'newest'),
      extensionDevelopmentPath: extensionPath,
      extensionTestsPath:
        options.extensionTestsPath ?? join(extensionPath, 'dist/test/host/index.js'),
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${folder}/ext`],
      extensionTestsEnv: {
        ...options.env,
        ZKW_VSCODE: options.version ?? 'newest',
        ZKW_UNTRUSTED: options.untrusted ? '1' : '',
        ZKW_TEST_FILES: (options.files ?? []).join('|'),
        ZKW_TEST_REPORT: report,
      },
    }).then(
      () => undefined,
      (error) => error,
    );
    return await readReport(report, failure);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {string} path
 * @param {Error | undefined} failure what `runTests` said
 * @returns {Promise<HostReport>}
 */
async function readReport(path, failure) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw failure ?? new Error('VS Code ended without running the tests.');
  /** @type {HostReport} */
  const report = JSON.parse(text);
  // A green report with a failed run: something broke after the last test, or no test ran.
  if (failure && report.failed === 0) throw failure;
  return report;
}

/**
 * @param {import('./vscode/versions.mjs').HostName} name
 * @returns {{ vscodeExecutablePath: string } | { version: string }}
 */
function program(name) {
  const desktop = process.env['VSCODE_EXECUTABLE_PATH'];
  if (desktop) return { vscodeExecutablePath: resolve(desktop) };
  if (process.env['ZKW_VSCODE_DOWNLOAD'] === '1') {
    return { version: name === 'newest' ? 'stable' : HOSTS[name].version };
  }
  return { vscodeExecutablePath: fileURLToPath(new URL('vscode-host', import.meta.url)) };
}

/** @param {string} folder */
async function prepareUserData(folder) {
  const userData = join(folder, 'user-data');
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(CLEAN_WINDOW));
  return userData;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [first, ...rest] = process.argv.slice(2);
  const named = first === 'newest' || first === 'oldest';
  const files = named || first === undefined ? rest : [first, ...rest];
  try {
    const version = hostName(named ? first : process.env['ZKW_VSCODE']);
    const untrusted = process.env['ZKW_UNTRUSTED'] === '1';
    const report = await runHostTests({ version, files, untrusted });
    const path = process.env['ZKW_HOST_REPORT'];
    if (path) await writeFile(path, JSON.stringify(report));
    process.exitCode = report.failed > 0 ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
