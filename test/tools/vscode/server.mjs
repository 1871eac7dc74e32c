// @ts-check
/** Starts a VS Code server with an extension under development, for a browser to open. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endGroup, endWithThisProcess } from './group.mjs';
import { ensureHost } from './install.mjs';
import { installPackage, placeExtension } from './package.mjs';
import { CLEAN_WINDOW } from './settings.mjs';
import { workbenchUrl } from './url.mjs';
import { HOSTS } from './versions.mjs';

/** Logs and screenshots of a run; git ignores it. */
export const OUTPUT = fileURLToPath(new URL('../../output/', import.meta.url));
const STARTUP_MS = 60_000;
/**
 * Otherwise the server looks up extensions on the network, and the console fills with its failures.
 */
const NO_GALLERY = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

/**
 * @typedef {object} WorkbenchOptions
 * @property {import('./versions.mjs').HostName} [version] newest unless said
 * @property {string | readonly string[]} [extensionPath] folders of extensions under development
 * @property {string} [installedPath] a folder to take for an installed extension, as users have it
 * @property {string} [vsix] a packaged extension to install first
 * @property {string} [workspace] a folder or a `.code-workspace` file; an empty window without
 * @property {Record<string, unknown>} [settings] user settings on top of {@link CLEAN_WINDOW}
 * @property {boolean} [trusted] false opens the workspace in restricted mode
 * @property {string} [extensionTestsPath] a module whose `run()` the extension host calls
 * @property {Readonly<Record<string, string | undefined>>} [env] more variables for the extension
 *   host
 * @property {number} [port] a free one unless said
 * @property {string} [userDataDir] kept after the end; without it a new one that is removed
 */

/**
 * @typedef {object} RunningWorkbench
 * @property {string} url for the browser
 * @property {number} port
 * @property {string} userDataDir
 * @property {number} pid also the id of the process group
 * @property {string} logFile what the server printed
 * @property {Promise<void>} exited settles when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop
 */

/**
 * @param {WorkbenchOptions} options
 * @returns {Promise<RunningWorkbench>}
 */
export async function startWorkbench(options) {
  const name = options.version ?? 'newest';
  const host = await ensureHost(name);
  const dataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'zkw-vscode-')));
  const userFolder = join(dataDir, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  const settings = { ...CLEAN_WINDOW, ...options.settings };
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify(settings, null, 2));
  if (options.vsix) await installPackage(host, dataDir, options.vsix);
  if (options.installedPath) await placeExtension(dataDir, options.installedPath);

  const args = [host.serverMain, ...flags(dataDir, options)];
  // It makes a built VS Code accept an extension under development, but hides notifications.
  if (HOSTS[name].smokeTestDriver && !options.installedPath)
    args.push('--enable-smoke-test-driver');
  const child = spawn(host.node, args, {
    detached: true, // a group of its own, so that the extension host ends with it
    env: { ...cleanEnvironment(), ...NO_GALLERY, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const release = endWithThisProcess(child);
  const exited = /** @type {Promise<void>} */ (
    new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  );
  const stop = async () => {
    release();
    endGroup(child);
    await exited;
    if (!options.userDataDir && !process.env['ZKW_KEEP']) {
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  };

  await mkdir(OUTPUT, { recursive: true });
  const logFile = join(OUTPUT, `vscode-${host.version}-${process.pid}-${child.pid}.log`);
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  try {
    const port = await listeningPort(child, exited, logFile);
    const url = workbenchUrl(port, options);
    return { url, port, userDataDir: dataDir, pid: child.pid ?? 0, logFile, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} dataDir
 * @param {WorkbenchOptions} options
 */
function flags(dataDir, { port = 0, trusted = true }) {
  const list = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  list.push('--accept-server-license-terms', '--disable-telemetry', '--force-disable-user-env');
  list.push('--server-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions'));
  if (trusted) list.push('--disable-workspace-trust');
  return list;
}

/**
 * Variables of a VS Code that this runs in (its terminal, its debugger) would confuse the one to
 * start.
 */
export function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !name.startsWith('VSCODE_') && !/^(NODE_OPTIONS|ELECTRON_RUN_AS_NODE)$/.test(name),
    ),
  );
}

/**
 * The server picks the port itself and says which; nobody can take it in between.
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable,
 *   import('node:stream').Readable>} child
 * @param {Promise<void>} exited
 * @param {string} logFile
 * @returns {Promise<number>}
 */
function listeningPort(child, exited, logFile) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ what) =>
      reject(new Error(`The VS Code server ${what}; see ${logFile}.`));
    const timer = setTimeout(() => fail(`was not ready within ${STARTUP_MS / 1000} s`), STARTUP_MS);
    let text = '';
    child.stdout.on('data', (data) => {
      if (text.length > 10_000) return;
      text += data;
      const match = /agent listening on (\d+)/.exec(text);
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    });
    void exited.then(() => {
      clearTimeout(timer);
      fail('ended before it was ready');
    });
  });
}
