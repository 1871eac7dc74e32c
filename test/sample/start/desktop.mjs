// @ts-check
/** The desktop VS Code that a user has, as an extension development host. */
import { spawn } from 'node:child_process';
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEGINNING_MS = 10_000;

/** @returns {Promise<string>} the path of `code` */
export async function findCode() {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, 'code');
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new Error('--desktop needs "code" on the PATH (VS Code: Shell Command: Install code).');
}

/**
 * @param {object} window
 * @param {string} window.code
 * @param {string} window.extensionPath
 * @param {string} window.workspace
 * @param {string} window.userDataDir new, so that this VS Code is apart from the user's own
 * @param {Record<string, unknown>} window.settings
 * @param {NodeJS.ProcessEnv} window.env
 * @returns {Promise<{ failed: Promise<never>, stop: () => Promise<void> }>}
 */
export async function startDesktop({ code, extensionPath, workspace, userDataDir, settings, env }) {
  await mkdir(join(userDataDir, 'User'), { recursive: true });
  await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const flags = ['--new-window', '--disable-workspace-trust', '--skip-release-notes'];
  if (process.getuid?.() === 0) flags.push('--no-sandbox'); // it refuses to run as root otherwise
  const child = spawn(
    code,
    [
      `--extensionDevelopmentPath=${extensionPath}`,
      `--user-data-dir=${userDataDir}`,
      `--extensions-dir=${join(userDataDir, 'extensions')}`,
      ...flags,
      workspace,
    ],
    { detached: true, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const started = Date.now();
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    child.once('error', (error) => reject(new Error(`"code" did not start: ${error.message}`)));
    child.once('exit', (status) => {
      const said = complaint.trim().split('\n').at(-1);
      if (status !== 0 && status !== null) reject(new Error(`"code" failed (${status}): ${said}`));
    });
  });
  failed.catch(() => {});
  const stop = async () => {
    // "code" returns before its window is there; the window's process writes its id down.
    let pid = await mainProcess(userDataDir);
    while (!pid && child.exitCode === 0 && Date.now() - started < BEGINNING_MS) {
      await sleep(200);
      pid = await mainProcess(userDataDir);
    }
    if (pid) end(pid);
    if (child.pid && child.exitCode === null) end(-child.pid);
    for (let i = 0; pid && isAlive(pid) && i < 30; i++) await sleep(100);
    if (pid && isAlive(pid)) end(pid, 'SIGKILL');
  };
  return { failed, stop };
}

/** @param {string} userDataDir */
async function mainProcess(userDataDir) {
  const text = await readFile(join(userDataDir, 'code.lock'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * @param {number} pid negative: a whole group
 * @param {NodeJS.Signals} [signal]
 */
function end(pid, signal = 'SIGTERM') {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
