// @ts-check
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../output/placement-peers', import.meta.url));

/**
 * Packages that ours is compared with and that nothing else needs, so that they are no
 * dependencies. Their install scripts do not run.
 */
export const PEERS = {
  hashring: '3.2.0',
  'consistent-hash': '1.2.2',
  'consistent-hashing': '0.3.0',
  ketama: '1.0.0',
  'node-hashring': '1.0.2',
  'skeleton-rendezvous': '1.1.3',
};

/**
 * Installs peers, once, into a folder of their own.
 * @param {readonly (keyof typeof PEERS)[]} names
 * @returns {Promise<(name: string) => any>} their `require`
 */
export async function ensureNpmPeers(names) {
  await mkdir(FOLDER, { recursive: true });
  const missing = [];
  for (const name of names) {
    if ((await installedVersion(name)) !== PEERS[name]) missing.push(`${name}@${PEERS[name]}`);
  }
  if (missing.length > 0) {
    // Of its own, or npm would install into the project around it.
    const project = JSON.stringify({ private: true });
    await writeFile(join(FOLDER, 'package.json'), project, { flag: 'wx' }).catch(ignoreExisting);
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags, ...missing], { cwd: FOLDER, maxBuffer: 1 << 26 });
  }
  return createRequire(join(FOLDER, 'package.json'));
}

/** @param {string} name */
async function installedVersion(name) {
  const file = join(FOLDER, 'node_modules', name, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text && JSON.parse(text).version;
}

/** @param {NodeJS.ErrnoException} error */
function ignoreExisting(error) {
  if (error.code !== 'EEXIST') throw error;
}
