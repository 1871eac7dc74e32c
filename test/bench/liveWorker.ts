import { childPath, type ZPath } from '../../src/domain/znode/path';
import type { ZkClient } from '../../src/zk/client';
import { silentLogger } from '../../src/base/logger';
import { createNodeClient } from '../../src/zk/nodeClient';
import { ZnodeModel } from '../../src/zk/znodeModel';

/** Large listings and live watches of the engine; prints what they took as JSON. */

const ROUNDS = 7;
const LIVE = '/live' as ZPath;
const LATENCY_ROUNDS = 3;
const EVENTS_PER_S = 1_000;
const SECONDS = 4;

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

async function rounds(
  action: () => Promise<unknown>,
  after: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    times.push(await timed(action));
    await after();
  }
  return median(times);
}

/** Times since each znode was written, in ascending order. */
class Latencies {
  readonly all: number[] = [];

  constructor(private readonly writtenAt: ReadonlyMap<string, number>) {}

  see(path: string): void {
    const start = this.writtenAt.get(path);
    if (start !== undefined) this.all.push(performance.now() - start);
  }

  at(share: number): number {
    const sorted = this.all.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * share)] ?? NaN;
  }
}

/** A model that shows a row for each znode under `/live` and watches them as one subtree. */
async function openModel(client: ZkClient): Promise<ZnodeModel> {
  const model = new ZnodeModel(client, silentLogger, { eventRate: Infinity });
  await model.live.watchSubtree(LIVE);
  model.hold(LIVE, 'children');
  const paths = (await model.children(LIVE)).map((name) => childPath(LIVE, name));
  for (const path of paths) model.hold(path, 'stat');
  await Promise.all(paths.map((path) => model.stat(path)));
  return model;
}

/**
 * From the call that writes a znode, at a steady rate, to the event that another session gets, and
 * to the change that its model announces.
 */
async function latencies(
  writer: ZkClient,
  watcher: ZkClient,
  model: ZnodeModel,
): Promise<{ events: Latencies; changes: Latencies }> {
  const names = model.peekChildren(LIVE) ?? [];
  const startedAt = new Map<string, number>();
  const [events, changes] = [new Latencies(startedAt), new Latencies(startedAt)];
  const subscriptions = [
    watcher.onDidSeeWatch(({ path }) => events.see(path)),
    model.onDidChange((all) => {
      for (const { path } of all) changes.see(path);
    }),
  ];
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
  const deadline = performance.now() + 10_000;
  while (changes.all.length < writes.length && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const subscription of subscriptions) subscription.dispose();
  return { events, changes };
}

async function main([address = '']: readonly string[]): Promise<void> {
  const [client, writer] = [await open(address), await open(address)];
  const list100k = await rounds(() => client.getChildren('/wide100k' as ZPath));
  const list500k = await rounds(() => client.getChildren('/wide500k' as ZPath));
  const arm = await rounds(
    () => client.addWatch(LIVE, 'recursive'),
    () => client.removeWatches(LIVE),
  );
  const model = await openModel(client);
  const seen: Awaited<ReturnType<typeof latencies>>[] = [];
  for (let i = 0; i < LATENCY_ROUNDS; i++) seen.push(await latencies(writer, client, model));
  const at = (what: 'events' | 'changes', share: number): number =>
    median(seen.map((round) => round[what].at(share)));
  console.log(
    JSON.stringify({
      'list 100,000 children, ms': list100k,
      'list 500,000 children, ms': list500k,
      'arm a recursive watch over 10,000 znodes, ms': arm,
      [`writes at ${EVENTS_PER_S}/s`]: EVENTS_PER_S * SECONDS,
      'changes that the model announced': median(seen.map(({ changes }) => changes.all.length)),
      'write to event p50, ms': at('events', 0.5),
      'write to event p99, ms': at('events', 0.99),
      'write to change of the model p50, ms': at('changes', 0.5),
      'write to change of the model p99, ms': at('changes', 0.99),
    }),
  );
  model.dispose();
  await Promise.all([client.close(), writer.close()]);
}

void main(process.argv.slice(2));
