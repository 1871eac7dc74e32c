import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { OPEN_ACL } from '../../src/domain/znode/acl';
import { ROOT } from '../../src/domain/znode/path';
import type { CreateMode, ZkClient } from '../../src/zk/client';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, path, text, until, type Watched } from './engineSupport';

let server: Awaited<ReturnType<typeof startStandalone>>;
let watched: Watched;
let client: ZkClient;
let count = 0;

beforeAll(async () => {
  server = await startStandalone();
}, 60_000);
afterAll(() => server.stop());
afterEach(closeAll);

/** A client with a chroot of its own for each test. */
async function fresh(): Promise<void> {
  const chroot = path(`/test${++count}`);
  const plain = await connected(server.connectString);
  await plain.client.create(chroot, bytes(''));
  watched = await connected(server.connectString + chroot);
  client = watched.client;
}

describe('single znodes', () => {
  test('creates, reads, writes and deletes with versions', async () => {
    await fresh();
    expect(await client.create(path('/a'), bytes('one'))).toBe('/a');
    const first = await client.getData(path('/a'));
    expect(text(first.data)).toBe('one');
    expect(first.stat).toMatchObject({ version: 0, dataLength: 3, ephemeralOwner: 0n });
    expect(Math.abs(first.stat.ctime - Date.now())).toBeLessThan(60_000);
    const second = await client.setData(path('/a'), bytes('two'), 0);
    expect(second.version).toBe(1);
    expect(second.mzxid).toBeGreaterThan(first.stat.mzxid);
    await expect(client.setData(path('/a'), bytes('x'), 0)).rejects.toMatchObject({
      code: 'BadVersion',
      path: '/a',
      serverCode: -103,
    });
    await expect(client.delete(path('/a'), 0)).rejects.toMatchObject({ code: 'BadVersion' });
    await client.delete(path('/a'), 1);
    expect(await client.exists(path('/a'))).toBeUndefined();
    await expect(client.getData(path('/a'))).rejects.toMatchObject({ code: 'NoNode' });
  });

  test('makes znodes of all seven modes', async () => {
    await fresh();
    const modes: [CreateMode, RegExp][] = [
      ['persistent', /^\/n$/],
      ['persistentSequential', /^\/n\d{10}$/],
      ['ephemeral', /^\/e$/],
      ['ephemeralSequential', /^\/e\d{10}$/],
      ['container', /^\/c$/],
      ['persistentTtl', /^\/t$/],
      ['persistentSequentialTtl', /^\/t\d{10}$/],
    ];
    for (const [mode, name] of modes) {
      const base = path(name.source.replace(/\\d\{10\}|[\^$\\]/g, ''));
      const ttl = mode.endsWith('Ttl') ? { ttlMs: 60_000 } : {};
      expect(await client.create(base, bytes(mode), { mode, ...ttl })).toMatch(name);
    }
    const { names } = await client.getChildren(ROOT);
    expect(names).toHaveLength(7);
    const ephemerals = await client.getEphemerals();
    expect(ephemerals.map((name) => name.slice(0, 2))).toEqual(['/e', '/e']);
    const { state } = client;
    const owner = (await client.exists(path('/e')))?.ephemeralOwner;
    expect(state.kind === 'connected' && state.sessionId === owner).toBe(true);
  });

  test('lets a TTL znode and an emptied container go', async () => {
    await fresh();
    await client.create(path('/t'), bytes(''), { mode: 'persistentTtl', ttlMs: 200 });
    await client.create(path('/c'), bytes(''), { mode: 'container' });
    await client.create(path('/c/child'), bytes(''));
    await client.delete(path('/c/child'), -1);
    await until('both gone', async () => (await client.getChildren(ROOT)).names.length === 0);
  });

  test('numbers sequential znodes with an empty name', async () => {
    await fresh();
    const create = (): Promise<string> =>
      client.create(path('/'), bytes(''), { mode: 'persistentSequential' });
    expect(await create()).toBe('/0000000000');
    expect(await create()).toBe('/0000000001');
  });

  test('takes empty data, and names and data that are not ASCII', async () => {
    await fresh();
    await client.create(path('/ключ-鍵'), new Uint8Array(0));
    expect((await client.getChildren(ROOT)).names).toEqual(['ключ-鍵']);
    expect((await client.getData(path('/ключ-鍵'))).data).toHaveLength(0);
    await client.setData(path('/ключ-鍵'), bytes('😀'), -1);
    expect(text((await client.getData(path('/ключ-鍵'))).data)).toBe('😀');
    await expect(client.create(path('/😀'), bytes(''))).rejects.toMatchObject({
      code: 'BadArguments',
    });
  });

  test('reads and writes ACLs, whose ids the server sends as CESU-8', async () => {
    await fresh();
    await client.create(path('/a'), bytes(''));
    const acl = [...OPEN_ACL, { scheme: 'digest', id: 'ünï😀:hash', permissions: 1 }];
    expect((await client.setAcl(path('/a'), acl, 0)).aversion).toBe(1);
    expect((await client.getAcl(path('/a'))).acl).toEqual(acl);
    const none = [...OPEN_ACL, { scheme: 'ip', id: '10.0.0.1', permissions: 0 }];
    await client.setAcl(path('/a'), none, 1);
    expect((await client.getAcl(path('/a'))).acl).toEqual(none);
    await expect(client.setAcl(path('/a'), acl, 0)).rejects.toMatchObject({ code: 'BadVersion' });
    await expect(client.setAcl(path('/a'), [], -1)).rejects.toMatchObject({
      code: 'BadArguments',
    });
    const auth = [{ scheme: 'auth', id: '', permissions: 31 }];
    await expect(client.setAcl(path('/a'), auth, -1)).rejects.toMatchObject({ code: 'InvalidAcl' });
  });

  test('tells the refusals of the server apart', async () => {
    await fresh();
    await client.create(path('/a'), bytes(''));
    await client.create(path('/a/b'), bytes(''));
    await client.create(path('/e'), bytes(''), { mode: 'ephemeral' });
    const cases: [() => Promise<unknown>, string][] = [
      [() => client.create(path('/a'), bytes('')), 'NodeExists'],
      [() => client.create(path('/x/y'), bytes('')), 'NoNode'],
      [() => client.create(path('/e/child'), bytes('')), 'NoChildrenForEphemerals'],
      [() => client.delete(path('/a'), -1), 'NotEmpty'],
      [() => client.create(path('/bad\u0001'), bytes('')), 'BadArguments'],
      [
        () => client.create(path('/t'), bytes(''), { mode: 'persistentTtl', ttlMs: 0 }),
        'BadArguments',
      ],
      [
        () => client.create(path('/t'), bytes(''), { mode: 'persistentTtl', ttlMs: 1.5 }),
        'BadArguments',
      ],
      [() => client.getAcl(path('/x')), 'NoNode'],
      [() => client.countDescendants(path('/x')), 'NoNode'],
      [() => client.reconfigure({ joining: 'server.9=a:1:2;3' }), 'ReconfigDisabled'],
    ];
    for (const [request, code] of cases) {
      await expect(request()).rejects.toMatchObject({ name: 'ZkError', code });
    }
  });

  test('refuses what is over the limit before it is sent, and takes what is just below', async () => {
    await fresh();
    await client.create(path('/a'), bytes(''));
    const overhead = 8 + 4 + `/test${count}/a`.length + 4 + 4;
    const limit = 1_048_575 - overhead;
    await client.setData(path('/a'), new Uint8Array(limit), -1);
    for (const size of [limit + 1, 1_048_576, 1_048_577, 3_000_000]) {
      await expect(client.setData(path('/a'), new Uint8Array(size), -1)).rejects.toMatchObject({
        code: 'RequestTooLarge',
      });
    }
    expect((await client.getData(path('/a'))).data).toHaveLength(limit);
    expect(watched.states.map(({ kind }) => kind)).toEqual(['connected']);
  });
});

