import { vi } from 'vitest';

// The table of operation sequences that the engine is tested with, here on the sandbox.
vi.mock('../tools/zookeeper/server.mjs', async () => {
  const { startTestSandbox } = await import('./sandboxSupport');
  return { startStandalone: () => startTestSandbox() };
});

await import('./engineOps.test');
