import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Compiles a C source beside this file into `directory`.
 * @returns the program; rejects with the compiler's complaints
 */
export async function compileC(
  name: string,
  directory: string,
  libraries: readonly string[],
): Promise<string> {
  const program = join(directory, name);
  const source = fileURLToPath(new URL(`${name}.c`, import.meta.url));
  const flags = ['-O1', '-Wall', '-Wextra', '-Werror', '-std=gnu11'];
  await run('gcc', [...flags, '-o', program, source, ...libraries.map((one) => `-l${one}`)]);
  return program;
}