describe('several znodes', () => {
  test('transactions take effect as a whole, or name the step that failed', async () => {
    await fresh();
    await client.create(path('/a'), bytes('1'));
    const results = await client.transaction([
      { type: 'check', path: path('/a'), version: 0 },
      { type: 'create', path: path('/b'), data: bytes('b') },
      { type: 'create', path: path('/s'), data: bytes(''), mode: 'ephemeralSequential' },
      { type: 'create', path: path('/c'), data: bytes(''), mode: 'container' },
      { type: 'create', path: path('/t'), data: bytes(''), mode: 'persistentTtl', ttlMs: 9999 },
      { type: 'setData', path: path('/a'), data: bytes('2'), version: 0 },
      { type: 'delete', path: path('/b'), version: 0 },
    ]);
    expect(results.map(({ type }) => type)).toEqual([
      'checked',
      'created',
      'created',
      'created',
      'created',
      'set',
      'deleted',
    ]);
    expect(results[2]).toMatchObject({ path: expect.stringMatching(/^\/s\d{10}$/) as string });
    // Version 0 means version 0: the package overwrote here.
    const failing = client.transaction([
      { type: 'create', path: path('/never'), data: bytes('') },
      { type: 'setData', path: path('/a'), data: bytes('stale'), version: 0 },
      { type: 'delete', path: path('/a'), version: -1 },
    ]);
    await expect(failing).rejects.toMatchObject({ code: 'BadVersion', path: '/a' });
    await expect(failing).rejects.toThrow('step 2 (setData)');
    expect(text((await client.getData(path('/a'))).data)).toBe('2');
    expect(await client.exists(path('/never'))).toBeUndefined();
    expect(await client.transaction([])).toEqual([]);
  });

  test('reads many at once, each with its own outcome', async () => {
    await fresh();
    await client.create(path('/a'), bytes('x'));
    const results = await client.readMany([
      { type: 'getData', path: path('/a') },
      { type: 'getChildren', path: ROOT },
      { type: 'getData', path: path('/none') },
    ]);
    expect(results).toMatchObject([
      { type: 'data', stat: { version: 0 } },
      { type: 'children', names: ['a'] },
      { type: 'error', error: { code: 'NoNode', path: '/none' } },
    ]);
  });

  test('counts descendants and syncs', async () => {
    await fresh();
    for (const name of ['/a', '/a/b', '/a/b/c', '/d']) await client.create(path(name), bytes(''));
    await client.sync(ROOT);
    expect(await client.countDescendants(ROOT)).toBe(4);
    expect(await client.countDescendants(path('/a'))).toBe(2);
  });

  test('lists a large znode', async () => {
    await fresh();
    const steps = Array.from({ length: 5_000 }, (_, i) => path(`/n${i}`));
    await Promise.all(steps.map((name) => client.create(name, bytes(''))));
    const { names, stat } = await client.getChildren(ROOT);
    expect(new Set(names).size).toBe(5_000);
    expect(stat.numChildren).toBe(5_000);
  });
});

