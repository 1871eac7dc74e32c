import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes a folder one that nobody can write to, root included, and gives what undoes it. */
export async function makeReadOnly(folder: string): Promise<() => Promise<unknown>> {
  if (process.getuid?.() !== 0) {
    await chmod(folder, 0o555);
    return () => chmod(folder, 0o755);
  }
  // Root may write whatever the permissions say, but not what is immutable.
  try {
    await run('chattr', ['+i', folder]);
  } catch (cause) {
    throw new Error('As root, a read-only folder takes a file system with chattr +i.', { cause });
  }
  return () => run('chattr', ['-i', folder]);
}
