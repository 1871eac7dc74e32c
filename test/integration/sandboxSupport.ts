import { randomBytes } from 'node:crypto';
import { SandboxServer } from '../../src/sandbox/server';

export interface TestSandbox {
  readonly server: SandboxServer;
  readonly connectString: string;
  /** What went wrong inside it; must stay empty. */
  readonly problems: unknown[];
  stop(): Promise<void>;
}

/** A sandbox in this process, which looks for what expires as often as the test servers do. */
export async function startTestSandbox(checkIntervalMs = 50): Promise<TestSandbox> {
  const problems: unknown[] = [];
  const server = await SandboxServer.start({
    port: 0,
    minTimeoutMs: 1_000,
    maxTimeoutMs: 40_000,
    checkIntervalMs,
    now: () => Date.now(),
    randomBytes,
    report: (error) => problems.push(error),
  });
  return {
    server,
    connectString: server.connectString,
    problems,
    stop: () => server.stop(),
  };
}
