import { childPath, ROOT, type ZPath } from '../../src/domain/znode/path';
import type { ZkClient } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';

/** Large listings and live watches of the engine; prints what they took as JSON. */

const ROUNDS = 7;
const LIVE = '/live' as ZPath;
const EVENTS_PER_S = 1_000;
const SECONDS = 5;

async function open(address: string): Promise<ZkClient> {
  const client = createNodeClient({ connectString: address, requestTimeoutMs: 120_000 });
  await client.connect();
  return client;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function rounds(action: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await timed(action));
  return median(times);
}

/** From the call that writes a znode to the event that another session gets, at a steady rate. */
async function latencies(writer: ZkClient, watcher: ZkClient): Promise<number[]> {
  const { names } = await writer.getChildren(LIVE);
  const startedAt = new Map<string, number>();
  const seen: number[] = [];
  const subscription = watcher.onDidSeeWatch(({ path }) => {
    const start = startedAt.get(path);
    if (start !== undefined) seen.push(performance.now() - start);
    startedAt.delete(path);
  });
  const writes: Promise<unknown>[] = [];
  const start = performance.now();
  for (let sent = 0; sent < EVENTS_PER_S * SECONDS;) {
    const due = ((performance.now() - start) / 1000) * EVENTS_PER_S;
    for (; sent < Math.min(due, EVENTS_PER_S * SECONDS); sent++) {
      const path = childPath(LIVE, names[sent % names.length] ?? '');
      startedAt.set(path, performance.now());
      writes.push(writer.setData(path, new Uint8Array(10), -1));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(writes);
  await watcher.sync(ROOT);
  subscription.dispose();
  return seen.sort((a, b) => a - b);
}

async function main([address = '']: readonly string[]): Promise<void> {
  const [client, writer] = [await open(address), await open(address)];
  const list100k = await rounds(() => client.getChildren('/wide100k' as ZPath));
  const list500k = await rounds(() => client.getChildren('/wide500k' as ZPath));
  const arm = await rounds(async () => {
    await client.addWatch(LIVE, 'recursive');
    await client.removeWatches(LIVE);
  });
  await client.addWatch(LIVE, 'recursive');
  const seen = await latencies(writer, client);
  const at = (share: number): number | undefined => seen[Math.floor(seen.length * share)];
  console.log(
    JSON.stringify({
      'list 100,000 children, ms': list100k,
      'list 500,000 children, ms': list500k,
      'arm and remove a recursive watch over 10,000 znodes, ms': arm,
      [`events at ${EVENTS_PER_S}/s, seen`]: seen.length,
      'write to event p50, ms': at(0.5),
      'write to event p99, ms': at(0.99),
    }),
  );
  await Promise.all([client.close(), writer.close()]);
}

void main(process.argv.slice(2));
