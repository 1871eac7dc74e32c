// @ts-check
/** What the window of the demonstration shows. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKSPACE = fileURLToPath(new URL('../workspace/', import.meta.url));

/**
 * Copies the demo workspace, so that plans written in it don't end up in the repository.
 * @param {string} parent
 * @returns {Promise<string>} the folder
 */
export async function copyWorkspace(parent) {
  const folder = join(parent, 'demo');
  await cp(WORKSPACE, folder, { recursive: true });
  return folder;
}

/**
 * User settings with the connection. The user connects: nothing does so by itself.
 * @param {{ connectString: string, adminPort?: number }} server
 * @returns {Record<string, unknown>}
 */
export function userSettings({ connectString, adminPort }) {
  const sample = { id: 'sample', name: 'Sample', connectString, readOnly: false, auth: 'none' };
  return {
    'zookeeperWorkbench.connections': [sample],
    ...(adminPort === undefined ? {} : { 'zookeeperWorkbench.adminServer.port': adminPort }),
    'breadcrumbs.enabled': true,
    'workbench.editorAssociations': { '*.md': 'vscode.markdown.preview.editor' },
  };
}

/**
 * The address that also opens the workspace's README.
 * @param {string} address of the workbench with the workspace
 * @param {string} workspace
 * @returns {string}
 */
export function withReadme(address, workspace) {
  const url = new URL(address);
  const payload = JSON.parse(url.searchParams.get('payload') ?? '[]');
  payload.push(['openFile', `vscode-remote://${url.host}${encodeURI(`${workspace}/README.md`)}`]);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
