// @ts-check
/** The browser that shows the workbench: one that is installed, else Debian's. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages } from '../debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGE = 'chromium';
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Quiet and safe for a test that only talks to this machine. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium; `CHROMIUM_PATH` chooses one.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names no program: ${chosen}`);
  }
  const found = await find();
  if (found) return found;
  await ensureDebianPackages([PACKAGE], 'the tests in a browser (or set CHROMIUM_PATH)');
  const installed = await find();
  if (installed) return installed;
  throw new Error('Debian package chromium is installed but there is no program "chromium".');
}

/**
 * The package that has a browser, unless there is one.
 * @returns {Promise<string[]>}
 */
export async function missingBrowser() {
  return process.env['CHROMIUM_PATH'] || (await find()) ? [] : [PACKAGE];
}

async function find() {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  for (const path of ELSEWHERE) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
