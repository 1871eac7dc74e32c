// @ts-check
/**
 * `npm start`: a sandbox with sample data and a VS Code with this extension, until Ctrl-C. Works in a
 * fresh clone, so whatever needs node_modules is loaded after they are there.
 *
 * Exit codes: 0 stopped by the user, 1 something failed, 2 the command line was wrong.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROJECT = resolve(fileURLToPath(new URL('../../', import.meta.url)));
const STARTED = Date.now();
const TIDY_MS = 3_000;

/** @typedef {import('../sample/start/lifetime.mjs').Lifetime} Lifetime */
/** @typedef {import('../sample/start/arguments.mjs').StartArguments} StartArguments */
/** @typedef {{ address: string, failed: Promise<never> }} Window `failed` rejects when it breaks */

/**
 * @param {readonly string[]} argv
 * @returns {Promise<number>} the exit code
 */
async function main(argv) {
  const { parseStartArguments, USAGE, UsageError } = await import('../sample/start/arguments.mjs');
  const { Lifetime } = await import('../sample/start/lifetime.mjs');
  let args;
  try {
    args = parseStartArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (args.help) {
    console.log(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'zkw-start-'));
  const lifetime = new Lifetime(folder);
  lifetime.own(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const starting = start(args, folder, lifetime);
  try {
    const why = await Promise.race([starting.then(({ failed }) => failed), lifetime.interrupted]);
    console.log(`\nstopping after ${why}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await lifetime.end();
    // An installation that was cut short tidies up after itself.
    await Promise.race([starting.catch(() => {}), sleep(TIDY_MS)]);
  }
}

/**
 * Starts everything and prints where it is.
 * @param {StartArguments} args
 * @param {string} folder
 * @param {Lifetime} lifetime
 * @returns {Promise<Window>}
 */
async function start(args, folder, lifetime) {
  const { copyWorkspace, userSettings } = await import('../sample/start/window.mjs');
  if (args.port) await assertFree(args.port);
  const openWindow = args.desktop ? await desktopWindow() : browserWindow;
  console.log('starting; the first time installs what is missing, which takes a minute or two');

  const built = prepareExtension();
  const [server, workspace] = await Promise.all([
    (args.real ? startZooKeeper : startSandbox)(built, args.churn, lifetime),
    copyWorkspace(folder),
    args.desktop || step('VS Code is installed', installHost),
    built,
  ]);
  const window = await step('VS Code is running', () =>
    openWindow({
      workspace,
      folder,
      userDataDir: join(folder, 'vscode'),
      settings: userSettings(server),
      port: args.port,
      lifetime,
    }),
  );
  console.log(`\nZooKeeper  ${server.connectString}\nWorkbench  ${window.address}\n`);
  console.log('Ctrl-C stops everything');
  return window;
}

async function prepareExtension() {
  const { ensureModules } = await import('./ensureModules.mjs');
  await step('npm packages are installed', () => ensureModules());
  await step('the extension is built', async () => {
    await run(process.execPath, ['esbuild.mjs'], { cwd: PROJECT }).catch((error) => {
      throw new Error(`The build failed: ${String(error.stderr).trim() || error.message}`);
    });
  });
}

/**
 * @param {Promise<unknown>} built
 * @param {boolean} churn
 * @param {Lifetime} lifetime
 * @returns {Promise<{ connectString: string, adminPort?: number }>}
 */
async function startSandbox(built, churn, lifetime) {
  await built;
  const { startSandbox } = await import('../sample/start/program.mjs');
  const sandbox = await step('the sandbox is running', () => startSandbox(churn));
  if (sandbox.pid !== undefined) lifetime.guard(sandbox.pid);
  lifetime.own(sandbox.stop);
  return sandbox;
}

/**
 * @param {Promise<unknown>} built
 * @param {boolean} churn
 * @param {Lifetime} lifetime
 * @returns {Promise<{ connectString: string, adminPort?: number }>}
 */
async function startZooKeeper(built, churn, lifetime) {
  const server = await step('ZooKeeper is running', async () => {
    const { startStandalone } = await import('./zookeeper/server.mjs');
    return startStandalone();
  });
  lifetime.own(() => server.stop());
  await built;
  const { startSample } = await import('../sample/start/program.mjs');
  await step('the sample data are loaded', async () => {
    const sample = await startSample(server.connectString, churn);
    lifetime.own(sample.stop);
  });
  return server;
}

async function installHost() {
  const { ensureHost } = await import('./vscode/install.mjs');
  await ensureHost('newest');
}

/**
 * @typedef {object} WindowOptions
 * @property {string} workspace
 * @property {string} folder for whatever is temporary
 * @property {string} userDataDir
 * @property {Record<string, unknown>} settings
 * @property {number} port
 * @property {Lifetime} lifetime
 */

/**
 * @param {WindowOptions} options
 * @returns {Promise<Window>}
 */
async function browserWindow({ lifetime, folder, workspace, ...options }) {
  const { startWorkbench } = await import('./vscode/server.mjs');
  const { withReadme } = await import('../sample/start/window.mjs');
  // VS Code leaves sockets behind; Linux has room for their longer paths, macOS has not.
  const temporary = { TMPDIR: folder, XDG_RUNTIME_DIR: folder };
  const workbench = await startWorkbench({
    ...options,
    installedPath: PROJECT,
    workspace,
    env: process.platform === 'linux' ? temporary : {},
  });
  lifetime.guard(workbench.pid);
  lifetime.own(workbench.stop);
  const failed = workbench.exited.then(() => {
    throw new Error(`VS Code has ended; its log is ${workbench.logFile}.`);
  });
  failed.catch(() => {}); // whoever stops it does not wait for this
  return { address: withReadme(workbench.url, workspace), failed };
}

/** @returns {Promise<(options: WindowOptions) => Promise<Window>>} */
async function desktopWindow() {
  const { findCode, startDesktop } = await import('../sample/start/desktop.mjs');
  const code = await findCode();
  return async ({ lifetime, ...options }) => {
    const { cleanEnvironment } = await import('./vscode/server.mjs');
    const settings = { ...options.settings, 'workbench.startupEditor': 'readme' };
    const env = cleanEnvironment();
    const desktop = await startDesktop({ code, env, extensionPath: PROJECT, ...options, settings });
    lifetime.own(desktop.stop);
    return { address: 'in the window that opens', failed: desktop.failed };
  };
}

/** @param {number} port */
async function assertFree(port) {
  const server = createServer();
  await new Promise((free, reject) => {
    server.once('error', () => reject(new Error(`Port ${port} can't be used: choose another.`)));
    server.listen(port, '127.0.0.1', () => server.close(free));
  });
}

/**
 * Says when a step is done.
 * @template T
 * @param {string} done
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function step(done, act) {
  const result = await act();
  console.log(`${((Date.now() - STARTED) / 1000).toFixed(1).padStart(6)} s  ${done}`);
  return result;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
