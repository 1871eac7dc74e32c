// @ts-check
/**
 * System packages for the tests. CI runs as root on Debian, so a missing program is installed there
 * and then; elsewhere the message names what to install by hand.
 */
import { execFile, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Makes sure that Debian packages are installed; does nothing, quickly, when they all are.
 * @param {string[]} packages names of Debian packages
 * @param {string} why completes "… needed for", e.g. "the interface tests"
 * @returns {Promise<void>}
 */
export async function ensureDebianPackages(packages, why) {
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;
  const names = missing.join(' ');
  if (!(await isDebian()) || process.getuid?.() !== 0) {
    throw new Error(
      `Missing for ${why}: ${names}. Install by hand (Debian: apt-get install ${names}).`,
    );
  }
  process.stderr.write(`installing ${names} for ${why}\n`);
  await apt(['update'], names, why);
  await apt(['install', '-y', '--no-install-recommends', ...missing], names, why);
}

/** @param {string[]} packages */
async function missingPackages(packages) {
  const states = await Promise.all(packages.map(isInstalled));
  return packages.filter((_, i) => !states[i]);
}

/** @param {string} name */
async function isInstalled(name) {
  try {
    const { stdout } = await run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]);
    return stdout === 'installed';
  } catch {
    return false; // unknown to dpkg, or no dpkg at all
  }
}

async function isDebian() {
  return access('/etc/debian_version').then(
    () => true,
    () => false,
  );
}

/**
 * Other steps of the same job may be installing too: wait for their lock instead of failing.
 * The package lists have a lock of their own that `DPkg::Lock` does not cover, hence the retries.
 * @param {string[]} args
 * @param {string} names
 * @param {string} why
 */
async function apt(args, names, why) {
  const argv = ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args];
  for (let attempt = 1; ; attempt++) {
    const { code, output } = await aptOnce(argv);
    if (code === 0) return;
    if (attempt < 30 && /could not get lock/i.test(output)) {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      continue;
    }
    const reason = output.split('\n').findLast((line) => line.startsWith('E:')) ?? `code ${code}`;
    throw new Error(`Could not install ${names} for ${why}: apt-get ${args[0]} said "${reason}".`);
  }
}

/**
 * @param {string[]} argv
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function aptOnce(argv) {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', argv, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
