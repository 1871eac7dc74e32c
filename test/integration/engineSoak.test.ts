import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ZPath } from '../../src/domain/znode/path';
import { ZkError } from '../../src/zk/errors';
import { startProxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, path, text, until } from './engineSupport';

/**
 * Random faults of the network under load, for `ZK_SOAK_SECONDS`. Every request must end in time;
 * what was acknowledged must be there; a recursive watch must tell the rest of the story. The seed
 * is in the name of the test: set `ZK_SEED` to repeat it.
 */

const SECONDS = Number(process.env['ZK_SOAK_SECONDS'] ?? 8);
const SEED = Number(process.env['ZK_SEED'] ?? Date.now() % 1_000_000);
const WRITERS = 6;
const REQUEST_TIMEOUT_MS = 3_000;

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let server: Awaited<ReturnType<typeof startStandalone>>;
beforeAll(async () => {
  server = await startStandalone();
}, 60_000);
afterAll(() => server.stop());
afterEach(closeAll);

test(
  `${SECONDS} s of random faults (seed ${SEED})`,
  async () => {
    const random = randomOf(SEED);
    const proxy = await startProxy(server);
    const { client: truth } = await connected(server.connectString);
    await truth.create(path('/soak'), bytes(''));
    const faults: (() => unknown)[] = [
      () => proxy.cutAll(),
      () => proxy.cutAfter('client', Math.floor(random() * 2_000)),
      () => proxy.cutAfter('server', Math.floor(random() * 2_000)),
      () => proxy.latency(Math.floor(random() * 30)),
      async () => {
        proxy.freeze();
        await sleep(random() * 900);
        proxy.resume();
      },
      async () => {
        proxy.refuse();
        proxy.cutAll();
        await sleep(random() * 500);
        await proxy.accept();
      },
    ];
    const { client, events, states } = await connected(proxy.connectString, {
      sessionTimeoutMs: 2_000,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    });
    await client.addWatch(path('/soak'), 'recursive');

    let isOver = false;
    let [asked, failed, slowestMs] = [0, 0, 0];
    const attempt = async (request: () => Promise<unknown>): Promise<boolean> => {
      asked++;
      const start = performance.now();
      const outcome = await request().then(
        () => undefined,
        (error: unknown) => error,
      );
      slowestMs = Math.max(slowestMs, performance.now() - start);
      if (outcome === undefined) return true;
      failed++;
      expect(outcome).toBeInstanceOf(ZkError);
      return false;
    };
    /** Writes growing numbers to a znode of its own; returns the last one that was acknowledged. */
    const write = async (name: ZPath): Promise<number> => {
      let acknowledged = -1;
      while (!(await attempt(() => client.create(name, bytes('-1'))))) {
        if (await truth.exists(name)) break;
      }
      for (let value = 0; !isOver; value++) {
        const [wrote] = await Promise.all([
          attempt(() => client.setData(name, bytes(String(value)), -1)),
          attempt(() => client.getData(name)),
          attempt(() => client.exists(path(`${name}-none`), { watch: true })),
          attempt(() => client.getChildren(path('/soak'))),
        ]);
        if (wrote) acknowledged = value;
      }
      return acknowledged;
    };
    const names = Array.from({ length: WRITERS }, (_, i) => path(`/soak/writer-${i}`));
    const writers = names.map(write);
    const end = performance.now() + SECONDS * 1_000;
    while (performance.now() < end) {
      await faults[Math.floor(random() * faults.length)]?.();
      await sleep(50 + random() * 400);
    }
    proxy.latency(0);
    proxy.resume();
    await proxy.accept();
    isOver = true;
    const acknowledged = await Promise.all(writers);
    await until('connected', () => client.state.kind === 'connected');

    expect(slowestMs).toBeLessThan(REQUEST_TIMEOUT_MS + 5_000);
    expect(asked - failed).toBeGreaterThan(SECONDS * 10);
    expect(states.some(({ kind }) => kind === 'suspended')).toBe(true);
    for (const [index, name] of names.entries()) {
      const { data } = await truth.getData(name);
      expect(Number(text(data)), name).toBeGreaterThanOrEqual(acknowledged[index] ?? NaN);
    }
    events.length = 0;
    await truth.setData(path('/soak/writer-0'), bytes('end'), -1);
    await until('the watch still works', () => events.length > 0);
    expect(events).toEqual([{ type: 'dataChanged', path: '/soak/writer-0' }]);
    await client.close();
    proxy.stop();
  },
  SECONDS * 1_000 + 60_000,
);
