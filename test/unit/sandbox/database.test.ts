import { beforeEach, describe, expect, it } from 'vitest';
import { OPEN_ACL } from '../../../src/domain/znode/acl';
import { Database } from '../../../src/sandbox/database';
import type { Watcher } from '../../../src/sandbox/watchTable';
import { create, remove, setData } from '../../../src/sandbox/writes';
import { CreateFlag, EventType } from '../../../src/zk/engine/protocol';

const EMPTY = new Uint8Array(0);
const LIMITS = { minTimeoutMs: 4_000, maxTimeoutMs: 40_000 };

let now: number;
let db: Database;

beforeEach(() => {
  now = 1_000_000;
  let filler = 0;
  db = new Database(LIMITS, {
    now: () => now,
    randomBytes: (count) => new Uint8Array(count).fill(++filler),
  });
});

function add(path: string, mode: keyof typeof CreateFlag, sessionId = 0n, ttlMs = -1n): string {
  const caller = { sessionId, identities: [] };
  const request = { path, data: EMPTY, acl: OPEN_ACL, flags: CreateFlag[mode], ttlMs };
  return db.commit((tx) => create(db.tree, tx, caller, request)).path;
}

function removeNode(path: string): void {
  const caller = { sessionId: 0n, identities: [] };
  db.commit((tx) => remove(db.tree, tx, caller, { path, version: -1 }));
}

function later(ms: number): bigint[] {
  now += ms;
  return db.expire();
}

describe('sessions', () => {
  it('grants a timeout between its limits', () => {
    const granted = (asked: number): number => db.sessions.open(asked, now).timeoutMs;
    expect([1, 10_000, 1_000_000].map(granted)).toEqual([4_000, 10_000, 40_000]);
  });

  it('ends a session that is not heard of, with its ephemeral znodes', () => {
    const [kept, lost] = [db.sessions.open(10_000, now), db.sessions.open(10_000, now)];
    add('/kept', 'ephemeral', kept.id);
    add('/lost', 'ephemeral', lost.id);
    expect(later(9_999)).toEqual([]);
    db.sessions.heardOf(kept.id, now);
    expect(later(1)).toEqual([lost.id]);
    expect([db.tree.get('/kept')?.owner, db.tree.get('/lost')]).toEqual([kept.id, undefined]);
    expect(db.sessions.reopen(lost.id, lost.password, 10_000, now)).toBeUndefined();
  });

  it('is taken up again only by who knows its password', () => {
    const { id, password } = db.sessions.open(10_000, now);
    now += 5_000;
    expect(db.sessions.reopen(id, new Uint8Array(16), 10_000, now)).toBeUndefined();
    expect(db.sessions.reopen(id, EMPTY, 10_000, now)).toBeUndefined();
    expect(db.sessions.reopen(id, password, 10_000, now)?.id).toBe(id);
    expect(later(9_999)).toEqual([]);
  });
});

describe('znodes that go by themselves', () => {
  it('a TTL znode goes when it was not changed for longer, and never with children', () => {
    add('/t', 'persistentTtl', 0n, 1_000n);
    later(1_000);
    expect(db.tree.get('/t')).toBeDefined();
    const caller = { sessionId: 0n, identities: [] };
    const request = { path: '/t', data: EMPTY, version: -1 };
    db.commit((tx) => setData(db.tree, tx, caller, request));
    add('/t/child', 'persistent');
    later(60_000);
    expect(db.tree.get('/t')).toBeDefined();
    removeNode('/t/child');
    later(0);
    expect(db.tree.get('/t')).toBeUndefined();
  });

  it('a container goes when its last child has gone, not before it had one', () => {
    add('/c', 'container');
    later(1_000_000);
    expect(db.tree.get('/c')).toBeDefined();
    add('/c/child', 'persistent');
    later(1_000_000);
    expect(db.tree.get('/c/child')).toBeDefined();
    removeNode('/c/child');
    later(0);
    expect(db.tree.get('/c')).toBeUndefined();
  });
});

describe('transactions', () => {
  it('leave no trace when they fail, but take a number', () => {
    add('/a', 'persistent');
    const before = JSON.stringify([db.tree.get('/'), db.tree.get('/a')], plain);
    const bytes = db.tree.approximateBytes;
    const { zxid } = db;
    const seen: string[] = [];
    watchAll((_, path) => seen.push(path));
    expect(() =>
      db.commit((tx) => {
        const caller = { sessionId: 7n, identities: [] };
        const child = { data: EMPTY, acl: OPEN_ACL, flags: CreateFlag.ephemeral, ttlMs: -1n };
        create(db.tree, tx, caller, { ...child, path: '/b' });
        setData(db.tree, tx, caller, { path: '/a', data: new Uint8Array(9), version: 0 });
        db.tree.setAcl(tx, '/a', []);
        remove(db.tree, tx, caller, { path: '/a', version: 1 });
        remove(db.tree, tx, caller, { path: '/b', version: 1 });
      }),
    ).toThrow();
    expect(JSON.stringify([db.tree.get('/'), db.tree.get('/a')], plain)).toBe(before);
    expect([db.tree.get('/b'), db.tree.ephemeralsOf(7n)]).toEqual([undefined, []]);
    expect([db.tree.approximateBytes, db.zxid, seen]).toEqual([bytes, zxid + 1n, []]);
  });

  it('number sequential znodes by the children ever created', () => {
    add('/a', 'persistent');
    expect(add('/a/n', 'persistentSequential')).toBe('/a/n0000000000');
    removeNode('/a/n0000000000');
    expect(add('/a/m', 'persistentSequential')).toBe('/a/m0000000001');
  });
});

describe('watches', () => {
  it('tell who watches data and children of a deletion once', () => {
    add('/a', 'persistent');
    const seen: [number, string][] = [];
    const watcher: Watcher = { notify: (type, path) => seen.push([type, path]) };
    db.watches.data.add('/a', watcher, 'oneShot');
    db.watches.child.add('/a', watcher, 'oneShot');
    removeNode('/a');
    expect(seen).toEqual([[EventType.deleted, '/a']]);
    expect(db.watches.count).toBe(0);
  });

  it('go with their watcher', () => {
    const watcher = watchAll(() => {});
    db.watches.data.add('/x', watcher, 'oneShot');
    db.watches.removeAll(watcher);
    expect(db.watches.count).toBe(0);
    expect(db.watches.data.fire('/x', EventType.created, []).size).toBe(0);
  });

  it('a one-shot watch ends a recursive one on its path (ZOOKEEPER-4466)', () => {
    const seen: string[] = [];
    const watcher = watchAll((_, path) => seen.push(path));
    add('/a', 'persistent');
    db.watches.data.add('/', watcher, 'oneShot');
    add('/b', 'persistent');
    expect(seen).toEqual(['/a']);
  });
});

function watchAll(notify: Watcher['notify']): Watcher {
  const watcher = { notify };
  db.watches.addPersistent('/', watcher, 'recursive');
  return watcher;
}

/** bigint and Set in JSON. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Set ? [...(value as Set<string>)].sort() : value;
}
