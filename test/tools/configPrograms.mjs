// @ts-check
/** The programs that read written configuration files, asked whether they would take them. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ensureDebianPackages } from './debian.mjs';

const run = promisify(execFile);

export const CONFIG_PACKAGES = ['prometheus', 'haproxy', 'nginx', 'nutcracker', 'systemd'];

/** @returns {Promise<void>} rejects when one is missing and can't be installed */
export function ensureConfigPrograms() {
  return ensureDebianPackages(CONFIG_PACKAGES, 'checking written configuration files');
}

/**
 * What a program says about a file: its whole output, or an error that holds it.
 * @param {string} command
 * @param {readonly string[]} args
 */
async function ask(command, args) {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 30_000 });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '', message } = /** @type {any} */ (error);
    throw new Error(`${message}\n${stdout}${stderr}`, { cause: error });
  }
}

/**
 * Calls `check` with the path of a file of this name and text.
 * @param {string} name
 * @param {string} text
 * @param {(path: string) => Promise<string>} check
 */
async function withFile(name, text, check) {
  const folder = await mkdtemp(join(tmpdir(), 'zkw-config-'));
  try {
    const path = join(folder, name);
    await writeFile(path, text);
    return await check(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} text */
export const checkRules = (text) =>
  withFile('rules.yml', text, (path) => ask('promtool', ['check', 'rules', path]));

/** Runs unit tests of rules. @param {string} path of the test file */
export const testRules = (path) => ask('promtool', ['test', 'rules', path]);

const PROXY = 'frontend any\n    mode http\n    timeout client 1s\n    bind 127.0.0.1:1\n';

/** @param {string} text one or more backends, which nothing uses without a frontend */
export const checkHaproxy = (text) =>
  withFile('haproxy.cfg', PROXY + text, (path) => ask('/usr/sbin/haproxy', ['-c', '-f', path]));

/** @param {string} text an upstream, which stands in the block `http` */
export const checkNginx = (text) =>
  withFile('nginx.conf', `events {}\npid /dev/null;\nhttp {\n${text}}\n`, (path) =>
    ask('/usr/sbin/nginx', ['-t', '-c', path]),
  );

/** @param {string} text */
export const checkTwemproxy = (text) =>
  withFile('nutcracker.yml', text, (path) => ask('nutcracker', ['-t', '-c', path]));

/** Its programs and users must be there. @param {string} name @param {string} text */
export const checkUnit = (name, text) =>
  withFile(name, text, (path) => ask('systemd-analyze', ['verify', '--man=no', path]));
