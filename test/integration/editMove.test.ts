import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ZPath } from '../../src/domain/znode/path';
import { carryOver } from '../../src/zk/edit/copyResume';
import { ZkError } from '../../src/zk/errors';
import { startProxy, type Proxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { carry, elsewhere, look, planned, run } from './editCopySupport';
import { Editing } from './editSupport';
import { bytes, closeAll, connected, path } from './engineSupport';

/** Copying and moving subtrees of a real server, and everything that can come between. */

const OPEN = { scheme: 'world', id: 'anyone', permissions: 31 };
const AUTH = { scheme: 'auth', id: '', permissions: 31 };
const BOB = { credentials: [{ scheme: 'digest', auth: bytes('bob:secret') }] };
const MULTI = 14;

let server: ZkServer;
let editing: Editing;
let other: Editing;
let count = 0;
let root: string;
let from: string;
let to: string;

beforeAll(async () => {
  server = await startStandalone({ extraConfig: { enforceQuota: true } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  root = `/case${count++}`;
  [from, to] = [`${root}/from`, `${root}/to`];
  editing = new Editing((await connected(server.connectString)).client);
  other = new Editing((await connected(server.connectString)).client);
  await editing.make(root);
});
afterEach(async () => {
  editing.dispose();
  other.dispose();
  await closeAll();
});

/** `from` with so many leaves below two folders. */
async function fill(leaves: number, data: (index: number) => string = String): Promise<string[]> {
  await editing.make(`${from}=top`, `${from}/a=A`, `${from}/b=B`);
  for (let start = 0; start < leaves; start += 25) {
    const steps = Array.from({ length: Math.min(25, leaves - start) }, (_, index) => ({
      type: 'create' as const,
      path: path(`${from}/${index % 2 === 0 ? 'a' : 'b'}/leaf${start + index}`),
      data: bytes(data(start + index)),
    }));
    await editing.client.transaction(steps);
  }
  return editing.tree(from);
}

const undo = async (by = editing): Promise<void> => {
  expect((await by.restore(await by.plan())).stop).toBeUndefined();
};

/** A client behind a proxy that counts transactions. */
async function behindProxy(onMulti: (number: number, proxy: Proxy) => void): Promise<Editing> {
  const proxy = await startProxy(server);
  const through = new Editing((await connected(proxy.connectString)).client);
  let transactions = 0;
  proxy.onRequest = ({ type }) => {
    if (type === MULTI) onMulti(++transactions, proxy);
  };
  return through;
}

describe('a move', () => {
  test('of 1,000 znodes is one transaction, and its undo another way back', async () => {
    const before = await fill(997);
    const transactions: number[] = [];
    editing.writer.onDidWrite(({ operation, paths }) => {
      if (operation === 'transaction') transactions.push(paths.length);
    });
    const outcome = await carry(editing, 'move', from, to);
    expect(outcome).toMatchObject({ created: 1_000, deleted: 1_000, remaining: 0 });
    expect(outcome).toMatchObject({ isOneTransaction: true, stop: undefined });
    expect(transactions).toEqual([2_000]);
    expect(await editing.tree(to)).toEqual(elsewhere(before, from, to));
    expect(await editing.tree(from)).toEqual([]);
    await undo();
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual([]);
  });

  test('of more than a request holds is done in steps', async () => {
    const before = await fill(60, (index) => `${index}${'x'.repeat(30_000)}`);
    const plan = await planned(editing, 'move', from, to);
    expect(plan.isOneTransaction).toBe(false);
    const outcome = await run(editing, plan);
    expect(outcome).toMatchObject({ created: 63, deleted: 63, isOneTransaction: false });
    expect(await editing.tree(to)).toEqual(elsewhere(before, from, to));
    await undo();
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual([]);
  });

  test('keeps ACLs, and gives masked ones those of the new parent', async () => {
    const { client } = await connected(server.connectString, BOB);
    const acl = [AUTH, { ...OPEN, permissions: 15 }];
    await editing.make(from);
    await editing.client.create(path(`${from}/own`), bytes('o'), {
      acl: [{ ...OPEN, permissions: 23 }],
    });
    await client.create(path(`${from}/masked`), bytes('m'), { acl });
    const outcome = await carry(editing, 'move', from, to);
    expect(outcome).toMatchObject({ created: 3, inherited: 1, stop: undefined });
    const aclOf = async (at: string) => (await editing.client.getAcl(path(at))).acl;
    expect(await aclOf(`${to}/masked`)).toEqual([OPEN]);
    expect(await aclOf(`${to}/own`)).toEqual([{ ...OPEN, permissions: 23 }]);
  });

  test('takes our ephemerals along, and is refused for those of others', async () => {
    await editing.make(from);
    await editing.client.create(path(`${from}/ours`), bytes('o'), { mode: 'ephemeral' });
    expect(await carry(editing, 'move', from, to)).toMatchObject({ created: 2, stop: undefined });
    const stat = await editing.client.exists(path(`${to}/ours`));
    const { state } = editing.client;
    expect(state.kind === 'connected' && state.sessionId).toBe(stat?.ephemeralOwner);
    await other.client.create(path(`${to}/theirs`), bytes('t'), { mode: 'ephemeral' });
    expect(await look(editing, 'move', to, from)).toMatchObject({
      ...{ problem: 'foreignEphemerals', count: 1 },
    });
    expect(await carry(editing, 'copy', to, from)).toMatchObject({ created: 1, ephemerals: 2 });
    expect(await editing.tree(from)).toEqual([`${from}=`]);
  });

  test('is refused without source, parent, or right to list', async () => {
    const { client } = await connected(server.connectString, BOB);
    expect(await look(editing, 'move', from, to)).toMatchObject({ problem: 'noSource' });
    expect(await look(editing, 'move', root, `${root}x/y`)).toMatchObject({
      ...{ problem: 'noParent', path: `${root}x` },
    });
    await editing.client.create(path(from), bytes(''), { mode: 'ephemeral' });
    await editing.make(`${root}/x`);
    expect(await look(editing, 'copy', `${root}/x`, `${from}/y`)).toMatchObject({
      problem: 'ephemeralParent',
    });
    await client.create(path(to), bytes(''), { acl: [AUTH] });
    await client.create(path(`${to}/below`), bytes(''));
    expect(await look(editing, 'move', to, `${root}/z`)).toMatchObject({ problem: 'unlistable' });
  });
});

describe('what is in the way', () => {
  beforeEach(async () => {
    await editing.make(`${from}=1`, `${from}/same=s`, `${from}/other=ours`, `${from}/new=n`);
    await other.make(`${to}=1`, `${to}/same=s`, `${to}/other=theirs`, `${to}/more=m`);
  });

  test('is found, and skipped with what lies above it', async () => {
    const plan = await planned(editing, 'move', from, to);
    expect([plan.existing.size, plan.differing]).toEqual([3, 1]);
    expect(await run(editing, plan)).toMatchObject({
      ...{ created: 1, equal: 2, skipped: 1, overwritten: 0, deleted: 2, remaining: 2 },
    });
    expect(await editing.tree(from)).toEqual([`${from}=1`, `${from}/other=ours`]);
    expect(await editing.tree(to)).toEqual([
      ...[`${to}=1`, `${to}/more=m`, `${to}/new=n`, `${to}/other=theirs`, `${to}/same=s`],
    ]);
  });

  test('is overwritten, and comes back by the undo', async () => {
    const [before, theirs] = [await editing.tree(from), await editing.tree(to)];
    const outcome = await carry(editing, 'move', from, to, { conflicts: 'overwrite' });
    expect(outcome).toMatchObject({ created: 1, equal: 2, overwritten: 1, deleted: 4 });
    expect(await editing.tree(to)).toContain(`${to}/other=ours`);
    await undo();
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual(theirs);
  });

  test.each([
    [
      'overwritten by others since',
      () => other.client.setData(path(`${to}/other`), bytes('!'), -1),
    ],
    ['equal, and changed since', () => other.client.setData(path(`${to}/same`), bytes('!'), -1)],
  ])('stays when it was %s', async (_, meanwhile) => {
    const before = await editing.tree(from);
    const plan = await planned(editing, 'move', from, to);
    await meanwhile();
    const theirs = await editing.tree(to);
    const outcome = await run(editing, plan, { conflicts: 'overwrite' });
    expect(outcome).toMatchObject({ created: 0, deleted: 0, stop: { reason: 'changed' } });
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual(theirs);
  });
});

describe('a move ends, and nothing is lost, when', () => {
  const setFrom = () => other.client.setData(path(`${from}/a`), bytes('!'), -1);

  test.each([
    ['the source was changed', 'changed', setFrom],
    [
      'the source was created again',
      'recreated',
      async () => {
        await other.client.delete(path(`${from}/b/leaf1`), -1);
        await other.make(`${from}/b/leaf1=theirs`);
      },
    ],
    ['a znode vanished', 'recreated', () => other.client.delete(path(`${from}/b/leaf1`), -1)],
    ['the source has got a child', 'newChildren', () => other.make(`${from}/a/new=theirs`)],
    ['the target was created', 'exists', () => other.make(`${to}=theirs`)],
    [
      'the quota is used up',
      'quota',
      () => editing.client.setQuota(path(root), { countHardLimit: 3 }),
    ],
    [
      'the connection became read-only',
      'readOnly',
      () => {
        editing.isWritable = false;
        return Promise.resolve();
      },
    ],
    [
      'the target may not be written',
      'noPermission',
      () => other.client.setAcl(path(root), [{ ...OPEN, permissions: 17 }], -1),
    ],
  ])('%s', async (_, reason, meanwhile) => {
    await fill(10);
    const plan = await planned(editing, 'move', from, to);
    await meanwhile();
    const [source, target] = [await other.tree(from), await other.tree(to)];
    const outcome = await run(editing, plan);
    expect(outcome).toMatchObject({ created: 0, deleted: 0, stop: { reason } });
    expect(await other.tree(from)).toEqual(source);
    expect(await other.tree(to)).toEqual(target);
  });

  test('the source was changed between copy and deletion of a large move', async () => {
    await fill(700, (index) => `${index}${'y'.repeat(2_000)}`);
    const through = await behindProxy(() => undefined);
    const plan = await planned(through, 'move', from, to);
    let isChanged = false;
    const outcome = await run(through, plan, {
      onProgress: (done, total) => {
        if (done < total / 2 || isChanged) return;
        isChanged = true;
        through.isWritable = false; // as if the user had switched it in the midst
      },
    });
    expect(outcome.stop?.reason).toBe('readOnly');
    expect(outcome.deleted).toBe(0);
    await setFrom();
    through.isWritable = true;
    const again = await planned(through, 'move', from, to);
    expect(again).toMatchObject({ differing: 1 });
    expect(await run(through, again)).toMatchObject({ skipped: 1, remaining: 2 });
    expect(await other.tree(from)).toEqual([`${from}=top`, `${from}/a=!`]);
    through.dispose();
  });

  test.each([1, 3, 5, 9])('the connection is lost at request %i; then it goes on', async (at) => {
    const before = await fill(700, (index) => `${index}${'z'.repeat(2_000)}`);
    const through = await behindProxy((number, proxy) => {
      if (number === at) proxy.cutAll();
    });
    const outcome = await run(through, await planned(through, 'move', from, to));
    expect(outcome.stop?.reason).toBe('connection');
    const record = await through.lastChange();
    expect(record.isComplete).toBe(false);
    const plan = await planned(through, 'move', from, to);
    const undoing = await through.begin('move', [plan.source, plan.target]);
    expect(await carryOver(record, plan, undoing)).toBe(true);
    expect(await run(through, plan, { undo: undoing })).toMatchObject({ stop: undefined });
    expect(await editing.tree(from)).toEqual([]);
    expect(await editing.tree(to)).toEqual(elsewhere(before, from, to));
    await undo(through);
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual([]);
    through.dispose();
  });

  test('the connection is lost in one transaction: it happened or not, and we know', async () => {
    const before = await fill(20);
    const through = await behindProxy((_, proxy) => proxy.cutAll());
    const outcome = await run(through, await planned(through, 'move', from, to));
    expect(outcome).toMatchObject({ isUnknown: false, stop: { reason: 'connection' } });
    const now = await editing.tree(to);
    expect(now).toHaveLength(outcome.created);
    expect(await editing.tree(from)).toHaveLength(before.length - outcome.created);
    through.dispose();
  });

  test('a question fails: what waits for its turn is not asked any more', async () => {
    await fill(200);
    const plan = await planned(editing, 'copy', from, to);
    const { client } = editing;
    let asked = 0;
    const failing = Object.assign(Object.create(client) as typeof client, {
      getAcl: (at: ZPath) => {
        if (!at.includes('leaf')) return client.getAcl(at);
        asked++;
        return Promise.reject(new ZkError('ConnectionLoss', 'cut', at));
      },
    });
    const outcome = await run(editing, plan, { from: failing });
    expect(outcome).toMatchObject({ created: 0, stop: { reason: 'connection' } });
    await sleep(200);
    expect(asked).toBeLessThan(20);
  });

  test('it is cancelled half-way, and can be rolled back', async () => {
    const before = await fill(700, (index) => `${index}${'c'.repeat(2_000)}`);
    const abort = new AbortController();
    const outcome = await run(editing, await planned(editing, 'move', from, to), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    expect(outcome.stop?.reason).toBe('cancelled');
    expect(outcome.created).toBeGreaterThan(0);
    expect(await editing.tree(to)).toHaveLength(outcome.created);
    await undo();
    expect(await editing.tree(to)).toEqual([]);
    expect(await editing.tree(from)).toEqual(before);
  });
});

describe('a copy', () => {
  test('leaves the source, and its undo only what others made of it', async () => {
    const before = await fill(20);
    expect(await carry(editing, 'copy', from, to)).toMatchObject({ created: 23, deleted: 0 });
    expect(await editing.tree(from)).toEqual(before);
    expect(await editing.tree(to)).toEqual(elsewhere(before, from, to));
    await other.client.setData(path(`${to}/a/leaf0`), bytes('theirs'), -1);
    const plan = await editing.plan();
    expect(plan.refused.map(({ path: at }) => at)).toContain(`${to}/a/leaf0`);
    await editing.restore(plan);
    expect(await editing.tree(to)).toEqual([`${to}=top`, `${to}/a=A`, `${to}/a/leaf0=theirs`]);
  });

  test('goes to another ensemble', async () => {
    const before = await fill(20);
    const second = await startStandalone();
    const there = new Editing((await connected(second.connectString)).client);
    const plan = await planned(editing, 'copy', from, '/copied', there.client);
    const outcome = await run(there, plan, { from: editing.client });
    expect(outcome).toMatchObject({ created: 23, stop: undefined });
    expect(await there.tree('/copied')).toEqual(elsewhere(before, from, '/copied'));
    await undo(there);
    expect(await there.tree('/copied')).toEqual([]);
    expect(await editing.tree(from)).toEqual(before);
    there.dispose();
    await second.stop();
  });
});
