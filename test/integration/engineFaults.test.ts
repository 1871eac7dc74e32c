import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../src/domain/znode/path';
import { Session } from '../../src/zk/engine/session';
import { whoAmI } from '../../src/zk/engine/sessionOperations';
import { withDefaults } from '../../src/zk/engine/settings';
import { startProxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import {
  bytes,
  closeAll,
  connected,
  errorOf,
  newClient,
  path,
  text,
  until,
  type Watched,
} from './engineSupport';

/** Faults of the network between us and a real server. Numbers are those of the known defects. */

let server: Awaited<ReturnType<typeof startStandalone>>;
let proxy: Awaited<ReturnType<typeof startProxy>>;

beforeAll(async () => {
  server = await startStandalone();
}, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  proxy = await startProxy(server);
});
afterEach(async () => {
  await closeAll();
  proxy.stop();
});

const kinds = ({ states }: Watched): string[] => states.map(({ kind }) => kind);
const backAgain = (watched: Watched): Promise<void> =>
  until('connected', () => watched.client.state.kind === 'connected');

function sessionOf({ client: { state } }: Watched): bigint | undefined {
  return state.kind === 'connected' ? state.sessionId : undefined;
}

describe('a lost connection', () => {
  test('D6: a cut in the middle of a frame, wherever, leaves no trace', async () => {
    const watched = await connected(proxy.connectString);
    const { client } = watched;
    await client.create(path('/d6'), new Uint8Array(500));
    const session = sessionOf(watched);
    for (const after of [1, 3, 4, 5, 19, 21, 300, 591]) {
      await client.exists(ROOT);
      proxy.cutAfter('client', after);
      await expect(client.getData(path('/d6'))).rejects.toMatchObject({ code: 'ConnectionLoss' });
      expect((await client.getData(path('/d6'))).data).toHaveLength(500);
    }
    expect(sessionOf(watched)).toBe(session);
    expect(kinds(watched)).not.toContain('expired');
    await client.delete(path('/d6'), -1);
  });

  test('requests under way fail, requests that wait are served by the next connection', async () => {
    const watched = await connected(proxy.connectString);
    proxy.freeze();
    const sent = watched.client.getData(ROOT);
    await sleep(50);
    proxy.refuse();
    proxy.cutAll();
    proxy.resume();
    await expect(sent).rejects.toMatchObject({ code: 'ConnectionLoss', path: '/' });
    const waiting = watched.client.getData(ROOT);
    await proxy.accept();
    expect((await waiting).stat.version).toBe(0);
  });

  test('D7: a half-open link is noticed in two thirds of the session timeout', async () => {
    const watched = await connected(proxy.connectString, { sessionTimeoutMs: 9_000 });
    proxy.freeze();
    const start = performance.now();
    const error = await errorOf(watched.client.getData(ROOT));
    expect(error).toMatchObject({ code: 'ConnectionLoss' });
    expect(String(error)).toContain('nothing heard from the server');
    expect(performance.now() - start).toBeLessThan(8_900);
    expect(watched.client.state.kind).toBe('suspended');
    proxy.cutAll();
    proxy.resume();
    await backAgain(watched);
  });

  test('D8: a flood of events longer than the session timeout does not end the session', async () => {
    const watched = await connected(proxy.connectString, { sessionTimeoutMs: 1_500 });
    const session = sessionOf(watched);
    const { client: writer } = await connected(server.connectString);
    await writer.create(path('/d8'), bytes(''));
    await watched.client.addWatch(path('/d8'), 'recursive');
    const sent = 60;
    for (let i = 0; i < sent; i++) {
      await writer.setData(path('/d8'), bytes(String(i)), -1);
      await sleep(75);
    }
    await until('all events', () => watched.events.length === sent);
    expect(kinds(watched)).toEqual(['connected']);
    expect(sessionOf(watched)).toBe(session);
    expect(proxy.requests.filter(({ type }) => type === 11).length).toBeGreaterThanOrEqual(5);
    await writer.delete(path('/d8'), -1);
  }, 20_000);

  test('D9: 30,000 watches survive a drop, in requests that the server takes', async () => {
    const watched = await connected(proxy.connectString, {
      sessionTimeoutMs: 20_000,
      requestTimeoutMs: 60_000,
    });
    const { client, events } = watched;
    const names = Array.from({ length: 30_000 }, (_, i) =>
      path(`/d9-not-there-${String(i).padStart(17, '0')}`),
    );
    await Promise.all(names.map((name) => client.exists(name, { watch: true })));
    expect(client.watchCounts.oneShot).toBe(30_000);
    await client.addWatch(ROOT, 'persistent');
    proxy.requests.length = 0;
    const before = proxy.accepted;
    proxy.cutAll();
    await until('suspended', () => client.state.kind !== 'connected');
    await backAgain(watched);
    const rewatches = proxy.requests.filter(({ type }) => type === 101 || type === 105);
    expect(rewatches.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...rewatches.map(({ length }) => length))).toBeLessThan(140_000);
    expect(proxy.accepted).toBe(before + 1);
    for (const name of [names[0], names[15_000], names[29_999]]) {
      await client.create(name ?? ROOT, bytes(''), { mode: 'ephemeral' });
    }
    expect(events.filter(({ type }) => type === 'created')).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'childrenChanged')).toHaveLength(3);
  }, 60_000);

  test('what changed meanwhile is reported for one-shot watches', async () => {
    const watched = await connected(proxy.connectString);
    const { client, events } = watched;
    const { client: writer } = await connected(server.connectString);
    for (const name of ['/w1', '/w2', '/w3']) await writer.create(path(name), bytes(''));
    await client.getData(path('/w1'), { watch: true });
    await client.getChildren(path('/w2'), { watch: true });
    await client.getData(path('/w3'), { watch: true });
    await client.exists(path('/w4'), { watch: true });
    proxy.refuse();
    proxy.cutAll();
    await writer.setData(path('/w1'), bytes('x'), -1);
    await writer.create(path('/w2/child'), bytes(''));
    await writer.delete(path('/w3'), -1);
    await writer.create(path('/w4'), bytes(''));
    await proxy.accept();
    await backAgain(watched);
    expect(events).toEqual([
      { type: 'dataChanged', path: '/w1' },
      { type: 'deleted', path: '/w3' },
      { type: 'created', path: '/w4' },
      { type: 'childrenChanged', path: '/w2' },
    ]);
    expect(client.watchCounts.oneShot).toBe(0);
    for (const name of ['/w1', '/w2/child', '/w2', '/w4']) await writer.delete(path(name), -1);
  });
});

