// @ts-check
/**
 * What `@vscode/test-electron` tells the VS Code that it starts.
 * @typedef {object} LaunchArguments
 * @property {string[]} extensionPath
 * @property {string | undefined} extensionTestsPath
 * @property {string | undefined} workspace
 * @property {string | undefined} userDataDir
 * @property {boolean} trusted
 */

/**
 * Reads a desktop VS Code's command line; flags that mean nothing in a browser are ignored.
 * @param {readonly string[]} argv without node and script
 * @returns {LaunchArguments}
 */
export function parseArguments(argv) {
  /** @param {string} name */
  const values = (name) =>
    argv.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));
  const [workspace, ...more] = argv.filter((arg) => !arg.startsWith('-'));
  if (more.length > 0) {
    throw new Error(`Expected one workspace, and flags as --name=value, but got: ${more[0]}`);
  }
  return {
    extensionPath: [...new Set(values('extensionDevelopmentPath'))],
    extensionTestsPath: values('extensionTestsPath').at(-1),
    workspace: workspace ?? values('folder-uri').map(withoutScheme).at(-1),
    userDataDir: values('user-data-dir').at(-1),
    trusted: argv.includes('--disable-workspace-trust'),
  };
}

/** @param {string} uri */
function withoutScheme(uri) {
  return decodeURIComponent(uri.replace(/^file:\/\//, ''));
}
