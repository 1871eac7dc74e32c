// @ts-check
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a packaged extension into a server's folder, without a network.
 * @param {import('./install.mjs').Host} host
 * @param {string} dataDir
 * @param {string} vsix
 */
export async function installPackage(host, dataDir, vsix) {
  const folders = ['--server-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions')];
  const args = [host.serverMain, '--accept-server-license-terms', ...folders];
  await run(host.node, [...args, '--install-extension', vsix, '--force']);
}

/**
 * Makes the server take a folder for an installed extension. Unlike one under development it needs no
 * payload in the address and no smoke-test driver, which keeps notifications from being shown.
 * @param {string} dataDir
 * @param {string} extensionPath
 */
export async function placeExtension(dataDir, extensionPath) {
  const manifest = JSON.parse(await readFile(join(extensionPath, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest;
  const folder = join(dataDir, 'extensions');
  const relativeLocation = `${publisher}.${name}-${version}`;
  await mkdir(folder, { recursive: true });
  await symlink(extensionPath.replace(/[/\\]$/, ''), join(folder, relativeLocation), 'dir');
  const location = { $mid: 1, path: join(folder, relativeLocation), scheme: 'file' };
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, relativeLocation };
  await writeFile(join(folder, 'extensions.json'), JSON.stringify([entry]));
}
