// @ts-check
/**
 * Installs node_modules where a script needs them. Only Node's own modules are imported here: this
 * has to run in a clone in which nothing is installed yet.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LOCK = 'package-lock.json';
/** npm writes this last, so it is missing after an install that was cut short. */
const NPMS_MARK = 'node_modules/.package-lock.json';
/** What package-lock.json was when we installed; a checkout may touch the file without changing it. */
const STAMP = 'node_modules/.zkw-modules';

/**
 * Makes node_modules what package-lock.json says; does nothing, quickly, when they are.
 * @param {string} [project]
 * @returns {Promise<void>}
 */
export async function ensureModules(project = PROJECT) {
  const hash = createHash('sha256')
    .update(await readFile(join(project, LOCK)))
    .digest('hex');
  if (await isCurrent(project, hash)) return;
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: project, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`npm ci failed: ${reason(error)}`, { cause: error });
  }
  await writeFile(join(project, STAMP), hash);
}

/**
 * @param {string} project
 * @param {string} hash
 */
async function isCurrent(project, hash) {
  const installed = await modified(join(project, NPMS_MARK));
  if (installed === undefined) return false;
  const stamp = await readFile(join(project, STAMP), 'utf8').catch(() => undefined);
  // Without our stamp somebody else ran npm, and only the times tell.
  return stamp === hash || installed >= ((await modified(join(project, LOCK))) ?? 0);
}

/** @param {string} path */
function modified(path) {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/**
 * The line of npm's complaint that says what is wrong.
 * @param {unknown} error
 */
function reason(error) {
  const { stderr = '', message = String(error) } = /** @type {any} */ (error);
  const lines = String(stderr)
    .split('\n')
    .filter((line) => /^npm error (?!code|errno|syscall|A complete log)./.test(line));
  return lines[0]?.replace('npm error ', '') ?? message.split('\n')[0];
}
