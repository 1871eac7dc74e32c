import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ensureKazoo } from '../tools/zookeeper/installKazoo.mjs';
import { startTestSandbox } from './sandboxSupport';

const SCRIPT = fileURLToPath(new URL('../tools/recipes.py', import.meta.url));
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test("kazoo's lock, election, queues and party work on the sandbox", async () => {
  const python = await ensureKazoo();
  const sandbox = await startTestSandbox();
  try {
    const run = promisify(execFile)(python, ['-I', SCRIPT, sandbox.connectString], {
      timeout: 50_000,
    });
    expect(JSON.parse((await run).stdout)).toEqual({
      lock: { sum: 20, waiting: [] },
      election: { leaders: [0, 1, 2, 3], 'at once': 1 },
      queue: { taken: [1, 3, 5, 7, 9, 0, 2, 4, 6, 8], left: 0 },
      locking_queue: { taken: numbers(20), left: 0 },
      party: {
        joined: ['member-0', 'member-1', 'member-2', 'member-3'],
        after: ['member-0', 'member-3'],
      },
    });
    expect(sandbox.problems).toEqual([]);
  } finally {
    await sandbox.stop();
  }
}, 60_000);
