import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ZkError } from '../../src/zk/errors';
import { Random } from '../../src/sandbox/sample/random';
import { startKazoo, type Kazoo } from '../tools/kazoo.mjs';
import { fourLetterWord } from '../tools/zookeeper/fourLetterWord.mjs';
import { startProxy, type Proxy } from '../tools/zookeeper/proxy.mjs';
import { startEnsemble } from '../tools/zookeeper/server.mjs';
import type { ZkEnsemble } from '../tools/zookeeper/zkEnsemble.mjs';
import { bytes, closeAll, connected, path, until } from './engineSupport';
import { walked, WatchProcess } from './zkwProcess';

const SECONDS = Number(process.env['ZKW_CHAOS_SECONDS'] ?? 45);
const SEED = Number(process.env['ZKW_CHAOS_SEED'] ?? Date.now() % 1_000_000);

/** Kills, freezes and restarts servers and cuts links, never more than one server at a time. */
async function harm(ensemble: ZkEnsemble, proxies: readonly Proxy[], random: Random) {
  const server = random.pick(ensemble.servers);
  if (!server) throw new Error('no server');
  const pause = 500 + random.below(2_500);
  switch (random.below(4)) {
    case 0:
      await server.kill();
      await sleep(pause);
      await server.restart('listening');
      return `kill ${server.id}`;
    case 1:
      server.freeze();
      await sleep(pause + 1_500);
      server.resume();
      return `freeze ${server.id}`;
    case 2:
      for (const proxy of proxies) proxy.cutAll();
      return 'cut all links';
    default:
      for (const proxy of proxies) proxy.freeze();
      await sleep(pause);
      for (const proxy of proxies) proxy.resume();
      return 'hold all links';
  }
}

/** One change by kazoo; failures of the link don't matter here. */
async function disturb(kazoo: Kazoo, random: Random): Promise<void> {
  const parent = `/chaos/${random.below(8)}`;
  const name = `${parent}/${random.below(20)}`;
  const done = [
    () => kazoo.create(name, 'x'.repeat(random.below(50)), { makepath: true }),
    () => kazoo.create(`${name}/deep`, '', { makepath: true }),
    () => kazoo.set(name, 'y'.repeat(random.below(50))),
    () => kazoo.delete(name, { recursive: true }),
    () => kazoo.create(`${parent}/e`, '', { ephemeral: true }),
  ][random.below(5)]?.();
  await done?.catch(() => undefined);
}

it(
  `ends with the truth after ${SECONDS} s of chaos (ZKW_CHAOS_SEED=${SEED})`,
  async () => {
    console.log(`chaos: ZKW_CHAOS_SEED=${SEED} for ${SECONDS} s`);
    const random = new Random(SEED);
    const ensemble = await startEnsemble(3);
    const proxies = await Promise.all(ensemble.servers.map((server) => startProxy(server)));
    const behindProxies = proxies.map(({ port }) => `127.0.0.1:${port}`).join(',');
    const kazoo = await startKazoo(ensemble.connectString);
    await kazoo.create('/chaos');
    const watch = new WatchProcess(behindProxies, '/chaos');
    const { client } = await connected(behindProxies, { requestTimeoutMs: 5_000 });
    try {
      await until('zkw watches', () => watch.isWatching);
      const end = performance.now() + SECONDS * 1_000;
      const isOn = (): boolean => performance.now() < end;
      const acknowledged = new Map<string, number>();
      const ownWrites = (async () => {
        await client.create(path('/ours'), bytes(''));
        for (let i = 0; isOn(); i++) {
          const name = path(`/ours/${i % 50}`);
          try {
            if (!acknowledged.has(name)) {
              await client.create(name, bytes('0'));
              acknowledged.set(name, 0);
            } else {
              const { version } = await client.setData(name, bytes(`${i}`), -1);
              acknowledged.set(name, version);
            }
          } catch (error) {
            if (!(error instanceof ZkError)) throw error;
            // Unknown whether it took effect: a later version than the acknowledged one is fine.
            if (ZkError.is(error, 'NodeExists')) acknowledged.set(name, 0);
          }
          await sleep(20);
        }
      })();
      const foreignWrites = (async () => {
        while (isOn()) await disturb(kazoo, random);
      })();
      const harms: string[] = [];
      while (isOn()) {
        await sleep(1_000);
        harms.push(await harm(ensemble, proxies, random));
      }
      await Promise.all([ownWrites, foreignWrites]);
      console.log(`chaos: ${harms.join(', ')}`);
      const leader = await ensemble.leader();
      await until('all links', () => client.state.kind === 'connected', 30_000);

      for (const [name, version] of acknowledged) {
        const stat = await client.exists(path(name));
        expect(stat?.version ?? -1, name).toBeGreaterThanOrEqual(version);
      }
      await client.sync(path('/chaos'));
      let truth = new Map<string, string>();
      await until(
        'the watched model equals the server',
        async () => {
          truth = await walked(leader.connectString, '/chaos');
          return same(watch.known, truth);
        },
        20_000,
      ).catch(() => undefined);
      expect(watch.known).toEqual(truth);
      expect(truth.size).toBeGreaterThan(10);

      await Promise.all([watch.stop(), closeAll(), kazoo.close()]);
      const sessions = async (): Promise<number> => {
        const text = await fourLetterWord(leader.host, leader.port, 'mntr');
        return Number(/zk_global_sessions\t(\d+)/.exec(text)?.[1] ?? NaN);
      };
      // kazoo may have lost sessions that have to time out; ours are closed.
      await until('no session is left', async () => (await sessions()) === 0, 30_000);
    } finally {
      await watch.stop();
      await closeAll();
      await kazoo.close().catch(() => undefined);
      for (const proxy of proxies) proxy.stop();
      await ensemble.stop();
    }
  },
  (SECONDS + 120) * 1_000,
);

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, line]) => b.get(name) === line);
}
