import { Worker } from 'node:worker_threads';

export interface WorkerInput {
  /** 0 takes any that is free. */
  readonly port: number;
  /** A session lasts 2 to 20 of these, ms. */
  readonly tickMs: number;
}

export type FromWorker =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'failed' | 'problem'; readonly message: string };

export interface Sandbox {
  readonly port: number;
  readonly connectString: string;
  /** Everything in it is gone. */
  stop(): Promise<void>;
}

/** The tick of ZooKeeper's own sample configuration, ms. */
const TICK_MS = 2_000;

/**
 * Starts a sandbox in a thread of its own; rejects when it cannot have the port.
 * @param workerFile the bundle of `worker.ts`
 * @param onProblem told of failures inside the server and of its unexpected end
 */
export async function startSandbox(
  workerFile: string,
  port: number,
  onProblem: (message: string) => void,
): Promise<Sandbox> {
  const workerInput: WorkerInput = { port, tickMs: TICK_MS };
  const worker = new Worker(workerFile, { workerData: workerInput });
  const listening = await new Promise<number>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'listening') resolve(message.port);
      else if (message.type === 'failed') reject(new Error(message.message));
      else onProblem(message.message);
    });
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  worker.on('error', (error) => onProblem(`the sandbox ended: ${String(error)}`));
  return {
    port: listening,
    connectString: `127.0.0.1:${listening}`,
    async stop() {
      await worker.terminate();
    },
  };
}
