// @ts-check
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { ensureDebianPackages } from '../tools/debian.mjs';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('walk.c', import.meta.url));

/**
 * Compiles the walk with the C client; rejects with one sentence where that can't be done.
 * @param {string} program the file to make
 * @returns {Promise<string>} the same
 */
export async function buildWalk(program) {
  const libraries = ['libzookeeper-mt-dev', 'libc6-dev', 'gcc'];
  await ensureDebianPackages(libraries, 'the walk with the C client');
  const flags = ['-O2', '-Wall', '-Wextra', '-std=gnu11', '-DTHREADED'];
  try {
    await run('gcc', [...flags, '-o', program, SOURCE, '-lzookeeper_mt', '-lpthread']);
  } catch (error) {
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error);
    const reason = (stderr || message)
      .split('\n')
      .find((line) => /error|cannot|undefined|ENOENT/.test(line));
    throw new Error(`The walk with the C client was not built: ${reason ?? message}.`, {
      cause: error,
    });
  }
  return program;
}
