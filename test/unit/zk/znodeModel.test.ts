import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger';
import type { ZPath } from '../../../src/domain/znode/path';
import { ZkError } from '../../../src/zk/errors';
import type { ZnodeChange } from '../../../src/zk/znodeChange';
import { ZnodeModel } from '../../../src/zk/znodeModel';
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
    expect(client.requests).toEqual(['addWatch /a', 'getChildren /a']);
  });

  it('asks once for two that want the same at the same time', async () => {
    model.hold(path('/a'), 'children');
    await Promise.all([model.children(path('/a')), model.children(path('/a'))]);
    expect(client.requests).toEqual(['addWatch /a', 'getChildren /a']);
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
    expect(client.requests).toEqual(['addWatch /a', 'getChildren /a', 'getChildren /a']);
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
    const attempts = client.requestCount;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.requestCount).toBe(attempts);
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

  it('takes all watches away while paused, asks for nothing, and catches up when resumed', async () => {
    await expand('/a');
    await show('/a/x');
    expect(client.watched).toEqual(['data /a/x', 'persistent /a']);
    model.live.pause();
    await settle();
    expect(client.watched).toEqual([]);
    const before = client.requestCount;
    await client.create(path('/a/y'));
    await client.setData(path('/a/x'), bytes('1'));
    client.expire();
    await settle();
    expect(client.requestCount).toBe(before);
    expect(changes).toEqual([]);
    await model.resume();
    await settle();
    expect(changes.map(({ type }) => type).sort()).toEqual(['children', 'data']);
    expect(client.watched).toEqual(['data /a/x', 'persistent /a']);
  });

  it('watches after resuming what was first read while paused', async () => {
    model.live.pause();
    await expand('/a');
    expect(client.watched).toEqual([]);
    await model.resume();
    await settle();
    await client.create(path('/a/y'));
    await settle();
    expect(changes).toMatchObject([{ added: ['y'] }]);
  });

  it('never has two kinds of watch on one path', async () => {
    await expand('/a');
    await show('/a');
    expect(client.watched).toEqual(['persistent /a']);
    await client.setData(path('/a'), bytes('1'));
    await settle();
    expect(changes).toEqual([{ path: '/a', type: 'data' }]);
  });

  it('gives a row a watch of its own when its list is no longer shown', async () => {
    await show('/a');
    const list = model.hold(path('/a'), 'children');
    await model.children(path('/a'));
    list.dispose();
    await settle();
    expect(client.watched).toEqual(['data /a']);
    await client.setData(path('/a'), bytes('1'));
    await settle();
    expect(changes).toEqual([{ path: '/a', type: 'data' }]);
  });

  it('uses one-shot watches where the server knows no others', async () => {
    client.isOld = true;
    await expand('/a');
    await settle();
    expect(client.watched).toEqual(['children /a']);
    await client.create(path('/a/y'));
    await settle();
    await client.create(path('/a/z'));
    await settle();
    expect(model.peekChildren(path('/a'))).toEqual(['x', 'y', 'z']);
    expect(client.requests.filter((request) => request.startsWith('addWatch'))).toHaveLength(1);
    await expect(model.live.watchSubtree(path('/a'))).rejects.toMatchObject({
      code: 'Unimplemented',
    });
  });

  it('follows a subtree by one watch, and each list again when it ends', async () => {
    await expand('/a');
    await expand('/a/x');
    await model.live.watchSubtree(path('/a'));
    await settle();
    expect(client.watched).toEqual(['recursive /a']);
    await client.create(path('/a/x/new'));
    await settle();
    await client.delete(path('/a/x/new'));
    await settle();
    expect(changes).toMatchObject([{ added: ['new'] }, { removed: ['new'] }]);
    await model.live.unwatchSubtree(path('/a'));
    await settle();
    expect(client.watched).toEqual(['persistent /a', 'persistent /a/x']);
  });

  it('reads a list with too many events by the clock, says so, and watches it again', async () => {
    await expand('/a');
    let announced = 0;
    model.live.onDidChange(() => announced++);
    for (let i = 0; i < 201; i++) await client.create(path(`/a/n${i}`));
    await settle();
    expect(model.live.isThrottled(path('/a'))).toBe(true);
    expect(announced).toBe(1);
    expect(client.watched).toEqual([]);
    await client.create(path('/a/late'));
    await vi.advanceTimersByTimeAsync(2_200);
    expect(model.peekChildren(path('/a'))).toContain('late');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(model.live.isThrottled(path('/a'))).toBe(false);
    expect(announced).toBe(2);
    expect(client.watched).toEqual(['persistent /a']);
    await client.create(path('/a/again'));
    await settle();
    expect(model.peekChildren(path('/a'))).toContain('again');
  });

  it('tries lists that may not be read again from time to time', async () => {
    await expand('/a');
    client.beforeAnswer = (operation) => {
      if (operation === 'getChildren') throw new ZkError('NoAuth', 'no');
    };
    model.refresh();
    await settle();
    client.beforeAnswer = () => undefined;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(model.peekChildren(path('/a'))).toEqual(['x']);
    expect(changes.map(({ type }) => type)).toEqual(['error', 'error']);
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
    expect(client.watched).toEqual(['data /a/x']);
    await client.setData(path('/a/x'), bytes('1'));
    await settle();
    expect(changes).toEqual([{ path: '/a/x', type: 'data' }]);
  });
});
