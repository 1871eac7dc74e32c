import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseLayout } from '../../../src/domain/znode/layout';
import type { ZnodeStat } from '../../../src/domain/znode/stat';

const u1 = 'f1b2c3d4-0e4f-4a6b-8c7d-9e0f1a2b3c4d';
const u2 = '01b2c3d4-0e4f-4a6b-8c7d-9e0f1a2b3c4d';
const h1 = 'f1b2c3d40e4f4a6b8c7d9e0f1a2b3c4d';
const h2 = '01b2c3d40e4f4a6b8c7d9e0f1a2b3c4d';
const n = (sequence: number): string => String(sequence).padStart(10, '0');

function stat(ephemeral: boolean): ZnodeStat {
  return {
    czxid: 1n,
    mzxid: 1n,
    pzxid: 1n,
    ctime: 0,
    mtime: 0,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: ephemeral ? 7n : 0n,
    dataLength: 0,
    numChildren: 0,
  };
}
const stats = (...entries: [string, boolean][]): Map<string, ZnodeStat> =>
  new Map(entries.map(([name, ephemeral]) => [name, stat(ephemeral)]));

describe('recogniseLayout of locks, latches and elections', () => {
  it.each([
    ['Curator InterProcessMutex', 'lock', [`_c_${u1}-lock-${n(9)}`, `_c_${u2}-lock-${n(10)}`]],
    ['Curator LeaderLatch', 'latch', [`_c_${u1}-latch-${n(0)}`, `_c_${u2}-latch-${n(1)}`]],
    ['kazoo Lock', 'lock', [`${h1}__lock__${n(3)}`, `${h2}__lock__${n(4)}`]],
    ['kazoo and Curator together', 'lock', [`${h1}__lock__${n(3)}`, `_c_${u2}-lock-${n(4)}`]],
    ['the recipe for locks', 'lock', [`lock-${n(3)}`, `lock-${n(4)}`]],
    ['the recipe for locks with guid', 'lock', [`${u1}-lock-${n(3)}`, `${u2}-lock-${n(4)}`]],
    ['ZooKeeper WriteLock', 'lock', [`x-72057594-${n(1)}`, `x--72057594-${n(2)}`]],
    ['ZooKeeper C lock', 'lock', [`x-0100000f6b3d0000-${n(1)}`, `x-0100000f6b3d0001-${n(2)}`]],
    ['LeaderElectionSupport', 'election', [`n_${n(1)}`, `n_${n(2)}`]],
    ['the recipe for elections', 'election', [`${u1}-n_${n(1)}`, `${u2}-n_${n(2)}`]],
    ['Solr', 'election', [`720575-h:8983_solr-n_${n(5)}`, `720571-g:8983_solr-n_${n(6)}`]],
  ] as const)('marks the first in line of %s', (_, kind, order) => {
    const layout = { kind, holders: [order[0]], order };
    expect(recogniseLayout('x', order)).toEqual(layout);
    expect(recogniseLayout('x', [...order].reverse())).toEqual(layout);
  });

  it.each(['leader', 'leader-selector', 'myElection', 'ELECT'])(
    'calls a lock below %s an election',
    (parent) => {
      expect(recogniseLayout(parent, [`_c_${u1}-lock-${n(1)}`])?.kind).toBe('election');
      expect(recogniseLayout(parent, [`${h1}__lock__${n(1)}`])?.kind).toBe('election');
    },
  );

  it('keeps the kind of a latch or queue whatever the parent is called', () => {
    expect(recogniseLayout('leader', [`_c_${u1}-latch-${n(1)}`])?.kind).toBe('latch');
    expect(recogniseLayout('elected', [`qn-${n(1)}`])?.kind).toBe('queue');
  });
});

describe('recogniseLayout of read/write locks', () => {
  const read = (id: string, at: number): string => `_c_${id}-__READ__${n(at)}`;
  const write = (id: string, at: number): string => `_c_${id}-__WRIT__${n(at)}`;

  it('names all readers before the first writer', () => {
    const order = [read(u1, 1), read(u2, 2), write(u1, 3), read(u1, 4)];
    const layout = { kind: 'readWriteLock', holders: order.slice(0, 2), order };
    expect(recogniseLayout('x', [...order].reverse())).toEqual(layout);
  });

  it('names all when there are readers only', () => {
    const order = [read(u1, 1), read(u2, 2)];
    expect(recogniseLayout('x', order)?.holders).toEqual(order);
  });

  it('names one writer', () => {
    const order = [write(u1, 1), write(u2, 2), read(u1, 3)];
    expect(recogniseLayout('x', order)?.holders).toEqual([write(u1, 1)]);
  });

  it("names a Curator writer and its own read node, which has the writer's sequence", () => {
    const order = [write(u1, 5), read(u2, 5), read(u1, 6)];
    expect(recogniseLayout('x', [...order].reverse())).toMatchObject({
      holders: order.slice(0, 2),
      order,
    });
  });

  it.each([
    ['kazoo', `${h1}__rlock__${n(1)}`, `${h2}__lock__${n(2)}`],
    ['the recipe', `read-${n(1)}`, `write-${n(2)}`],
    ['the recipe with guid', `${u1}-read-${n(1)}`, `${u2}-write-${n(2)}`],
  ])('knows those of %s', (_, reader, writer) => {
    const layout = { kind: 'readWriteLock', holders: [reader], order: [reader, writer] };
    expect(recogniseLayout('x', [writer, reader])).toEqual(layout);
  });

  it('is no election', () => {
    expect(recogniseLayout('leader', [read(u1, 1)])?.kind).toBe('readWriteLock');
  });
});

