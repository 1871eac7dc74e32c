// @ts-check
/**
 * The address that opens a workspace with an extension under development: what a desktop VS Code
 * takes as command-line arguments travels in the `payload`.
 * @param {number} port
 * @param {Pick<import('./server.mjs').WorkbenchOptions,
 *   'extensionPath' | 'extensionTestsPath' | 'workspace'>} options
 * @returns {string}
 */
export function workbenchUrl(port, { extensionPath = [], extensionTestsPath, workspace }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;
  /** @type {[string, string][]} */
  const payload = [extensionPath].flat().map((path) => ['extensionDevelopmentPath', remote(path)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  payload.push(['skipWelcome', 'true']);

  const url = new URL(`http://127.0.0.1:${port}/`);
  if (!workspace) url.searchParams.set('ew', 'true');
  else if (workspace.endsWith('.code-workspace')) url.searchParams.set('workspace', workspace);
  else url.searchParams.set('folder', workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
