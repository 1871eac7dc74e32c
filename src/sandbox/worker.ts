import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../base/assert';
import { SandboxServer } from './server';
import type { FromWorker, WorkerInput } from './start';

/** The thread that a sandbox lives in; ended by its owner. */
const { port, tickMs } = workerData as WorkerInput;
const tell = (message: FromWorker): void => parentPort?.postMessage(message);

SandboxServer.start({
  port,
  minTimeoutMs: 2 * tickMs,
  maxTimeoutMs: 20 * tickMs,
  checkIntervalMs: tickMs / 4,
  now: () => Date.now(),
  randomBytes,
  report: (error) => tell({ type: 'problem', message: messageOf(error) }),
}).then(
  (server) => tell({ type: 'listening', port: server.port }),
  (error: unknown) => tell({ type: 'failed', message: messageOf(error) }),
);
