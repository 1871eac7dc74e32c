import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKazoo, type Kazoo } from '../tools/kazoo.mjs';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { until } from './engineSupport';
import { walked, WatchProcess, zkw, zkwReadLate } from './zkwProcess';

describe('zkw', () => {
  let server: ZkServer;
  let kazoo: Kazoo;

  beforeAll(async () => {
    server = await startStandalone();
    kazoo = await startKazoo(server.connectString);
    await kazoo.create('/app/config/a.json', '{}', { makepath: true });
    await kazoo.create('/app/config/b', 'xyz');
    await kazoo.set('/app/config/b', 'wxyz');
    await kazoo.create('/app/10');
    await kazoo.create('/app/9');
    await kazoo.create('/app/name with spaces/ü', '', { makepath: true });
  });

  afterAll(async () => {
    await kazoo.close();
    await server.stop();
  });

  it('prints a line for every znode of a subtree, the start included, in natural order', async () => {
    const { code, stdout, stderr } = await zkw(['walk', server.connectString, '/app']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '/app\t0\t0\t4',
        '/app/9\t0\t0\t0',
        '/app/10\t0\t0\t0',
        '/app/config\t0\t0\t2',
        '/app/config/a.json\t0\t2\t0',
        '/app/config/b\t1\t4\t0',
        '/app/name with spaces\t0\t0\t1',
        '/app/name with spaces/ü\t0\t0\t0',
        '',
      ].join('\n'),
    );
  });

  it('walks the whole tree from the root, and relative to a chroot', async () => {
    expect([...(await walked(server.connectString, '/')).keys()]).toContain('/zookeeper/quota');
    expect([...(await walked(`${server.connectString}/app/config`, '/')).keys()]).toEqual([
      '/',
      '/a.json',
      '/b',
    ]);
  });

  it('walks many znodes, with the counts that the server has', async () => {
    await kazoo.create('/many');
    await kazoo.createMany('/many/n', 3_000, 10);
    const lines = await walked(server.connectString, '/many');
    expect(lines.size).toBe(3_001);
    expect(lines.get('/many')).toBe('/many\t0\t0\t3000');
  });

  it('ends when a reader that comes late has taken all', async () => {
    await kazoo.create('/late');
    // Some more than the 64 kB that a pipe of Linux takes in.
    await kazoo.createMany('/late/n', 3_400, 10);
    const stdout = await zkwReadLate(['walk', server.connectString, '/late']);
    expect(stdout.length).toBeGreaterThan(1 << 16);
    expect(stdout).toMatch(/\/late\/n003399\t0\t10\t0\n$/);
  });

  it('prints what it may not list, and says that the walk is incomplete', async () => {
    await kazoo.addAuth('digest', 'bob:secret');
    await kazoo.create('/app/config/private', 'x', { acl: 'creator' });
    const { code, stdout, stderr } = await zkw(['walk', server.connectString, '/app/config']);
    expect(code).toBe(1);
    expect(stdout).toContain('/app/config/private\t0\t1\t0\n');
    expect(stderr).toBe('zkw: /app/config/private: its children may not be listed (NoAuth)\n');
    const args = ['walk', server.connectString, '/app/config'];
    expect((await zkw(args, { ZKW_AUTH: 'bob:secret' })).code).toBe(0);
  });

  it.each([
    [[], 2, /walk or watch/],
    [['walk'], 2, /takes a connect string and a path/],
    [['dance', 'h', '/'], 2, /unknown command dance/],
    [['walk', 'h:x', '/'], 2, /no connect string/],
    [['walk', 'h', 'a'], 2, /no znode path/],
    [['walk', 'h', '/', '--colour'], 2, /colour/],
    [['walk', '127.0.0.1:1', '/'], 1, /cannot connect to 127\.0\.0\.1:1: .*ECONNREFUSED/],
  ])('answers %j with exit code %d and one line', async (args, expected, message) => {
    const { code, stdout, stderr } = await zkw(args);
    expect(code).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says in one line that a path does not exist', async () => {
    const { code, stderr } = await zkw(['walk', server.connectString, '/nope']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^zkw: .*\/nope.*\n$/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await zkw(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/walk .*<connect-string> <path>/);
  });

  it('prints the subtree and then every change', async () => {
    await kazoo.create('/live/a', 'x', { makepath: true });
    const watch = new WatchProcess(server.connectString, '/live');
    try {
      await until('the subtree is printed', () => watch.isWatching);
      expect(watch.lines.map(({ type, path }) => `${type} ${path}`)).toEqual([
        'present /live',
        'present /live/a',
        'watching /live',
      ]);
      await kazoo.set('/live/a', 'yy');
      await until('the write', () => watch.lines.some(({ type }) => type === 'dataChanged'));
      await kazoo.create('/live/b/c/d', 'z', { makepath: true });
      await until('the creations', () => watch.known.has('/live/b/c/d'));
      await kazoo.delete('/live/b', { recursive: true });
      await until('the deletions', () => !watch.known.has('/live/b'));
      expect(watch.known).toEqual(await walked(server.connectString, '/live'));
      expect(await watch.stop()).toBe(0);
      expect(watch.stderr).toBe('');
    } finally {
      await watch.stop();
    }
  });

  it('follows a burst of thousands of changes to the same end', async () => {
    await kazoo.create('/burst');
    const watch = new WatchProcess(server.connectString, '/burst');
    try {
      await until('the subtree is printed', () => watch.isWatching);
      await kazoo.createMany('/burst/n', 2_000, 10);
      const names = await kazoo.children('/burst');
      for (const name of names.slice(0, 200)) await kazoo.set(`/burst/${name}`, 'new');
      const truth = await walked(server.connectString, '/burst');
      await until('the model equals the server', () => equal(watch.known, truth), 20_000);
    } finally {
      await watch.stop();
    }
  });
});

function equal(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, line]) => b.get(path) === line);
}
