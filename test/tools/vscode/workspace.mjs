// @ts-check
import { cp, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURE = fileURLToPath(new URL('../../fixtures/workspace/', import.meta.url));

/**
 * Copies the sample workspace, because tests write; without a sample it is empty.
 * @param {string} parent
 * @returns {Promise<string>} the folder
 */
export async function makeWorkspace(parent) {
  const workspace = join(parent, 'workspace');
  const sample = await stat(FIXTURE).catch(() => undefined);
  if (sample) await cp(FIXTURE, workspace, { recursive: true });
  // Settings written later are only noticed when their folder was there at the start.
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  return workspace;
}