describe('authentication', () => {
  test('D10, D11: comes before the watches, and both before queued requests', async () => {
    const credentials = [
      { scheme: 'digest', auth: bytes('bob:pw') },
      { scheme: 'digest', auth: bytes('eve:pw') },
    ];
    const watched = newClient(proxy.connectString, { credentials });
    const { client } = watched;
    const acl = [{ scheme: 'auth', id: '', permissions: 31 }];
    const created = client.create(path('/d10'), bytes('secret'), { acl, mode: 'ephemeral' });
    void client.connect();
    await created;
    await client.getData(path('/d10'), { watch: true });
    for (let round = 0; round < 3; round++) {
      proxy.requests.length = 0;
      proxy.cutAll();
      await until('noticed', () => client.state.kind === 'suspended');
      expect(text((await client.getData(path('/d10'))).data)).toBe('secret');
      expect(proxy.requests.map(({ type }) => type)).toEqual(['connect', 100, 100, 101, 4]);
    }
  });

  test('D11: an identity that is added at any moment reaches the server', async () => {
    for (const delay of [0, 1, 2, 3, 5, 8, 20, 60]) {
      const session = new Session(
        withDefaults({ hosts: [{ host: proxy.host, port: proxy.port }], sessionTimeoutMs: 4_000 }),
      );
      session.start();
      await sleep(delay);
      session.addCredential({ scheme: 'digest', auth: bytes('late:pw') });
      await until('identified', async () =>
        (await session.call(whoAmI, undefined)).some(({ user }) => user === 'late'),
      );
      await session.close();
    }
  });

  test('refused credentials are final, and everything says so', async () => {
    const credentials = [{ scheme: 'no-such-scheme', auth: bytes('x') }];
    const watched = newClient(proxy.connectString, { credentials });
    const waiting = watched.client.getData(ROOT);
    const [connecting, read] = await Promise.allSettled([watched.client.connect(), waiting]);
    expect(connecting).toMatchObject({ reason: { code: 'AuthFailed' } });
    expect(read).toMatchObject({ reason: { code: 'AuthFailed' } });
    await expect(watched.client.getData(ROOT)).rejects.toMatchObject({ code: 'AuthFailed' });
    expect(kinds(watched)).toEqual(['authFailed']);
    await sleep(300);
    expect(proxy.accepted).toBe(1);
  });
});

