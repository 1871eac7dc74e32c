// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { ensureDebianPackages } from '../debian.mjs';

const run = promisify(execFile);

const PACKAGE = 'python3-kazoo';
/** Debian's own Python first: one from elsewhere on PATH does not see Debian's packages. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/**
 * Finds a Python that has kazoo, installing Debian's when there is none.
 * @returns {Promise<string>} the interpreter to start
 */
export async function ensureKazoo() {
  const present = await findPython();
  if (present) return present;
  await ensureDebianPackages([PACKAGE], 'the independent ZooKeeper client of the tests');
  const installed = await findPython();
  if (installed) return installed;
  throw new Error('No Python 3 with the kazoo module found (Debian package python3-kazoo).');
}

/** @returns {Promise<string[]>} the package, unless some Python has kazoo */
export async function missingKazoo() {
  return (await findPython()) ? [] : [PACKAGE];
}

async function findPython() {
  for (const python of PYTHONS) {
    const hasKazoo = await run(python, ['-I', '-c', 'import kazoo.client']).then(
      () => true,
      () => false,
    );
    if (hasKazoo) return python;
  }
  return undefined;
}
