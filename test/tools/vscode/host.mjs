// @ts-check
/**
 * Plays a VS Code program for `@vscode/test-electron`: takes the same arguments, runs the tests in
 * the extension host of a VS Code server that a headless browser opens, and exits with their
 * result.
 *
 * `ZKW_VSCODE` = newest | oldest; `ZKW_UNTRUSTED=1` opens the workspace in restricted mode, which
 * `runTests` itself can not ask for; `ZKW_HOST_TIMEOUT_MS` limits the whole run.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { parseArguments } from './arguments.mjs';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.mjs';
import { printConsole } from './console.mjs';
import { OUTPUT, startWorkbench } from './server.mjs';
import { hostName } from './versions.mjs';

const LIMIT_MS = Number(process.env['ZKW_HOST_TIMEOUT_MS'] || 300_000);

/**
 * @param {readonly string[]} argv
 * @returns {Promise<number>} the exit code of the tests
 */
export async function runHost(argv) {
  const args = parseArguments(argv);
  if (!args.extensionTestsPath) throw new Error('--extensionTestsPath=<module> is missing.');
  const version = hostName(process.env['ZKW_VSCODE']);
  const executablePath = await ensureChromium();
  const [server, browser] = await Promise.all([
    startWorkbench({
      version,
      extensionPath: args.extensionPath.map((path) => resolve(path)),
      extensionTestsPath: resolve(args.extensionTestsPath),
      ...(args.workspace && { workspace: resolve(args.workspace) }),
      settings: await userSettings(args.userDataDir),
      trusted: args.trusted && process.env['ZKW_UNTRUSTED'] !== '1',
    }),
    chromium.launch({ executablePath, args: CHROMIUM_FLAGS }),
  ]);
  try {
    const page = await browser.newPage();
    return await testResult(page, server);
  } finally {
    await Promise.allSettled([browser.close(), server.stop()]);
  }
}

/**
 * Opens the workbench and waits until its extension host has run the tests.
 * @param {import('playwright-core').Page} page
 * @param {import('./server.mjs').RunningWorkbench} server
 * @returns {Promise<number>}
 */
async function testResult(page, server) {
  const result = deferred();
  const fail = (/** @type {string} */ what) =>
    result.reject(new Error(`${what}; the server's log is ${server.logFile}.`));
  await page.exposeFunction('codeAutomationLog', printConsole);
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) =>
    result.resolve(code),
  );
  page.once('crash', () => fail('The browser page crashed before the tests had ended'));
  page.once('close', () => fail('The browser page closed before the tests had ended'));
  void server.exited.then(() => fail('The VS Code server ended before the tests'));
  const timer = setTimeout(async () => {
    const shot = join(OUTPUT, 'host-timeout.png');
    await page.screenshot({ path: shot, timeout: 5000 }).catch(() => {});
    fail(`The tests gave no result within ${LIMIT_MS / 1000} s (what it looked like: ${shot})`);
  }, LIMIT_MS);
  try {
    await page.goto(server.url, { waitUntil: 'commit' });
    return await result.promise;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string | undefined} userDataDir
 * @returns {Promise<Record<string, unknown>>}
 */
async function userSettings(userDataDir) {
  if (!userDataDir) return {};
  const path = join(userDataDir, 'User', 'settings.json');
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return JSON.parse(text);
}

/** `Promise.withResolvers` came after Node 20. */
function deferred() {
  /** @type {(code: number) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<number>} */
  const promise = new Promise((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  promise.catch(() => {}); // it may be rejected before anyone waits
  return { promise, resolve, reject };
}
