import { Worker } from 'node:worker_threads';
import type { Content } from './contents';

export interface WorkerInput {
  /** 0 takes any that is free. */
  readonly port: number;
  /** A session lasts 2 to 20 of these, ms. */
  readonly tickMs: number;
  readonly content: Content;
}

export type FromWorker =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'failed' | 'problem'; readonly message: string }
  | { readonly type: 'reset'; readonly id: number; readonly problem?: string };

/** Takes everything away and begins again; answered by `reset` with the same id. */
export interface ToWorker {
  readonly id: number;
  readonly content: Content;
}

export interface Sandbox {
  readonly port: number;
  readonly connectString: string;
  /** Takes away all znodes, whoever made them; sessions and watches stay. */
  reset(content: Content): Promise<void>;
  /** Everything in it is gone. */
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The bundle of `worker.ts`. */
  readonly workerFile: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly content: Content;
  /** Told of failures inside the server. */
  readonly onProblem: (message: string) => void;
  /** Told of its end, unless it was stopped. */
  readonly onEnd: (message: string) => void;
}

/** The tick of ZooKeeper's own sample configuration, ms. */
const TICK_MS = 2_000;

/** Starts a sandbox in a thread of its own; rejects when it cannot have the port. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { workerFile, port, content, onProblem, onEnd } = options;
  const workerData: WorkerInput = { port, tickMs: TICK_MS, content };
  const worker = new Worker(workerFile, { workerData });
  const resets = new Map<number, (problem: string | undefined) => void>();
  const listening = await new Promise<number>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'listening') resolve(message.port);
      else if (message.type === 'failed') reject(new Error(message.message));
      else if (message.type === 'reset') resets.get(message.id)?.(message.problem);
      else onProblem(message.message);
    });
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  let isStopped = false;
  let why = 'its thread has ended';
  worker.on('error', (error) => (why = String(error)));
  worker.on('exit', () => {
    for (const settle of resets.values()) settle(why);
    if (!isStopped) onEnd(why);
  });
  let lastId = 0;
  return {
    port: listening,
    connectString: `127.0.0.1:${listening}`,
    async reset(wanted) {
      const id = ++lastId;
      const problem = await new Promise<string | undefined>((resolve) => {
        resets.set(id, resolve);
        worker.postMessage({ id, content: wanted } satisfies ToWorker);
      });
      resets.delete(id);
      if (problem !== undefined) throw new Error(problem);
    },
    async stop() {
      isStopped = true;
      await worker.terminate();
    },
  };
}
