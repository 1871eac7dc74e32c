import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as raw from 'node-zookeeper-client';
import { childPath, ROOT, type ZPath } from '../../src/domain/znode/path';
import { createNodeClient } from '../../src/zk/nodeClient';

/** Walks a tree with one client in a process of its own, and prints what that cost as JSON. */

interface Reader {
  children(path: ZPath): Promise<readonly string[]>;
  /** Data and stat, which the walk keeps. */
  read(path: ZPath): Promise<unknown>;
  close(): unknown;
}

async function engine(address: string): Promise<Reader> {
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 120_000 });
  await client.connect();
  return {
    children: async (path) => (await client.getChildren(path)).names,
    read: (path) => client.getData(path),
    close: () => client.close(),
  };
}

async function untouchedPackage(address: string): Promise<Reader> {
  const client = raw.createClient(address);
  await new Promise<void>((done) => {
    client.once('connected', done);
    client.connect();
  });
  return {
    children: (path) =>
      new Promise((resolve, reject) => {
        client.getChildren(path, (error, names) =>
          error ? reject(asError(error)) : resolve(names),
        );
      }),
    read: (path) =>
      new Promise((resolve, reject) => {
        client.getData(path, (error, data, stat) =>
          error ? reject(asError(error)) : resolve({ data, stat }),
        );
      }),
    close: () => client.close(),
  };
}

/** The package's exceptions are errors, whatever its types say. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function walk(reader: Reader, concurrency: number): Promise<Map<ZPath, unknown>> {
  const seen = new Map<ZPath, unknown>();
  const waiting: ZPath[] = [ROOT];
  await new Promise<void>((done, fail) => {
    let running = 0;
    const next = (): void => {
      while (running < concurrency) {
        const path = waiting.pop();
        if (path === undefined) break;
        running++;
        Promise.all([reader.read(path), reader.children(path)]).then(([found, names]) => {
          seen.set(path, found);
          for (const name of names) waiting.push(childPath(path, name));
          running--;
          next();
        }, fail);
      }
      if (running === 0) done();
    };
    next();
  });
  return seen;
}

const used = (): { heap: number; buffers: number } => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
};

async function main([kind, address = '', concurrency = '64']: readonly string[]): Promise<void> {
  const reader = await (kind === 'package' ? untouchedPackage(address) : engine(address));
  const [memory, cpu, start] = [used(), process.cpuUsage(), performance.now()];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const seen = await walk(reader, Number(concurrency));
  const wallMs = performance.now() - start;
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  const after = used();
  const heapMB = (after.heap - memory.heap) / 1e6;
  const buffersMB = (after.buffers - memory.buffers) / 1e6;
  console.log(
    JSON.stringify({
      znodes: seen.size,
      wallS: wallMs / 1000,
      cpuS: (user + system) / 1e6,
      retainedMB: heapMB + buffersMB,
      heapMB,
      buffersMB,
      peakMB: process.resourceUsage().maxRSS / 1000,
      stallMs: delay.max / 1e6,
    }),
  );
  await reader.close();
  process.exit(0);
}

void main(process.argv.slice(2));
