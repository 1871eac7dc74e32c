import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordOverwrite, recordWrite } from '../../src/zk/edit/undo';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { startProxy } from '../tools/zookeeper/proxy.mjs';
import { Editing } from './editSupport';
import { bytes, closeAll, connected, errorOf, path } from './engineSupport';

/** Undoing changes on a real server: what comes back, what can't, and what must be left alone. */

const MULTI = 14;
const SET_DATA = 5;
const BOB = { credentials: [{ scheme: 'digest', auth: bytes('bob:secret') }] };
const CREATOR = { scheme: 'auth', id: '', permissions: 31 };
const OPEN = { scheme: 'world', id: 'anyone', permissions: 31 };
const WHO = { connectionId: 'dev', connectionName: 'Dev' };

let server: ZkServer;
let editing: Editing;
let other: Editing;
let count = 0;
let root: string;

beforeAll(async () => {
  server = await startStandalone({ extraConfig: { enforceQuota: true } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  root = `/case${count++}`;
  editing = new Editing((await connected(server.connectString)).client);
  other = new Editing((await connected(server.connectString)).client);
});
afterEach(async () => {
  editing.dispose();
  other.dispose();
  await closeAll();
});

const deleteAll = async (): Promise<void> => {
  expect((await editing.delete(await editing.survey(root))).stop).toBeUndefined();
};

describe('the undo of a deletion', () => {
  test('brings back data, structure and ACLs', async () => {
    const { client } = await connected(server.connectString, BOB);
    const bob = new Editing(client);
    const binary = Uint8Array.of(0, 1, 254, 255);
    await bob.make(root, `${root}/a=x`);
    await client.create(path(`${root}/a/secret`), binary, { acl: [CREATOR] });
    const { acl } = await client.getAcl(path(`${root}/a/secret`));
    await bob.delete(await bob.survey(root));
    expect(await client.exists(path(root))).toBeUndefined();
    const plan = await bob.plan();
    expect(plan.creates.map(({ lost, aclFrom }) => [lost.path, aclFrom])).toEqual([
      [root, 'own'],
      [`${root}/a`, 'own'],
      [`${root}/a/secret`, 'own'],
    ]);
    expect(plan.counters).toBe(2);
    expect((await bob.restore(plan)).stop).toBeUndefined();
    const back = await client.getData(path(`${root}/a/secret`));
    expect([...back.data]).toEqual([...binary]);
    expect((await client.getAcl(path(`${root}/a/secret`))).acl).toEqual(acl);
    bob.dispose();
  });

  test('never writes a masked ACL back', async () => {
    const { client: bob } = await connected(server.connectString, BOB);
    await editing.make(root);
    const acl = [CREATOR, { ...OPEN, permissions: 15 }];
    await bob.create(path(`${root}/masked`), bytes('m'), { acl });
    expect((await editing.client.getAcl(path(`${root}/masked`))).acl).toContainEqual(
      expect.objectContaining({ id: 'bob:x' }),
    );
    await deleteAll();
    const plan = await editing.plan();
    expect(plan.creates.map(({ aclFrom }) => aclFrom)).toEqual(['own', 'parent']);
    await editing.restore(plan);
    expect((await editing.client.getAcl(path(`${root}/masked`))).acl).toEqual([OPEN]);
  });

  test('makes ephemerals of this session again, and never those of others', async () => {
    await editing.make(root);
    await editing.client.create(path(`${root}/ours`), bytes('o'), { mode: 'ephemeral' });
    await other.client.create(path(`${root}/theirs`), bytes('t'), { mode: 'ephemeral' });
    await deleteAll();
    const plan = await editing.plan();
    expect(plan.refused).toEqual([{ path: `${root}/theirs`, why: 'ephemeral' }]);
    await editing.restore(plan);
    expect(await editing.tree(root)).toEqual([`${root}=`, `${root}/ours=o`]);
    const stat = await editing.client.exists(path(`${root}/ours`));
    expect(stat?.ephemeralOwner).not.toBe(0n);
  });

  test('makes containers and TTL znodes again where they are known', async () => {
    await editing.make(root);
    const undo = await editing.begin('delete', [path(root)]);
    for (const name of ['container', 'ttl']) {
      const at = path(`${root}/${name}`);
      const mode = name === 'ttl' ? 'persistentTtl' : 'container';
      await editing.client.create(at, bytes(name), { mode, ...(name === 'ttl' && { ttlMs: 1e9 }) });
      const seen = await editing.client.getData(at);
      const known =
        name === 'ttl' ? { kind: 'ttl' as const, ttlMs: 1e9 } : { kind: 'container' as const };
      await undo.lost({ path: at, ...seen, acl: [OPEN], mode: known });
      await editing.client.delete(at, -1);
    }
    await undo.commit();
    expect((await editing.restore(await editing.plan())).created).toBe(2);
    // The server removes a container that had a child once its last one goes.
    await editing.make(`${root}/container/x`);
    await editing.client.delete(path(`${root}/container/x`), -1);
    await expect
      .poll(() => editing.client.exists(path(`${root}/container`)), { timeout: 30_000 })
      .toBeUndefined();
    expect(await editing.tree(root)).toEqual([`${root}=`, `${root}/ttl=ttl`]);
  });

  test('leaves alone what another has put there, and what misses its parent', async () => {
    await editing.make(root, `${root}/a=1`, `${root}/b=2`, `${root}/b/c=3`);
    await deleteAll();
    await other.make(`${root}=theirs`);
    const plan = await editing.plan();
    expect(plan.refused).toEqual([{ path: root, why: 'exists' }]);
    await editing.restore(plan);
    expect(await editing.tree(root)).toEqual([
      `${root}=theirs`,
      `${root}/a=1`,
      `${root}/b=2`,
      `${root}/b/c=3`,
    ]);

    const inner = await editing.survey(`${root}/b/c`);
    await editing.delete(inner);
    await other.client.delete(path(`${root}/b`), -1);
    expect((await editing.plan()).refused).toEqual([{ path: `${root}/b/c`, why: 'noParent' }]);
  });

  test('ends at a quota, and goes on from there when there is room', async () => {
    const leaves = Array.from({ length: 9 }, (_, index) => `${root}/q/${index}=${index}`);
    await editing.make(root, `${root}/q`, ...leaves, `${root}/q/0/deep=d`);
    const before = await editing.tree(root);
    await editing.delete(await editing.survey(`${root}/q`));
    const record = await editing.lastChange();
    await editing.client.setQuota(path(root), { countHardLimit: 4 });
    const first = await editing.restore(await editing.plan(record));
    // Servers check each step of a transaction against the count before it.
    expect(first).toMatchObject({ created: 10, remaining: 1, stop: { reason: 'quota' } });
    await editing.client.setQuota(path(root), undefined);
    const second = await editing.plan(record);
    expect(second.settled).toBe(10);
    expect(await editing.restore(second)).toMatchObject({ created: 1, stop: undefined });
    expect(await editing.tree(root)).toEqual(before);
  });

  test('goes on after a lost connection, and can be rolled back itself', async () => {
    const leaves = Array.from({ length: 700 }, (_, index) => `${root}/leaf${index}=${index}`);
    await editing.make(root, ...leaves);
    const before = await editing.tree(root);
    await deleteAll();
    const record = await editing.lastChange();
    const proxy = await startProxy(server);
    const through = new Editing((await connected(proxy.connectString)).client);
    let transactions = 0;
    proxy.onRequest = ({ type }) => {
      if (type === MULTI && ++transactions === 2) proxy.cutAll();
    };
    const partial = await through.restore(await through.plan(record));
    expect(partial.stop?.reason).toBe('connection');
    expect(partial.remaining).toBeGreaterThan(0);
    expect(await editing.tree(root)).toHaveLength(partial.created);
    const rollback = await through.plan(await through.lastChange());
    expect(rollback.removals).toHaveLength(partial.created);
    expect((await through.restore(rollback)).stop).toBeUndefined();
    expect(await editing.tree(root)).toEqual([]);
    await editing.restore(await editing.plan(record));
    expect(await editing.tree(root)).toEqual(before);
    through.dispose();
    proxy.stop();
  });
});

describe('the undo of', () => {
  const overwrite = async (by: Editing, data: string): Promise<void> => {
    const at = path(root);
    const before = await by.client.getData(at);
    await recordOverwrite(by.undo, WHO, at, before, () =>
      by.writer.setData(at, bytes(data), before.stat.version),
    );
  };

  test('an overwrite brings the value back, unless somebody has written since', async () => {
    await editing.make(`${root}=first`);
    await overwrite(editing, 'second');
    expect(await editing.restore(await editing.plan())).toMatchObject({ reverted: 1 });
    expect(await editing.tree(root)).toEqual([`${root}=first`]);

    await overwrite(editing, 'third');
    await other.client.setData(path(root), bytes('theirs'), -1);
    const plan = await editing.plan();
    expect(plan).toMatchObject({ reverts: [], refused: [{ path: root, why: 'changed' }] });
    await other.client.delete(path(root), -1);
    expect((await editing.plan()).refused).toEqual([{ path: root, why: 'gone' }]);
  });

  test('an overwrite stops when somebody writes between plan and restore', async () => {
    await editing.make(`${root}=first`);
    await overwrite(editing, 'second');
    const plan = await editing.plan();
    await other.client.setData(path(root), bytes('theirs'), -1);
    expect(await editing.restore(plan)).toMatchObject({ reverted: 0, stop: { reason: 'changed' } });
    expect(await editing.tree(root)).toEqual([`${root}=theirs`]);
  });

  test('an overwrite without an answer finds out whether it happened', async () => {
    await editing.make(`${root}=first`);
    const proxy = await startProxy(server);
    const through = new Editing((await connected(proxy.connectString)).client);
    proxy.onRequest = ({ type }) => {
      if (type === SET_DATA) proxy.cutAll();
    };
    expect(await errorOf(overwrite(through, 'second'))).toMatchObject({ code: 'ConnectionLoss' });
    expect(await editing.tree(root)).toEqual([`${root}=first`]);
    expect(await through.plan()).toMatchObject({ settled: 1, refused: [] });
    through.dispose();
    proxy.stop();
  });

  test('an overwrite that happened without an answer is never taken for one that did not', async () => {
    await editing.make(`${root}=first`);
    const proxy = await startProxy(server);
    const through = new Editing((await connected(proxy.connectString)).client);
    // The server gets the request, and its answer gets lost.
    proxy.onRequest = ({ type }) => {
      if (type === SET_DATA) proxy.cutAfter('client', 0);
    };
    expect(await errorOf(overwrite(through, 'second'))).toMatchObject({ code: 'ConnectionLoss' });
    expect(await editing.tree(root)).toEqual([`${root}=second`]);
    expect(await through.plan()).toMatchObject({
      ...{ settled: 0, creates: [], reverts: [] },
      refused: [{ path: root, why: 'changed' }],
    });
    through.dispose();
    proxy.stop();
  });

  test('a refused write leaves nothing to undo', async () => {
    await editing.make(`${root}=first`);
    editing.isWritable = false;
    expect(await errorOf(overwrite(editing, 'second'))).toMatchObject({ code: 'NotReadOnly' });
    expect(await editing.undo.list()).toEqual([]);
  });

  test('an ACL change brings the ACL back and leaves the data', async () => {
    await editing.make(`${root}=data`);
    const at = path(root);
    const { acl, stat } = await editing.client.getAcl(at);
    const { data } = await editing.client.getData(at);
    const lost = { path: at, data, acl, mode: { kind: 'lasting' as const }, stat };
    await recordWrite(editing.undo, { ...WHO, kind: 'setAcl', paths: [at] }, [lost], async () => {
      const changed = [{ ...OPEN, permissions: 17 }];
      const { czxid, version, aversion } = await editing.writer.setAcl(at, changed, stat.aversion);
      return { result: undefined, left: [{ path: at, czxid, version, aversion }] };
    });
    expect(await editing.restore(await editing.plan())).toMatchObject({ reverted: 1 });
    expect((await editing.client.getAcl(at)).acl).toEqual(acl);
    expect((await editing.client.getData(at)).stat.version).toBe(0);
  });

  test('a creation removes what was made, but nothing that grew below it', async () => {
    const left = [];
    for (const at of [root, `${root}/a`, `${root}/b`]) {
      await editing.make(at);
      const stat = await editing.client.exists(path(at));
      left.push({ path: path(at), czxid: stat?.czxid ?? 0n, version: 0 });
    }
    const undo = await editing.begin('create', [path(root)]);
    await undo.commit(left);
    await other.make(`${root}/b/new=theirs`);
    const record = await editing.lastChange();
    const plan = await editing.plan(record);
    expect(plan.removals.map((znode) => znode.path)).toEqual([`${root}/a`]);
    expect(plan.refused.map((znode) => znode.path)).toEqual([`${root}/b`, root]);
    expect(await editing.restore(plan)).toMatchObject({ removed: 1, stop: undefined });
    await other.client.delete(path(`${root}/b/new`), -1);
    expect(await editing.restore(await editing.plan(record))).toMatchObject({ removed: 2 });
    expect(await editing.tree(root)).toEqual([]);
  });
});
