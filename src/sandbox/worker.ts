import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../base/assert';
import { Contents } from './contents';
import { SandboxServer } from './server';
import type { FromWorker, ToWorker, WorkerInput } from './start';

/** The thread that a sandbox lives in; ended by its owner. */
const { port, tickMs, content } = workerData as WorkerInput;
const tell = (message: FromWorker): void => parentPort?.postMessage(message);

async function main(): Promise<void> {
  const server = await SandboxServer.start({
    port,
    minTimeoutMs: 2 * tickMs,
    maxTimeoutMs: 20 * tickMs,
    checkIntervalMs: tickMs / 4,
    now: () => Date.now(),
    randomBytes,
    report: (error) => tell({ type: 'problem', message: messageOf(error) }),
  });
  const contents = new Contents(server.db);
  await contents.fill(content);
  let last = Promise.resolve();
  parentPort?.on('message', ({ id, content }: ToWorker) => {
    last = last.then(() =>
      contents.reset(content).then(
        () => tell({ type: 'reset', id }),
        (error: unknown) => tell({ type: 'reset', id, problem: messageOf(error) }),
      ),
    );
  });
  tell({ type: 'listening', port: server.port });
}

main().catch((error: unknown) => tell({ type: 'failed', message: messageOf(error) }));
