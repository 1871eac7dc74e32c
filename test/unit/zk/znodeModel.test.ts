import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger';
import type { ZPath } from '../../../src/domain/znode/path';
import { ZkError } from '../../../src/zk/errors';
import { ZnodeModel, type ZnodeChange } from '../../../src/zk/znodeModel';
import { CONNECTED, FakeClient } from '../../fakes/client';

const path = (text: string): ZPath => text as ZPath;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('ZnodeModel', () => {
  let client: FakeClient;
  let model: ZnodeModel;
  let changes: ZnodeChange[];

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    await client.create(path('/a'));
    await client.create(path('/a/x'));
    model = new ZnodeModel(client, silentLogger);
    changes = [];
    model.onDidChange((burst) => changes.push(...burst));
    client.moveTo(CONNECTED);
    return () => {
      model.dispose();
      vi.useRealTimers();
    };
  });

  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);
  const show = async (...paths: string[]): Promise<void> => {
    for (const text of paths) {
      model.hold(path(text), 'stat');
      await model.stat(path(text));
    }
  };
  const expand = async (text: string): Promise<void> => {
    model.hold(path(text), 'children');
    await model.children(path(text));
  };

  it('asks once for what is held and answers again from memory', async () => {
    await expand('/a');
    expect(await model.children(path('/a'))).toEqual(['x']);
    expect(client.requests).toEqual(['getChildren /a']);
  });

  it('asks once for two that want the same at the same time', async () => {
    model.hold(path('/a'), 'children');
    await Promise.all([model.children(path('/a')), model.children(path('/a'))]);
    expect(client.requests).toEqual(['getChildren /a']);
  });

  it('announces the names that came and went, and watches again', async () => {
    await expand('/a');
    await client.create(path('/a/y'));
    await client.delete(path('/a/x'));
    await settle();
    expect(changes).toEqual([{ path: '/a', type: 'children', added: ['y'], removed: ['x'] }]);
    await client.create(path('/a/z'));
    await settle();
    expect(changes.at(-1)).toMatchObject({ added: ['z'], removed: [] });
  });

  it('reads once for a burst of changes', async () => {
    await expand('/a');
    for (let i = 0; i < 50; i++) await client.create(path(`/a/n${i}`));
    await settle();
    expect(client.requests).toHaveLength(2);
    expect(changes).toHaveLength(1);
  });

  it('tells a write from a deletion and from a creation', async () => {
    await show('/a/x', '/a/later');
    await client.setData(path('/a/x'), bytes('1'));
    await settle();
    await client.delete(path('/a/x'));
    await client.create(path('/a/later'));
    await settle();
    expect(changes).toEqual([
      { path: '/a/x', type: 'data' },
      { path: '/a/x', type: 'deleted' },
      { path: '/a/later', type: 'created' },
    ]);
  });

  it('sees a znode that was deleted and created again as written', async () => {
    await show('/a/x');
    await client.delete(path('/a/x'));
    await client.create(path('/a/x'));
    await settle();
    expect(changes).toEqual([{ path: '/a/x', type: 'data' }]);
  });

  it('takes the child count of a shown row from the listing', async () => {
    await show('/a');
    await expand('/a');
    await client.create(path('/a/y'));
    await settle();
    expect(model.peekStat(path('/a'))?.numChildren).toBe(2);
    expect(changes.map(({ type }) => type)).toContain('stat');
  });

  it('does not lose an event that arrives together with the reply', async () => {
    model.hold(path('/a'), 'children');
    client.beforeAnswer = () => {
      client.beforeAnswer = () => undefined;
      // The watch is armed with this reply; the change comes before anybody has seen the reply.
      queueMicrotask(() => void client.create(path('/a/y')));
    };
    await model.children(path('/a'));
    await settle();
    expect(model.peekChildren(path('/a'))).toEqual(['x', 'y']);
  });

  it('reads everything again after a session was lost', async () => {
    await expand('/a');
    await show('/a/x');
    client.expire();
    await settle();
    await client.create(path('/a/y'));
    await client.setData(path('/a/x'), bytes('1'));
    await settle();
    expect(model.peekChildren(path('/a'))).toEqual(['x', 'y']);
    expect(model.peekStat(path('/a/x'))?.version).toBe(1);
  });

  it('notices after a reconnect what happened meanwhile', async () => {
    await expand('/a');
    client.moveTo({ kind: 'suspended' });
    await client.create(path('/a/y'));
    await settle();
    expect(changes).toEqual([]);
    client.moveTo(CONNECTED);
    await settle();
    expect(changes).toMatchObject([{ path: '/a', added: ['y'] }]);
  });

  it('keeps what it shows when a reading fails for the moment, and tries again', async () => {
    await expand('/a');
    client.beforeAnswer = () => {
      throw new ZkError('ConnectionLoss', 'cut');
    };
    await client.create(path('/a/y'));
    await settle();
    expect(model.peekChildren(path('/a'))).toEqual(['x']);
    expect(client.requestCount).toBe(2);
    client.beforeAnswer = () => undefined;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(model.peekChildren(path('/a'))).toEqual(['x', 'y']);
  });

  it('reports that a list may no longer be read, and that it may again', async () => {
    await expand('/a');
    client.beforeAnswer = () => {
      throw new ZkError('NoAuth', 'no');
    };
    await client.create(path('/a/y'));
    await settle();
    expect(changes).toEqual([{ path: '/a', type: 'error' }]);
    await expect(model.children(path('/a'))).rejects.toMatchObject({ code: 'NoAuth' });
    client.beforeAnswer = () => undefined;
    expect(await model.children(path('/a'))).toEqual(['x', 'y']);
  });

  it('asks for nothing while paused and catches up when resumed', async () => {
    await expand('/a');
    await show('/a/x');
    model.pause();
    const before = client.requestCount;
    await client.create(path('/a/y'));
    await client.setData(path('/a/x'), bytes('1'));
    await settle();
    expect(client.requestCount).toBe(before);
    expect(changes).toEqual([]);
    expect(model.waiting).toBe(2);
    model.resume();
    await settle();
    expect(changes.map(({ type }) => type).sort()).toEqual(['children', 'data']);
    expect(model.waiting).toBe(0);
  });

  it('watches after resuming what was first read while paused', async () => {
    model.pause();
    await expand('/a');
    expect(client.watchCount).toBe(0);
    model.resume();
    await settle();
    await client.create(path('/a/y'));
    await settle();
    expect(changes).toMatchObject([{ added: ['y'] }]);
  });

  it('forgets what nobody holds, and keeps what somebody else still does', async () => {
    const first = model.hold(path('/a'), 'children');
    const second = model.hold(path('/a'), 'children');
    await model.children(path('/a'));
    first.dispose();
    first.dispose();
    expect(model.peekChildren(path('/a'))).toEqual(['x']);
    second.dispose();
    expect(model.peekChildren(path('/a'))).toBeUndefined();
    await client.create(path('/a/y'));
    await settle();
    expect(changes).toEqual([]);
  });

  it('rechecks child counts of rows that no watch reports, the oldest first', async () => {
    await show('/a', '/a/x');
    await client.create(path('/a/x/deep'));
    await vi.advanceTimersByTimeAsync(6_000);
    const before = client.requestCount;
    model.recheck(1, 5_000);
    await settle();
    expect(client.requests.slice(before)).toEqual(['exists /a']);
    model.recheck(1, 5_000);
    await settle();
    expect(changes).toEqual([{ path: '/a/x', type: 'stat' }]);
  });

  it('keeps one-shot watches single when it rechecks', async () => {
    await show('/a/x');
    await vi.advanceTimersByTimeAsync(6_000);
    model.recheck(1, 5_000);
    await settle();
    expect(client.watchCount).toBe(1);
    await client.setData(path('/a/x'), bytes('1'));
    await settle();
    expect(changes).toEqual([{ path: '/a/x', type: 'data' }]);
  });
});
