// @ts-check
/**
 * Puts a VS Code into a cache folder without a download from its own site: the npm registry has one
 * in `code-server`. Only the part of that package that is VS Code is unpacked, and nothing is
 * compiled.
 */
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installModules, npmReason, unpack } from './npm.mjs';
import { HOSTS } from './versions.mjs';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const MARKER = 'complete.json';

/** Extensions that no test looks at; these two are two thirds of all. */
const LEFT_OUT = ['copilot', 'mermaid-markdown-features'];

/** Native modules, whose prebuilt files do not exist, and what stands in for them. */
const STUBS = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/native-watchdog': 'watchdog.cjs',
  'native-watchdog': 'watchdog.cjs',
};

/** @typedef {{ node: string, serverMain: string, version: string }} Host */

/**
 * Installs a VS Code unless it is there, and says how to start it.
 * @param {import('./versions.mjs').HostName} name
 * @returns {Promise<Host>}
 */
export async function ensureHost(name) {
  const pin = HOSTS[name];
  const root = resolve(process.env['ZKW_CACHE'] || join(project, '.vscode-test'));
  const folder = join(root, pin.version);
  const bundled = !runsOnThisNode(pin);
  const recipe = JSON.stringify({ pin, bundled, left: LEFT_OUT, stubs: STUBS });
  if (!(await isComplete(folder, recipe))) {
    try {
      await install(pin, bundled, root, folder, recipe);
    } catch (error) {
      const reason = npmReason(error);
      throw new Error(`VS Code ${pin.version} could not be installed from npm: ${reason}`, {
        cause: error,
      });
    }
  }
  return {
    node: bundled ? join(folder, 'node', 'bin', 'node') : process.execPath,
    serverMain: join(folder, 'vscode', 'out', 'server-main.js'),
    version: pin.version,
  };
}

/** @param {import('./versions.mjs').HostPin} pin */
function runsOnThisNode(pin) {
  return process.versions.node.split('.')[0] === pin.node.split('.')[0];
}

/**
 * @param {string} folder
 * @param {string} recipe what the marker must hold: another recipe means another install
 */
async function isComplete(folder, recipe) {
  return readFile(join(folder, MARKER), 'utf8').then(
    (text) => text === recipe,
    () => false,
  );
}

/**
 * Builds the whole folder under a temporary name and renames it, so that a killed run leaves
 * nothing half done and two runs at a time do not disturb each other.
 * @param {import('./versions.mjs').HostPin} pin
 * @param {boolean} bundled whether a Node binary has to come along
 * @param {string} root
 * @param {string} folder
 * @param {string} recipe
 */
async function install(pin, bundled, root, folder, recipe) {
  process.stderr.write(`installing VS Code ${pin.version} from npm, once\n`);
  const started = Date.now();
  await mkdir(root, { recursive: true });
  const temporary = await mkdtemp(join(root, `installing-${pin.version}-`));
  try {
    const machine = `${process.platform}-${process.arch}`;
    await Promise.all([
      installVsCode(pin, temporary),
      bundled && unpack(`node-${machine}@${pin.node}`, 'bin/node', 1, join(temporary, 'node')),
    ]);
    await writeFile(join(temporary, MARKER), recipe);
    if (await isComplete(folder, recipe)) return; // another run was faster
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder).catch(async (error) => {
      if (!(await isComplete(folder, recipe))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`VS Code ${pin.version} is installed (${seconds} s)\n`);
}

/**
 * @param {import('./versions.mjs').HostPin} pin
 * @param {string} parent
 */
async function installVsCode(pin, parent) {
  const folder = join(parent, 'vscode');
  const excludes = LEFT_OUT.map((name) => `--exclude=package/lib/vscode/extensions/${name}`);
  await unpack(`code-server@${pin.codeServer}`, 'lib/vscode', 3, folder, excludes);
  await installModules(folder);
  for (const [module, stub] of Object.entries(STUBS)) {
    const target = join(folder, 'node_modules', module);
    const there = await stat(target).catch(() => undefined);
    const source = fileURLToPath(new URL(`stubs/${stub}`, import.meta.url));
    if (there) await copyFile(source, join(target, 'index.js'));
  }
  if (pin.ripgrep) {
    const ripgrep = `@vscode/ripgrep-${process.platform}-${process.arch}@${pin.ripgrep}`;
    await unpack(ripgrep, 'bin', 1, join(folder, 'node_modules/@vscode/ripgrep'));
  }
}
