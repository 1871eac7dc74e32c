import { describe, expect, test } from 'vitest';
import { JuteReader } from '../../../src/zk/engine/juteReader';
import { JuteWriter } from '../../../src/zk/engine/juteWriter';
import { EventType } from '../../../src/zk/engine/protocol';
import { needsSetWatches2, rewatchRequests, setWatches2 } from '../../../src/zk/engine/rewatch';
import { Watches } from '../../../src/zk/engine/watches';

describe('what an event uses up', () => {
  test.each([
    ['dataChanged', ['child']],
    ['created', ['child']],
    ['deleted', []],
    ['childrenChanged', ['data', 'exist']],
  ] as const)('%s leaves %j', (type, left) => {
    const watches = new Watches();
    for (const kind of ['data', 'exist', 'child'] as const) {
      watches.add(kind, '/a');
      watches.add(kind, '/b');
    }
    expect(watches.fired(EventType[type], '/a')).toBe(true);
    for (const kind of ['data', 'exist', 'child'] as const) {
      const isLeft = (left as readonly string[]).includes(kind);
      expect([...watches.oneShotPaths(kind)]).toEqual(isLeft ? ['/a', '/b'] : ['/b']);
    }
  });

  test('persistent watches stay', () => {
    const watches = new Watches();
    watches.addPersistent('/a', 'persistent');
    for (const type of Object.values(EventType)) expect(watches.fired(type, '/a')).toBe(true);
    expect(watches.counts).toEqual({ oneShot: 0, persistent: 1, recursive: 0 });
  });

  test('changed children are nothing to a recursive watch (ZOOKEEPER-4475)', () => {
    const watches = new Watches();
    watches.addPersistent('/a', 'recursive');
    expect(watches.fired(EventType.childrenChanged, '/a/b')).toBe(false);
    expect(watches.fired(EventType.childrenChanged, '/a')).toBe(false);
    expect(watches.fired(EventType.created, '/a/b')).toBe(true);
  });

  test('events of unknown types are nobody’s', () => {
    expect(new Watches().fired(99, '/a')).toBe(false);
  });
});

test('a persistent watch covers one-shot watches that would end it (ZOOKEEPER-4466)', () => {
  const watches = new Watches();
  watches.addPersistent('/p', 'persistent');
  watches.addPersistent('/r', 'recursive');
  expect([watches.covers('/p', 'data'), watches.covers('/p', 'child')]).toEqual([true, true]);
  expect([watches.covers('/r', 'data'), watches.covers('/r', 'child')]).toEqual([true, false]);
  expect(watches.covers('/r/below', 'data')).toBe(false);
});

test('a persistent watch that is only asked for covers them too', () => {
  const watches = new Watches();
  watches.request('/a', 'recursive');
  watches.request('/a', 'persistent');
  expect(watches.covers('/a', 'child')).toBe(true);
  watches.answered('/a');
  expect(watches.covers('/a', 'child')).toBe(true);
  watches.answered('/a');
  expect([watches.covers('/a', 'data'), watches.covers('/a', 'child')]).toEqual([false, false]);
  expect(watches.counts).toEqual({ oneShot: 0, persistent: 0, recursive: 0 });
});

test('removing forgets what the server forgets', () => {
  const watches = new Watches();
  for (const kind of ['data', 'exist', 'child'] as const) watches.add(kind, '/a');
  watches.addPersistent('/a', 'recursive');
  watches.remove('/a', 'data');
  expect(watches.counts).toEqual({ oneShot: 1, persistent: 0, recursive: 1 });
  watches.remove('/a', 'children');
  expect(watches.counts).toEqual({ oneShot: 0, persistent: 0, recursive: 1 });
  watches.remove('/a', 'any');
  expect(watches.counts).toEqual({ oneShot: 0, persistent: 0, recursive: 0 });
});

test('the later persistent watch of a path replaces the earlier one', () => {
  const watches = new Watches();
  watches.addPersistent('/a', 'recursive');
  watches.addPersistent('/a', 'persistent');
  expect(watches.counts).toEqual({ oneShot: 0, persistent: 1, recursive: 0 });
});

describe('leaving watches again', () => {
  const written = (watches: Watches, chroot: string) =>
    rewatchRequests(watches, 5n, chroot).map((args) => {
      const w = new JuteWriter(chroot);
      setWatches2.write(w, args);
      return w.take();
    });

  test('no watches, no request', () => {
    expect(rewatchRequests(new Watches(), 0n, '')).toEqual([]);
  });

  test.each(['', '/a-rather-long-chroot/that-is-before/every-path'])(
    'chroot %j: every path once, in requests far below the server’s limit',
    (chroot) => {
      const watches = new Watches();
      const paths = { data: 30_000, exist: 10_000, child: 20_000 };
      for (const kind of ['data', 'exist', 'child'] as const) {
        for (let i = 0; i < paths[kind]; i++) watches.add(kind, `/${kind}${i}`);
      }
      for (let i = 0; i < 5_000; i++) {
        watches.addPersistent(`/p${i}`, i % 2 === 0 ? 'persistent' : 'recursive');
      }
      const requests = written(watches, chroot);
      expect(Math.max(...requests.map(({ length }) => length))).toBeLessThan(150_000);
      const seen = requests.flatMap((request) => {
        const r = JuteReader.of(request, chroot);
        expect(r.long()).toBe(5n);
        const lists = [0, 1, 2, 3, 4].map(() => r.vector(4, () => r.path()));
        expect(r.remaining).toBe(0);
        return lists.flat();
      });
      expect(seen).toHaveLength(65_000);
      expect(new Set(seen).size).toBe(65_000);
    },
  );

  test('the newer request is used only where it must', () => {
    const watches = new Watches();
    watches.add('data', '/a');
    expect(rewatchRequests(watches, 0n, '').map(needsSetWatches2)).toEqual([false]);
    watches.addPersistent('/a', 'persistent');
    expect(rewatchRequests(watches, 0n, '').map(needsSetWatches2)).toEqual([true]);
  });
});
