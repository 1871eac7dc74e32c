// @ts-check
import { existsSync } from 'node:fs';
import { ensureDebianPackages } from './debian.mjs';

export const HEXDUMP = '/usr/bin/hexdump';

/** @returns {string[]} the package that has it, unless it is there */
export function missingHexdump() {
  return existsSync(HEXDUMP) ? [] : ['bsdextrautils'];
}

/** @returns {Promise<void>} rejects when it is missing and can't be installed */
export async function ensureHexdump() {
  const packages = missingHexdump();
  if (packages.length > 0) await ensureDebianPackages(packages, 'comparing listings with hexdump');
}