describe('recogniseLayout of queues', () => {
  it.each([
    ['ZooKeeper and Curator simple', [`qn-${n(9)}`, `qn-${n(10)}`]],
    ['Curator', [`queue-${n(9)}`, `queue-${n(10)}`]],
    ['Curator by priority', [`queue-0FFFFFFFF${n(7)}`, `queue-100000005${n(3)}`]],
    ['Curator with delay', [`queue-|199AAAAAAAA|${n(8)}`, `queue-|199AAAAAAAB|${n(2)}`]],
    ['kazoo by priority', [`entry-005-${n(9)}`, `entry-100-${n(1)}`]],
  ] as const)('orders the queue of %s', (_, order) => {
    const layout = { kind: 'queue', holders: [], order };
    expect(recogniseLayout('x', [...order].reverse())).toEqual(layout);
  });

  it('knows that entries are persistent', () => {
    const name = `queue-${n(1)}`;
    expect(recogniseLayout('x', [name], stats([name, false]))?.kind).toBe('queue');
    expect(recogniseLayout('x', [name], stats([name, true]))).toBeUndefined();
  });
});

describe('recogniseLayout with stats', () => {
  const [first, second] = [`lock-${n(1)}`, `lock-${n(2)}`];

  it('wants an ephemeral contender', () => {
    expect(recogniseLayout('x', [first, second], stats([first, false]))).toBeUndefined();
    expect(recogniseLayout('x', [first, second], stats([first, true]))?.holders).toEqual([first]);
  });

  it('names nobody behind a persistent contender, which blocks the others', () => {
    const known = stats([first, false], [second, true]);
    expect(recogniseLayout('x', [first, second], known)).toMatchObject({
      holders: [],
      order: [first, second],
    });
  });

  it('looks past a persistent reader, which blocks no reader', () => {
    const readers = [`read-${n(1)}`, `read-${n(2)}`, `read-${n(3)}`] as const;
    const known = stats([readers[0], false], [readers[1], true]);
    expect(recogniseLayout('x', readers, known)?.holders).toEqual(readers.slice(1));
  });

  it('ignores the stats of others', () => {
    expect(recogniseLayout('x', [first], stats(['other', false]))?.holders).toEqual([first]);
  });
});

describe('recogniseLayout of anything else', () => {
  it.each([
    [[]],
    [['config', 'brokers']],
    [[`lock-${n(1)}`, 'config']],
    [[`member_${n(1)}`, `member_${n(2)}`]],
    [[`lock-${n(1)}`, `qn-${n(2)}`]],
    [[`_c_${u1}-latch-${n(1)}`, `_c_${u2}-lock-${n(2)}`]],
    [[`_c_${u1}-latch-${n(1)}`, `_c_${u2}-__READ__${n(2)}`]],
    [[`_c_${u1}-lease-${n(1)}`]],
    [['lock-1', 'lock-2']],
    [['lock--2147483648']],
    [[`deadlock-${n(1)}`]],
    [[`LOCK-${n(1)}`]],
    [[`queue-5${n(1)}`]],
    [['2024010112', '2024010113']],
  ])('sees nothing in %j', (children) => {
    expect(recogniseLayout('locks', children)).toBeUndefined();
  });

  it('lets one of ten children be a stray, and leaves it out', () => {
    const locks = Array.from({ length: 9 }, (_, i) => `lock-${n(i)}`);
    expect(recogniseLayout('x', ['config', ...locks])?.order).toEqual(locks);
    expect(recogniseLayout('x', ['config', ...locks.slice(1)])).toBeUndefined();
  });

  it('names only children, each once, whatever they are called', () => {
    const part = fc.constantFrom(`lock-${n(1)}`, `read-${n(2)}`, `write-${n(3)}`, `n_${n(4)}`, 'x');
    const children = fc.uniqueArray(fc.oneof(part, fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(children, (names) => {
        const layout = recogniseLayout('x', names);
        if (layout === undefined) return;
        expect(new Set(layout.order).size).toBe(layout.order.length);
        expect(names).toEqual(expect.arrayContaining([...layout.order]));
        expect(layout.order).toEqual(expect.arrayContaining([...layout.holders]));
      }),
    );
  });

  it('takes linear time for hostile names', () => {
    const names = [`${'-n_'.repeat(300_000)}${n(1)}`, `${'-'.repeat(900_000)}n_${n(2)}x`];
    const started = performance.now();
    expect(recogniseLayout('x', names)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
