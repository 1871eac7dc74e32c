import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_ACL } from '../../../src/domain/znode/acl';
import type { ZPath } from '../../../src/domain/znode/path';
import type { Connection } from '../../../src/sandbox/connection';
import { Contents } from '../../../src/sandbox/contents';
import { Database } from '../../../src/sandbox/database';
import { Resident } from '../../../src/sandbox/resident';
import { ORDER_PROVIDERS } from '../../../src/sandbox/sample/data/dubbo';
import { LOCK } from '../../../src/sandbox/sample/data/coordination';
import { answerWord } from '../../../src/sandbox/words';
import { nodeAt, setAcl } from '../../../src/sandbox/writes';
import { parseCons } from '../../../src/zk/connectionList';

const EMPTY_SIZE = 4;
const path = (text: string): ZPath => text as ZPath;

let now = 0;
let db: Database;
let contents: Contents;
let guest: Resident;
beforeEach(async () => {
  const limits = { minTimeoutMs: 4_000, maxTimeoutMs: 40_000 };
  db = new Database(limits, { now: () => now, randomBytes: (count) => new Uint8Array(count) });
  contents = new Contents(db);
  guest = new Resident(db);
  await guest.connect();
});
afterEach(() => contents.reset('empty'));

const owners = async (parent: string): Promise<bigint[]> => {
  const { names } = await guest.getChildren(path(parent));
  const stats = await Promise.all(names.map((name) => guest.exists(path(`${parent}/${name}`))));
  return stats.flatMap((stat) => (stat?.ephemeralOwner ? [stat.ephemeralOwner] : []));
};

describe('what is in a sandbox', () => {
  it('is the sample with members, each in a session that does not expire', async () => {
    await contents.fill('sample');
    const members = [...(await owners(ORDER_PROVIDERS)), ...(await owners(LOCK))];
    expect(new Set(members).size).toBe(members.length);
    expect(members.length).toBeGreaterThan(5);
    now += 3_600_000;
    expect(db.expire()).toEqual([]);
    expect(await owners(LOCK)).toHaveLength(4);
  });

  it('tells who owns its members, as a real server tells of clients', async () => {
    await contents.fill('sample');
    const limits = { minTimeoutMs: 4_000, maxTimeoutMs: 40_000 };
    const host = { db, limits, connections: new Set<Connection>(), port: 1, startedAt: 0 };
    const cons = answerWord('cons', { ...host, claim: () => {}, report: () => {} });
    const ids = parseCons(cons).map(({ sessionId }) => sessionId);
    const members = [...(await owners(ORDER_PROVIDERS)), ...(await owners(LOCK))];
    expect(ids).toEqual(expect.arrayContaining(members));
    expect(new Set(parseCons(cons).map(({ address }) => address)).size).toBe(ids.length);
  });

  it('goes when it is reset, with what others made and with its members', async () => {
    await contents.fill('sample');
    await guest.create(path('/mine'), new Uint8Array(3), { mode: 'ephemeral' });
    await guest.setData(path('/'), new Uint8Array(3), -1);
    const alone = { scheme: 'ip', id: '10.0.0.1', permissions: 31 };
    const caller = { sessionId: 0n, identities: [] };
    db.commit((tx) => setAcl(db.tree, tx, caller, { path: '/', acl: [alone], version: -1 }));
    await contents.reset('empty');
    expect([db.tree.size, db.tree.ephemeralCount, db.sessions.size]).toEqual([EMPTY_SIZE, 0, 1]);
    expect(nodeAt(db.tree, '/')).toMatchObject({ acl: OPEN_ACL, data: new Uint8Array(0) });
    await contents.reset('sample');
    expect(await owners(LOCK)).toHaveLength(4);
  });

  it('is closed to a session that has ended', async () => {
    await guest.close();
    await expect(guest.getChildren(path('/'))).rejects.toMatchObject({ code: 'Closed' });
    expect(db.sessions.size).toBe(0);
  });
});

describe('quotas', () => {
  it('count what is there already, and each change, and are put right when a change fails', async () => {
    const limits = '/zookeeper/quota/a';
    const used = (): string =>
      Buffer.from(nodeAt(db.tree, `${limits}/zookeeper_stats`).data).toString();
    await guest.create(path('/a'), new Uint8Array(5));
    await guest.create(path('/a/b'), new Uint8Array(2));
    await guest.create(path(limits), new Uint8Array(0));
    await guest.create(path(`${limits}/zookeeper_limits`), Buffer.from('count=1,bytes=-1'));
    await guest.create(path(`${limits}/zookeeper_stats`), Buffer.from('count=0,bytes=0'));
    expect(used()).toBe('count=2,bytes=7');
    await guest.setData(path('/a/b'), new Uint8Array(10), -1);
    expect(used()).toBe('count=2,bytes=15');
    expect(() =>
      db.commit((tx) => {
        db.tree.remove(tx, '/a/b');
        throw new Error('the next step');
      }),
    ).toThrow('the next step');
    expect(used()).toBe('count=2,bytes=15');
    await guest.delete(path('/a/b'), -1);
    expect(used()).toBe('count=1,bytes=5');
    await guest.delete(path(`${limits}/zookeeper_limits`), -1);
    await guest.create(path('/a/c'), new Uint8Array(1));
    expect(used()).toBe('count=1,bytes=5');
  });
});
