// @ts-check
import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * `unit` needs nothing; `integration` starts real ZooKeeper servers; `ui` and `smoke` drive a real VS
 * Code in a browser, the newest and the oldest supported one.
 * @param {string} name @param {string[]} include @param {number} seconds
 */
const project = (name, include, seconds) => ({
  test: {
    name,
    root,
    include,
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
    fileParallelism: name === 'unit',
    expect: { poll: { timeout: 10_000, interval: 50 } },
  },
});

export default defineConfig({
  test: {
    root,
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], 20),
      project('integration', ['test/integration/**/*.test.ts'], 60),
      project('ui', ['test/ui/!(smoke).test.ts'], 90),
      project('bench', ['test/bench/**/*.bench.ts'], 600),
      project('smoke', ['test/ui/smoke.test.ts'], 90),
    ],
  },
});
