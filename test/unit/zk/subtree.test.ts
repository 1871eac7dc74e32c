import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger';
import type { ZPath } from '../../../src/domain/znode/path';
import { ZkError } from '../../../src/zk/errors';
import { Subtree } from '../../../src/zk/subtree';
import { ZnodeModel } from '../../../src/zk/znodeModel';
import { CONNECTED, FakeClient } from '../../fakes/client';

const path = (text: string): ZPath => text as ZPath;

describe.each([
  ['one recursive watch', false],
  ['the watches of a server before 3.6', true],
])('Subtree by %s', (_, isOld) => {
  let client: FakeClient;
  let subtree: Subtree;
  let events: string[];

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    client.isOld = isOld;
    for (const name of ['/a', '/a/x', '/a/x/1', '/b']) await client.create(path(name));
    const model = new ZnodeModel(client, silentLogger, { eventRate: Infinity });
    events = [];
    subtree = new Subtree(model, path('/a'), ({ type, path: at }) => events.push(`${type} ${at}`));
    client.moveTo(CONNECTED);
    const started = subtree.start();
    await settle();
    await started;
    return () => {
      subtree.dispose();
      model.dispose();
      vi.useRealTimers();
    };
  });

  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(300);
  const newEvents = async (): Promise<string[]> => {
    events.length = 0;
    await settle();
    return events.filter((event) => !event.startsWith('statChanged'));
  };

  it('reports what is there, and nothing beside it', () => {
    expect(events).toEqual(['present /a', 'present /a/x', 'present /a/x/1']);
  });

  it('reports what appears, parents first', async () => {
    await client.create(path('/a/y'));
    await client.create(path('/a/y/z'));
    expect(await newEvents()).toEqual(['created /a/y', 'created /a/y/z']);
  });

  it('reports what goes, children first', async () => {
    await client.delete(path('/a/x'));
    expect(await newEvents()).toEqual(['deleted /a/x/1', 'deleted /a/x']);
  });

  it('sees a znode that was deleted and created again, with other children', async () => {
    await client.delete(path('/a/x'));
    await client.create(path('/a/x'));
    await client.create(path('/a/x/2'));
    const seen = await newEvents();
    expect(seen).toContain('deleted /a/x/1');
    expect(seen).toContain('created /a/x/2');
    expect(seen.at(-1)).not.toBe('deleted /a/x');
  });

  it('sees one come back that was away when it was read', async () => {
    client.beforeAnswer = (_operation, at) => {
      if (at !== '/a/y') return;
      client.beforeAnswer = () => undefined;
      void client.delete(path('/a/y'));
      queueMicrotask(() => void client.create(path('/a/y')));
    };
    await client.create(path('/a/y'));
    expect(await newEvents()).toContain('created /a/y');
    await client.setData(path('/a/y'), new Uint8Array(3));
    expect(await newEvents()).toEqual(['dataChanged /a/y']);
  });

  it('reads later what the link kept it from reading', async () => {
    client.beforeAnswer = (_operation, at) => {
      if (at === '/a/y') throw new ZkError('ConnectionLoss', 'cut');
    };
    await client.create(path('/a/y'));
    expect(await newEvents()).toEqual([]);
    client.beforeAnswer = () => undefined;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(events).toContain('created /a/y');
  });

  it('says which lists may not be read, once', async () => {
    client.beforeAnswer = (operation, at) => {
      if (operation === 'getChildren' && at === '/a/y') throw new ZkError('NoAuth', 'no');
    };
    await client.create(path('/a/y'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events.filter((event) => event === 'unreadable /a/y')).toHaveLength(1);
    expect(events).toContain('created /a/y');
  });

  it('says so too where a server does not even tell that a znode exists', async () => {
    client.beforeAnswer = (operation, at) => {
      if (operation !== 'create' && at === '/a/y') throw new ZkError('NoAuth', 'no');
    };
    await client.create(path('/a/y'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events.filter((event) => event.endsWith(' /a/y'))).toEqual(['unreadable /a/y']);
  });
});