describe('expiry', () => {
  test('D15, D18: waiting requests fail, a new session follows with its watches', async () => {
    const watched = await connected(proxy.connectString, { sessionTimeoutMs: 1_000 });
    const { client, events } = watched;
    const { client: writer } = await connected(server.connectString);
    const session = sessionOf(watched);
    await writer.create(path('/d15'), bytes(''));
    await client.create(path('/mine'), bytes(''), { mode: 'ephemeral' });
    await client.addWatch(path('/d15'), 'persistent');
    await client.getData(path('/d15'), { watch: true });
    await client.exists(path('/d15-later'), { watch: true });
    proxy.refuse();
    proxy.cutAll();
    await until('suspended', () => client.state.kind === 'suspended');
    const waiting = [client.getData(ROOT), client.sync(ROOT), client.whoAmI()];
    const settled = Promise.allSettled(waiting);
    await until('gone', async () => (await writer.exists(path('/mine'))) === undefined);
    await proxy.accept();
    for (const outcome of await settled) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'SessionExpired' } });
    }
    await backAgain(watched);
    const order = kinds(watched);
    expect(order.indexOf('expired')).toBeGreaterThan(order.lastIndexOf('suspended'));
    expect(order.at(-1)).toBe('connected');
    expect(sessionOf(watched)).not.toBe(session);
    await writer.setData(path('/d15'), bytes('1'), -1);
    await writer.create(path('/d15-later'), bytes(''));
    await until('events of the new session', () => events.length >= 2);
    expect(events).toEqual([
      { type: 'dataChanged', path: '/d15' },
      { type: 'created', path: '/d15-later' },
    ]);
    for (const name of ['/d15', '/d15-later']) await writer.delete(path(name), -1);
  }, 20_000);

  test('a server that was set up anew lets us in again', async () => {
    const first = await startStandalone();
    const link = await startProxy(first);
    const { client: writer } = await connected(first.connectString);
    for (let i = 0; i < 20; i++) await writer.create(path(`/n${i}`), bytes(''));
    const watched = await connected(link.connectString, { sessionTimeoutMs: 1_000 });
    await watched.client.exists(ROOT);
    await writer.close();
    await first.stop();
    // The same address, another server, with fewer transactions than the client has seen.
    const second = await startStandalone();
    const pipe = createServer((socket) => {
      const onward = connect(second.port, second.host);
      socket.pipe(onward).pipe(socket);
      for (const side of [socket, onward]) side.on('error', () => side.destroy());
    });
    link.stop();
    pipe.listen(link.port, '127.0.0.1');
    await once(pipe, 'listening');
    await until('a new session', () => watched.client.state.kind === 'connected', 15_000);
    expect(kinds(watched)).toContain('expired');
    expect((await watched.client.getChildren(ROOT)).names).toEqual(['zookeeper']);
    await watched.client.close();
    pipe.close();
    await second.stop();
  }, 60_000);
});

