// @ts-check
/** The few things that the installer asks of npm. */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Fetches one package, checked against the registry's hash, and unpacks a part of it.
 * @param {string} spec exact version
 * @param {string} part path inside the package
 * @param {number} strip leading folders to drop
 * @param {string} folder
 * @param {string[]} [options] further arguments of tar
 */
export async function unpack(spec, part, strip, folder, options = []) {
  await mkdir(folder, { recursive: true });
  await npm(['pack', spec, '--pack-destination', folder, '--loglevel=error'], folder);
  const archive = join(folder, `${spec.replace(/^@/, '').replace(/[@/]/g, '-')}.tgz`);
  const to = ['-C', folder, `--strip-components=${strip}`];
  await run('tar', ['-xzf', archive, ...to, ...options, `package/${part}`]);
  await rm(archive);
}

/**
 * Installs what a package.json needs at run time; a shrinkwrap file beside it pins the versions. No
 * install scripts: they would compile, or download from elsewhere.
 * @param {string} folder
 */
export async function installModules(folder) {
  await npm(['install', '--prefix', folder, '--omit=dev', '--ignore-scripts'], folder);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 */
async function npm(args, cwd) {
  await run('npm', [...args, '--no-audit', '--no-fund'], { cwd, maxBuffer: 1 << 26 });
}

/**
 * The line of a failed npm (or tar) that says what is wrong.
 * @param {unknown} error
 * @returns {string}
 */
export function npmReason(error) {
  const { stderr = '', message = String(error) } = /** @type {any} */ (error);
  const lines = String(stderr)
    .split('\n')
    .filter((line) => /^npm error (?!code|errno|syscall|A complete log)./.test(line));
  return lines[0]?.replace('npm error ', '') ?? message.split('\n')[0];
}