describe('watches', () => {
  test('one-shot watches fire once, for what they were left on', async () => {
    await fresh();
    const { events } = watched;
    await client.create(path('/a'), bytes(''));
    await client.getData(path('/a'), { watch: true });
    await client.getChildren(path('/a'), { watch: true });
    await client.exists(path('/later'), { watch: true });
    expect(client.watchCounts).toEqual({ oneShot: 3, persistent: 0, recursive: 0 });
    await client.create(path('/a/b'), bytes(''));
    await client.create(path('/a/c'), bytes(''));
    await client.setData(path('/a'), bytes('1'), -1);
    await client.setData(path('/a'), bytes('2'), -1);
    await client.create(path('/later'), bytes(''));
    expect(events).toEqual([
      { type: 'childrenChanged', path: '/a' },
      { type: 'dataChanged', path: '/a' },
      { type: 'created', path: '/later' },
    ]);
    expect(client.watchCounts.oneShot).toBe(0);
  });

  test('a watch that finds no znode to read is not left', async () => {
    await fresh();
    await expect(client.getData(path('/a'), { watch: true })).rejects.toMatchObject({
      code: 'NoNode',
    });
    expect(client.watchCounts.oneShot).toBe(0);
  });

  test('a persistent watch goes on until it is removed', async () => {
    await fresh();
    const { events } = watched;
    await client.create(path('/a'), bytes(''));
    await client.addWatch(path('/a'), 'persistent');
    expect(await client.hasWatches(path('/a'))).toBe(true);
    await client.setData(path('/a'), bytes('1'), -1);
    await client.setData(path('/a'), bytes('2'), -1);
    await client.create(path('/a/b'), bytes(''));
    await client.setData(path('/a/b'), bytes(''), -1);
    expect(events.map(({ type }) => type)).toEqual([
      'dataChanged',
      'dataChanged',
      'childrenChanged',
    ]);
    await client.removeWatches(path('/a'));
    expect(await client.hasWatches(path('/a'))).toBe(false);
    await client.setData(path('/a'), bytes('3'), -1);
    expect(events).toHaveLength(3);
    await expect(client.removeWatches(path('/a'))).rejects.toMatchObject({ code: 'NoWatcher' });
  });

  test('a recursive watch reports the subtree, and survives reads with a watch', async () => {
    await fresh();
    const { events } = watched;
    await client.create(path('/a'), bytes(''));
    await client.addWatch(path('/a'), 'recursive');
    // On the wire this flag would end the recursive watch (ZOOKEEPER-4466).
    await client.getData(path('/a'), { watch: true });
    await client.exists(path('/a'), { watch: true });
    await client.setData(path('/a'), bytes('1'), -1);
    await client.create(path('/a/b'), bytes(''));
    await client.create(path('/a/b/c'), bytes(''));
    await client.setData(path('/a/b/c'), bytes('1'), -1);
    await client.delete(path('/a/b/c'), -1);
    await client.create(path('/outside'), bytes(''));
    expect(events).toEqual([
      { type: 'dataChanged', path: '/a' },
      { type: 'created', path: '/a/b' },
      { type: 'created', path: '/a/b/c' },
      { type: 'dataChanged', path: '/a/b/c' },
      { type: 'deleted', path: '/a/b/c' },
    ]);
  });

  test('a recursive watch survives reads with a watch that are made before its answer', async () => {
    await fresh();
    const { events } = watched;
    await client.create(path('/a'), bytes(''));
    const armed = client.addWatch(path('/a'), 'recursive');
    await Promise.all([
      armed,
      client.getData(path('/a'), { watch: true }),
      client.exists(path('/a'), { watch: true }),
    ]);
    await client.setData(path('/a'), bytes('1'), -1);
    await client.create(path('/a/b'), bytes(''));
    await client.setData(path('/a/b'), bytes('1'), -1);
    expect(events).toEqual([
      { type: 'dataChanged', path: '/a' },
      { type: 'created', path: '/a/b' },
      { type: 'dataChanged', path: '/a/b' },
    ]);
  });

  test('a stray change of children is not reported for a recursive watch', async () => {
    await fresh();
    const { events } = watched;
    await client.create(path('/a'), bytes(''));
    await client.addWatch(path('/a'), 'recursive');
    await client.getChildren(path('/a'), { watch: true });
    await client.create(path('/a/b'), bytes(''));
    await client.create(path('/a/c'), bytes(''));
    expect(events.filter(({ type }) => type === 'childrenChanged')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'created')).toHaveLength(2);
  });
});

