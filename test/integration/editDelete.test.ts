import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ZPath } from '../../src/domain/znode/path';
import { Pacer } from '../../src/zk/edit/pacer';
import { survey } from '../../src/zk/edit/survey';
import { ZkError } from '../../src/zk/errors';
import { startProxy, type Proxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { Editing } from './editSupport';
import { bytes, closeAll, connected, newClient, path } from './engineSupport';

/** Deleting subtrees of a real server, and everything that can come between. */

const OPEN = { scheme: 'world', id: 'anyone', permissions: 31 };
const MULTI = 14;

let server: ZkServer;
let editing: Editing;
let other: Editing;
let count = 0;
let root: string;

beforeAll(async () => {
  server = await startStandalone();
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

/** Three generations: `root`, four folders, 300 leaves each. */
async function fill(): Promise<void> {
  await editing.make(`${root}=top`);
  for (const folder of ['a', 'b', 'c', 'd']) {
    await editing.make(`${root}/${folder}=${folder}`);
    const steps = Array.from({ length: 300 }, (_, index) => ({
      type: 'create' as const,
      path: path(`${root}/${folder}/leaf${index}`),
      data: bytes(`${folder}${index}`),
    }));
    await editing.client.transaction(steps);
  }
}

const ZNODES = 1 + 4 + 4 * 300;

describe('a survey', () => {
  test('counts what there is, and who holds it', async () => {
    await editing.make(`${root}=12345`, `${root}/a=123`, `${root}/a/b=`);
    await editing.client.create(path(`${root}/ours`), bytes(''), { mode: 'ephemeral' });
    await other.client.create(path(`${root}/theirs`), bytes(''), { mode: 'ephemeral' });
    const { counts, levels, obstacles } = await editing.survey(root);
    expect(counts).toMatchObject({ znodes: 5, depth: 3, bytes: 8, counters: 2 });
    expect(counts.ephemerals).toEqual({ ours: 1, others: 1 });
    expect(levels.map((level) => level.map((znode) => znode.path).sort())).toEqual([
      [root],
      [`${root}/a`, `${root}/ours`, `${root}/theirs`],
      [`${root}/a/b`],
    ]);
    expect(obstacles).toEqual([]);
  });

  test('takes each subtree once, and says which ones are not there', async () => {
    await editing.make(root, `${root}/a`, `${root}/a/b`, `${root}x`);
    const found = await editing.survey(`${root}/a/b`, root, `${root}x`, `${root}/a`, `${root}-`);
    expect(found.roots).toEqual([root, `${root}x`]);
    expect(found.missing).toEqual([`${root}-`]);
    expect(found.counts.znodes).toBe(4);
  });

  test('knows what will stand in the way', async () => {
    const { client } = await connected(server.connectString, {
      credentials: [{ scheme: 'digest', auth: bytes('bob:secret') }],
    });
    const auth = { scheme: 'auth', id: '', permissions: 31 };
    await editing.make(root, `${root}/quota`);
    await client.create(path(`${root}/hidden`), bytes(''), { acl: [auth] });
    await client.create(path(`${root}/hidden/x`), bytes(''));
    const readable = { ...OPEN, permissions: 1 };
    await client.create(path(`${root}/fixed`), bytes(''), { acl: [auth, readable] });
    await client.create(path(`${root}/fixed/x`), bytes(''));
    await client.setQuota(path(`${root}/quota`), { count: 5 });
    const { obstacles, counts } = await editing.survey(root);
    expect(obstacles).toHaveLength(3);
    expect(obstacles).toContainEqual({ kind: 'unlistable', path: `${root}/hidden` });
    expect(obstacles).toContainEqual({ kind: 'undeletable', path: `${root}/fixed` });
    expect(obstacles).toContainEqual({ kind: 'quota', path: `${root}/quota` });
    expect(counts.masked).toBe(1);
    const bob = new Editing(client);
    const kinds = (await bob.survey(root)).obstacles.map(({ kind }) => kind);
    expect(kinds).toEqual(['quota']);
    bob.dispose();
  });

  test('ends at its limit with partial counts, and when it is cancelled', async () => {
    await fill();
    const { client } = editing;
    const limited = await survey(client, [path(root)], {
      pacer: editing.pacer(),
      maxZnodes: 100,
    });
    expect(limited.isTooLarge).toBe(true);
    expect(limited.counts.znodes).toBeGreaterThanOrEqual(100);
    expect(limited.counts.znodes).toBeLessThan(ZNODES);
    const abort = new AbortController();
    const seen: number[] = [];
    const cancelled = survey(client, [path(root)], {
      pacer: new Pacer({ perSecond: undefined, signal: abort.signal }),
      onProgress: ({ znodes }) => {
        seen.push(znodes);
        if (znodes === 50) abort.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen.length).toBeLessThan(ZNODES);
  });
});

describe('a deletion', () => {
  test('takes the whole subtree, and nothing beside it', async () => {
    await fill();
    await editing.make(`${root}x=kept`);
    const outcome = await editing.delete(await editing.survey(root));
    expect(outcome).toEqual({
      ...{ deleted: ZNODES, vanished: 0, remaining: 0, unknown: 0, unkept: 0, stop: undefined },
    });
    expect(await editing.tree(root)).toEqual([]);
    expect(await editing.tree(`${root}x`)).toEqual([`${root}x=kept`]);
  });

  test('ends where permission is missing, and says where', async () => {
    await fill();
    await editing.client.setAcl(path(`${root}/b`), [{ ...OPEN, permissions: 1 + 16 }], -1);
    const outcome = await editing.delete(await editing.survey(root));
    expect(outcome.stop).toMatchObject({ reason: 'noPermission' });
    expect(outcome.stop?.path).toMatch(new RegExp(`^${root}/b/leaf`));
    await exactly(outcome);
    expect(outcome.remaining).toBeGreaterThanOrEqual(302);
  });

  test('ends at children that it may not see', async () => {
    await editing.make(root, `${root}/hidden`, `${root}/hidden/x`, `${root}/other`);
    await editing.client.setAcl(path(`${root}/hidden`), [{ ...OPEN, permissions: 16 }], -1);
    const outcome = await editing.delete(await editing.survey(root));
    expect(outcome.stop).toMatchObject({ reason: 'noPermission', path: `${root}/hidden` });
    expect(outcome).toMatchObject({ deleted: 0, remaining: 3 });
  });

  test.each([
    ['changed', () => other.client.setData(path(`${root}/c/leaf7`), bytes('theirs'), -1)],
    [
      'recreated',
      async () => {
        await other.client.delete(path(`${root}/c/leaf7`), -1);
        await other.make(`${root}/c/leaf7=theirs`);
      },
    ],
    ['newChildren', () => other.make(`${root}/c/leaf7/new=theirs`)],
  ])('leaves what was %s after the survey', async (reason, interfere) => {
    await fill();
    const surveyed = await editing.survey(root);
    await interfere();
    const outcome = await editing.delete(surveyed);
    expect(outcome.stop).toMatchObject({ reason, path: `${root}/c/leaf7` });
    await exactly(outcome, reason === 'newChildren' ? 1 : 0);
    expect((await other.tree(`${root}/c`)).join()).toContain('leaf7');
    const again = await editing.delete(await editing.survey(root));
    expect(again.stop).toBeUndefined();
    expect(await editing.tree(root)).toEqual([]);
  });

  test('without undo, leaves what was recreated at the same version', async () => {
    await editing.make(root, `${root}/a=ours`);
    const surveyed = await editing.survey(root);
    await other.client.delete(path(`${root}/a`), -1);
    await other.make(`${root}/a=theirs`);
    const outcome = await editing.delete(surveyed, { undo: undefined });
    expect(outcome).toMatchObject({ deleted: 0, remaining: 2, stop: { reason: 'recreated' } });
    expect(await editing.tree(root)).toEqual([`${root}=`, `${root}/a=theirs`]);
  });

  test('does not mind what has vanished, before or at the last moment', async () => {
    await fill();
    const surveyed = await editing.survey(root);
    await other.client.delete(path(`${root}/a/leaf1`), -1);
    // The first transaction is held up until somebody else has taken one of its znodes.
    const { client, writer } = editing;
    let isFirst = true;
    const slow = Object.assign(Object.create(writer) as typeof writer, {
      transaction: async (steps: Parameters<typeof writer.transaction>[0]) => {
        const [wasFirst] = [isFirst, (isFirst = false)];
        if (wasFirst) await other.client.delete(steps[5]?.path ?? path('/'), -1);
        return writer.transaction(steps);
      },
    });
    const outcome = await editing.delete(surveyed, { client, writer: slow });
    expect(outcome).toMatchObject({ deleted: ZNODES - 2, vanished: 2, stop: undefined });
    expect((await editing.lastChange()).lost).toHaveLength(ZNODES - 2);
  });

  test('knows what was done when the connection is lost half-way', async () => {
    await fill();
    const proxy = await startProxy(server);
    const through = new Editing((await connected(proxy.connectString)).client);
    const surveyed = await through.survey(root);
    cutAtTransaction(proxy, 4);
    const outcome = await through.delete(surveyed);
    expect(outcome.stop?.reason).toBe('connection');
    expect(outcome.unknown).toBe(0);
    await exactly(outcome);
    const record = await through.lastChange();
    expect(record.lost).toHaveLength(outcome.deleted);
    through.dispose();
    proxy.stop();
  });

  test('takes down nothing that it gave up to delete', async () => {
    await fill();
    const surveyed = await editing.survey(root);
    const { client } = editing;
    const failing = Object.assign(Object.create(client) as typeof client, {
      getAcl: async (at: ZPath) => {
        if (at === `${root}/b/leaf7`) throw new ZkError('ConnectionLoss', 'cut', at);
        await sleep(100);
        return client.getAcl(at);
      },
    });
    const outcome = await editing.delete(surveyed, { client: failing });
    expect(outcome.stop?.reason).toBe('connection');
    await exactly(outcome);
    expect((await editing.lastChange()).lost).toHaveLength(outcome.deleted);
  });

  test('says what it does not know when the connection does not come back', async () => {
    await fill();
    const proxy = await startProxy(server);
    const { client } = newClient(proxy.connectString, { requestTimeoutMs: 1_000 });
    await client.connect();
    const through = new Editing(client);
    const surveyed = await through.survey(root);
    proxy.onRequest = ({ type }) => {
      if (type !== MULTI) return;
      proxy.refuse();
      proxy.cutAll();
    };
    const outcome = await through.delete(surveyed);
    expect(outcome.stop?.reason).toBe('connection');
    expect(outcome.unknown).toBeGreaterThan(0);
    const { deleted, remaining, unknown } = outcome;
    expect(deleted + remaining + unknown).toBe(ZNODES);
    through.dispose();
    proxy.stop();
  });

  test('ends soon after it is cancelled, with exact counts, and its undo brings all back', async () => {
    await fill();
    const before = await editing.tree(root);
    const abort = new AbortController();
    const outcome = await editing.delete(await editing.survey(root), {
      signal: abort.signal,
      pacer: editing.pacer(abort.signal),
      onProgress: (deleted) => deleted >= 200 && abort.abort(),
    });
    expect(outcome.stop).toEqual({ reason: 'cancelled' });
    expect(outcome.deleted).toBeGreaterThanOrEqual(200);
    await exactly(outcome);
    expect(outcome.remaining).toBeGreaterThan(0);
    const restored = await editing.restore(await editing.plan());
    expect(restored).toMatchObject({ created: outcome.deleted, remaining: 0, stop: undefined });
    expect(await editing.tree(root)).toEqual(before);
  });

  test('is refused on a read-only connection', async () => {
    await fill();
    editing.isWritable = false;
    const outcome = await editing.delete(await editing.survey(root));
    expect(outcome).toMatchObject({ deleted: 0, stop: { reason: 'readOnly' } });
    expect(outcome.remaining).toBe(ZNODES);
  });

  test('ends when its losses can no longer be kept', async () => {
    await fill();
    const small = new Editing(editing.client, { bytesPerChange: 60_000 });
    const outcome = await small.delete(await small.survey(root));
    expect(outcome.stop?.reason).toBe('undoFull');
    await exactly(outcome);
    expect((await small.restore(await small.plan())).stop).toBeUndefined();
    expect(await editing.tree(root)).toHaveLength(ZNODES);
    small.dispose();
  });

  test('takes names that look like paths, carry directions or other scripts', async () => {
    const names = ['..a', '...', 'a..', '.b', '%2e%2e', 'שלום', '\u202egnp', '名前', ' ', '$(x)'];
    await editing.make(root, ...names.map((name) => `${root}/${name}=${name}`));
    const before = await editing.tree(root);
    const outcome = await editing.delete(await editing.survey(root));
    expect(outcome).toMatchObject({ deleted: names.length + 1, stop: undefined });
    await editing.restore(await editing.plan());
    expect(await editing.tree(root)).toEqual(before);
    for (const name of ['a\u0007', '😀']) {
      await expect(editing.make(`${root}/${name}`)).rejects.toMatchObject({ code: 'BadArguments' });
    }
  });

  /** What an outcome says is what the server has. @param more znodes that others have added */
  async function exactly(
    { deleted, remaining, vanished }: Awaited<ReturnType<Editing['delete']>>,
    more = 0,
  ): Promise<void> {
    expect((await editing.tree(root)).length).toBe(remaining + more);
    expect(deleted + remaining + vanished).toBe(ZNODES);
  }
});

function cutAtTransaction(proxy: Proxy, number: number): void {
  let seen = 0;
  proxy.onRequest = ({ type }) => {
    if (type === MULTI && ++seen === number) proxy.cutAll();
  };
}
