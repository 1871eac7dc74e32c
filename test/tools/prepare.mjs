// @ts-check
/**
 * What the suites need beside node_modules, fetched while others run already: Debian packages in one
 * go, and the VS Codes. What can't be installed is left to the suite, which says what it misses.
 */
import { CONFIG_PACKAGES } from './configPrograms.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { missingHexdump } from './hexdump.mjs';
import { OCTAVE_PACKAGES } from './octave.mjs';
import { PLACEMENT_PACKAGES } from './placement/packages.mjs';
import { missingBrowser } from './vscode/chromium.mjs';
import { ensureHost } from './vscode/install.mjs';
import { missingServerPackages } from './zookeeper/install.mjs';
import { missingKazoo } from './zookeeper/installKazoo.mjs';

/** The Debian packages of each program that may be missing. */
const PROGRAMS = {
  browser: missingBrowser,
  config: () => CONFIG_PACKAGES,
  hexdump: missingHexdump,
  kazoo: missingKazoo,
  octave: () => OCTAVE_PACKAGES,
  placement: () => PLACEMENT_PACKAGES,
  servers: missingServerPackages,
  twemproxy: () => ['nutcracker'],
};

/** @typedef {keyof PROGRAMS} Program */
/** @typedef {import('./vscode/versions.mjs').HostName} HostName */
/** @typedef {{ programs: readonly Program[], vscode?: HostName }} Needs */

/**
 * Begins with all of it.
 * @param {readonly Needs[]} all
 * @returns {(needs: Needs) => Promise<unknown>} waits until these are there, or couldn't be had
 */
export function prepare(all) {
  const programs = installed(new Set(all.flatMap((needs) => needs.programs)));
  /** @type {Map<HostName | undefined, Promise<unknown>>} */
  const hosts = new Map();
  for (const { vscode } of all) {
    if (vscode && !hosts.has(vscode)) hosts.set(vscode, ensureHost(vscode));
  }
  for (const step of [programs, ...hosts.values()]) {
    step.catch((error) => console.error(error.message));
  }
  return (needs) => {
    const steps = [needs.programs.length > 0 && programs, hosts.get(needs.vscode)];
    return Promise.allSettled(steps);
  };
}

/** @param {ReadonlySet<Program>} programs */
async function installed(programs) {
  const packages = await Promise.all([...programs].map((program) => PROGRAMS[program]()));
  await ensureDebianPackages([...new Set(packages.flat())], 'the tests');
}
