import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as raw from 'node-zookeeper-client';
import { childPath, ROOT, type ZPath } from '../../src/domain/znode/path';
import type { ZkClient } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';

/** Walks a tree with one client in a process of its own, and prints what that cost as JSON. */

/** What a walk keeps of a znode, data and stat, and the names of its children. */
interface Found {
  readonly value: unknown;
  readonly names: readonly string[];
}

interface Reader {
  /** How many znodes one `read` takes when `concurrency` are read at once. */
  batch(concurrency: number): number;
  read(paths: readonly ZPath[]): Promise<readonly Found[]>;
  close(): unknown;
}

async function connected(address: string): Promise<ZkClient> {
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 120_000 });
  await client.connect();
  return client;
}

/** Two requests for each znode. */
async function engine(address: string): Promise<Reader> {
  const client = await connected(address);
  return {
    batch: () => 1,
    read: ([path = ROOT]) => both(client.getData(path), client.getChildren(path)),
    close: () => client.close(),
  };
}

/** Four requests under way, each of which reads many znodes: what the package can't. */
async function bulkReads(address: string): Promise<Reader> {
  const client = await connected(address);
  return {
    batch: (concurrency) => concurrency / 4,
    read: async (paths) => {
      const steps = paths.flatMap((path) => [
        { type: 'getData' as const, path },
        { type: 'getChildren' as const, path },
      ]);
      const results = await client.readMany(steps);
      return paths.map((_, i) => {
        const [value, list] = results.slice(2 * i, 2 * i + 2);
        if (value?.type !== 'data' || list?.type !== 'children') throw new Error('an error');
        return { value: { data: value.data, stat: value.stat }, names: list.names };
      });
    },
    close: () => client.close(),
  };
}

async function untouchedPackage(address: string): Promise<Reader> {
  const client = raw.createClient(address);
  await new Promise<void>((done) => {
    client.once('connected', done);
    client.connect();
  });
  const children = (path: ZPath): Promise<{ names: readonly string[] }> =>
    new Promise((resolve, reject) => {
      client.getChildren(path, (error, names) =>
        error ? reject(asError(error)) : resolve({ names }),
      );
    });
  const data = (path: ZPath): Promise<unknown> =>
    new Promise((resolve, reject) => {
      client.getData(path, (error, data, stat) =>
        error ? reject(asError(error)) : resolve({ data, stat }),
      );
    });
  return {
    batch: () => 1,
    read: ([path = ROOT]) => both(data(path), children(path)),
    close: () => client.close(),
  };
}

async function both(
  data: Promise<unknown>,
  children: Promise<{ names: readonly string[] }>,
): Promise<readonly Found[]> {
  const [value, { names }] = await Promise.all([data, children]);
  return [{ value, names }];
}

/** The package's exceptions are errors, whatever its types say. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function walk(reader: Reader, concurrency: number): Promise<Map<ZPath, unknown>> {
  const seen = new Map<ZPath, unknown>();
  const waiting: ZPath[] = [ROOT];
  const batch = reader.batch(concurrency);
  await new Promise<void>((done, fail) => {
    let running = 0;
    const next = (): void => {
      while (running < concurrency && waiting.length > 0) {
        const paths = waiting.splice(-Math.min(batch, concurrency - running));
        running += paths.length;
        reader.read(paths).then((found) => {
          for (const [i, path] of paths.entries()) {
            seen.set(path, found[i]?.value);
            for (const name of found[i]?.names ?? []) waiting.push(childPath(path, name));
          }
          running -= paths.length;
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
  const open = { engine, bulk: bulkReads, package: untouchedPackage }[kind ?? ''] ?? engine;
  const reader = await open(address);
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
