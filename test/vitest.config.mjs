// @ts-check
import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
let order = 0;

/**
 * `unit` needs nothing; `integration` starts real ZooKeeper servers; `ui` and `smoke` drive a real VS
 * Code in a browser, the newest and the oldest supported one.
 * @param {string} name @param {string[]} include @param {number} seconds
 * @param {number} workers how many files at a time: their tests are slow for want of a processor, or
 *   because they wait
 */
const project = (name, include, seconds, workers = 1) => ({
  test: {
    name,
    root,
    include,
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
    maxWorkers: workers,
    // Nothing here keeps a state of its own, so that unit tests can do without a process for each file.
    isolate: name !== 'unit',
    sequence: { groupOrder: order++ },
    expect: { poll: { timeout: 10_000, interval: 50 } },
  },
});

export default defineConfig({
  test: {
    root,
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], 20, 2),
      project('integration', ['test/integration/**/*.test.ts'], 60, 2),
      project('ui', ['test/ui/!(smoke).test.ts'], 90, 2),
      project('bench', ['test/bench/**/*.bench.ts'], 600),
      project('smoke', ['test/ui/smoke.test.ts'], 90),
    ],
  },
});
