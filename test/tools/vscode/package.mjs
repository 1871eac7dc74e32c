// @ts-check
import { execFile } from 'node:child_process';
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
