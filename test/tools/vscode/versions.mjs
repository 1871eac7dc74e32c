// @ts-check
/**
 * The two VS Code versions that the tests run on, as the npm registry carries them: `code-server`
 * contains the whole workbench, server and extension host, and `node-<platform>-<arch>` a Node
 * binary. Exact pins, so that a run today and one next year test the same thing.
 */

/** @typedef {'newest' | 'oldest'} HostName */

/**
 * @typedef {object} HostPin
 * @property {string} version VS Code's own version
 * @property {string} codeServer version of the code-server package that carries it
 * @property {string} node the Node version that it was built for
 * @property {string} [ripgrep] the search program, where the package would download it from
 *   elsewhere
 * @property {boolean} smokeTestDriver whether the server needs the flag to accept an extension
 *   under development
 */

/** @type {Readonly<Record<HostName, HostPin>>} */
export const HOSTS = {
  newest: { version: '1.139.1', codeServer: '4.139.1', node: '24.21.0', smokeTestDriver: true },
  // The oldest that `engines.vscode` admits. The smoke-test flag makes it refuse every modal
  // dialog.
  oldest: {
    version: '1.100.3',
    codeServer: '4.100.3',
    node: '20.20.2',
    ripgrep: '1.18.0',
    smokeTestDriver: false,
  },
};

/**
 * @param {string | undefined} name
 * @returns {HostName}
 */
export function hostName(name) {
  if (name === undefined || name === '' || name === 'newest') return 'newest';
  if (name === 'oldest') return 'oldest';
  throw new Error(`There is no VS Code version "${name}": choose newest or oldest.`);
}