describe('the session and the ensemble', () => {
  test('knows who it is', async () => {
    await fresh();
    const one = { scheme: 'digest', auth: bytes('bob:x') };
    const two = { scheme: 'digest', auth: bytes('eve:y') };
    const { client: both } = await connected(server.connectString, { credentials: [one, two] });
    expect(await both.whoAmI()).toEqual(
      expect.arrayContaining([
        { scheme: 'ip', user: '127.0.0.1' },
        { scheme: 'digest', user: 'bob' },
        { scheme: 'digest', user: 'eve' },
      ]),
    );
  });

  test('reads the configuration, whatever the chroot', async () => {
    await fresh();
    expect((await client.getConfig()).stat.version).toBe(0);
  });

  test('sets, reads and takes away quotas below a chroot', async () => {
    await fresh();
    await client.create(path('/q'), bytes('12345'));
    await client.create(path('/q/sub'), bytes(''));
    expect(await client.getQuota(path('/q'))).toBeUndefined();
    await client.setQuota(path('/q'), { count: 10, bytesHardLimit: 1000 });
    expect(await client.getQuota(path('/q'))).toEqual({
      limits: { count: 10, bytesHardLimit: 1000 },
      used: { count: 2, bytes: 5 },
    });
    await expect(client.setQuota(path('/q/sub'), { count: 1 })).rejects.toMatchObject({
      code: 'BadArguments',
    });
    await expect(client.setQuota(ROOT, { count: 1 })).rejects.toMatchObject({
      code: 'BadArguments',
    });
    await client.setQuota(path('/q'), { count: 20 });
    expect((await client.getQuota(path('/q')))?.limits).toEqual({ count: 20 });
    await client.setQuota(path('/q'), undefined);
    expect(await client.getQuota(path('/q'))).toBeUndefined();
    await client.setQuota(ROOT, { bytes: 9 });
    expect((await client.getQuota(ROOT))?.limits).toEqual({ bytes: 9 });
    await client.setQuota(ROOT, undefined);
  });

  test('ends the session at the server when closed', async () => {
    await fresh();
    await client.create(path('/e'), bytes(''), { mode: 'ephemeral' });
    const pending = client.getData(path('/e'));
    const closing = client.close();
    await expect(pending).rejects.toMatchObject({ code: 'Closed' });
    await closing;
    await expect(client.exists(ROOT)).rejects.toMatchObject({ code: 'Closed' });
    const { client: other } = await connected(`${server.connectString}/test${count}`);
    expect(await other.exists(path('/e'))).toBeUndefined();
  });

  test('aborted requests reject with the reason, and are not sent', async () => {
    await fresh();
    const before = client.requestCount;
    const reason = new Error('enough');
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const requests = [client.getData(ROOT, options), client.getChildren(ROOT, options)];
    controller.abort(reason);
    for (const request of requests) await expect(request).rejects.toBe(reason);
    await expect(client.whoAmI({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(client.requestCount).toBe(before);
    await client.exists(ROOT);
  });
});