describe('connecting', () => {
  test('D12: closing before, while and right after connecting is clean', async () => {
    const never = newClient(proxy.connectString);
    const waiting = never.client.getData(ROOT);
    await Promise.all([
      never.client.close(),
      expect(waiting).rejects.toMatchObject({ code: 'Closed' }),
    ]);
    for (const delay of [0, 1, 2, 4, 8]) {
      const { client } = newClient(proxy.connectString);
      const connecting = client.connect();
      const outcome = connecting.then(
        () => 'connected',
        (error: unknown) => (error as { code?: string }).code,
      );
      await sleep(delay);
      await client.close();
      expect(['Closed', 'connected']).toContain(await outcome);
      await client.close();
      expect(client.state.kind).toBe('closed');
    }
    await until('no connection left', () => proxy.connections === 0);
  });

  test('closing while the session is being made leaves no session behind', async () => {
    proxy.latency(50);
    const { client } = newClient(proxy.connectString);
    const connecting = client.connect().catch(() => {});
    await until('the greeting is out', () => proxy.requests.length > 0);
    await client.close();
    await connecting;
    expect(proxy.requests.map(({ type }) => type)).toEqual(['connect', -11]);
  });

  test('D16: a server that accepts and says nothing is given up', async () => {
    proxy.freeze();
    const { client } = newClient(proxy.connectString, { connectTimeoutMs: 300 });
    const error = await errorOf(client.connect());
    expect(error).toMatchObject({ code: 'ConnectionLoss' });
    expect(String(error)).toContain('no greeting from the server in 300 ms');
  });

  test('D17: a refused connection says so, and is tried again with growing waits', async () => {
    proxy.refuse();
    const watched = newClient(proxy.connectString, { requestTimeoutMs: 500 });
    const error = await errorOf(watched.client.connect());
    expect(String(error)).toContain('ECONNREFUSED');
    await expect(watched.client.getData(ROOT)).rejects.toMatchObject({ code: 'OperationTimeout' });
    await sleep(2_500);
    const attempts = watched.states.filter(({ kind }) => kind === 'connecting');
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    expect(attempts.length).toBeLessThanOrEqual(6);
    expect(attempts[0]).toMatchObject({ cause: expect.stringContaining('ECONNREFUSED') as string });
    await proxy.accept();
    await backAgain(watched);
  }, 15_000);

  test('an unknown name is an error with the name in it', async () => {
    const { client } = newClient('no-such-host.invalid:2181');
    expect(String(await errorOf(client.connect()))).toContain('no-such-host.invalid');
  });

  test('one server after the other is tried, until one answers', async () => {
    const [dead, alive] = [await startProxy(server), proxy];
    dead.refuse();
    const hosts = [dead, dead, dead, alive].map(({ connectString }) => connectString).join(',');
    for (let i = 0; i < 5; i++) await connected(hosts);
    dead.stop();
  });

  test('a connection that is dropped again and again is not tried in a tight loop', async () => {
    proxy.onConnect = () => setTimeout(() => proxy.cutAll(), 30);
    const watched = newClient(proxy.connectString);
    watched.client.connect().catch(() => {});
    await sleep(2_500);
    expect(proxy.accepted).toBeGreaterThan(2);
    expect(proxy.accepted).toBeLessThan(10);
  });
});

describe('many and strange requests', () => {
  test('D14: 50,000 pipelined requests take time in proportion', async () => {
    const { client } = await connected(server.connectString, {
      ...{ requestTimeoutMs: 60_000, sessionTimeoutMs: 40_000 },
    });
    // By the processor's time, which others on the machine hardly change.
    const read = async (count: number): Promise<number> => {
      const start = process.cpuUsage();
      await Promise.all(Array.from({ length: count }, () => client.exists(path('/none'))));
      return process.cpuUsage(start).user;
    };
    await read(5_000);
    const [few, many] = [await read(5_000), await read(50_000)];
    expect(many / few).toBeLessThan(25);
  }, 60_000);

  test('D19: a listener that throws stops nothing', async () => {
    const errors: unknown[] = [];
    const log = (): void => {};
    const logger = {
      debug: log,
      info: log,
      warn: log,
      error: (_: string, e?: unknown) => errors.push(e),
    };
    const { client, events } = newClient(server.connectString, { logger });
    client.onDidSeeWatch(() => {
      throw new Error('listener');
    });
    client.onDidChangeState(() => {
      throw new Error('state listener');
    });
    await client.connect();
    await client.addWatch(path('/d19'), 'persistent');
    const requests = [1, 2, 3].map(() => client.create(path('/d19'), bytes('')).catch(() => {}));
    await Promise.all(requests);
    await client.delete(path('/d19'), -1);
    expect(events).toHaveLength(2);
    expect(errors.length).toBeGreaterThanOrEqual(3);
    expect(client.state.kind).toBe('connected');
  });

  test('a frozen server: the deadline of a request holds, a late answer is no surprise', async () => {
    const watched = await connected(proxy.connectString, { sessionTimeoutMs: 20_000 });
    const { client, events } = watched;
    await client.create(path('/late'), bytes(''), { mode: 'ephemeral' });
    proxy.freeze();
    const { client: same } = watched;
    const controller = new AbortController();
    const aborted = same.getData(path('/late'), { watch: true, signal: controller.signal });
    await sleep(50);
    controller.abort(new Error('too slow'));
    await expect(aborted).rejects.toThrow('too slow');
    proxy.resume();
    await client.setData(path('/late'), bytes('1'), -1);
    expect(events).toEqual([{ type: 'dataChanged', path: '/late' }]);
  });
});
