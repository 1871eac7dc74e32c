import { vi } from 'vitest';

// The random sequences on which three clients must agree, here on the sandbox.
vi.mock('../tools/zookeeper/server.mjs', async () => {
  const { startTestSandbox } = await import('./sandboxSupport');
  return { startStandalone: () => startTestSandbox() };
});

await import('./engineDifferential.test');
