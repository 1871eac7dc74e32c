import { beforeEach, describe, expect, it } from 'vitest';
import type { ZPath } from '../../../src/domain/znode/path';
import { ZkError } from '../../../src/zk/errors';
import { presenceOf, statOf } from '../../../src/zk/presence';
import { walk } from '../../../src/zk/walk';
import { FakeClient } from '../../fakes/client';

const path = (text: string): ZPath => text as ZPath;
const SECRET = path('/secret');

describe('a znode that may not be read, on a server that refuses to say whether it exists', () => {
  let client: FakeClient;
  beforeEach(async () => {
    client = new FakeClient();
    for (const one of ['/a', '/secret', '/z']) await client.create(path(one));
    client.beforeAnswer = (_, at) => {
      if (at === SECRET) throw new ZkError('NoAuth', 'no', at);
    };
  });

  it('is there, without a stat', async () => {
    const presence = await presenceOf(client, SECRET);
    expect(presence).toBe('hidden');
    expect(statOf(presence)).toBeUndefined();
    expect(await presenceOf(client, path('/none'))).toBeUndefined();
    expect(statOf(await presenceOf(client, path('/a')))).toMatchObject({ version: 0 });
  });

  it('fails as the request does for any other reason', async () => {
    client.beforeAnswer = () => {
      throw new ZkError('ConnectionLoss', 'lost');
    };
    await expect(presenceOf(client, SECRET)).rejects.toThrow('lost');
  });

  it('does not end a walk', async () => {
    const seen: [ZPath, boolean, string | undefined][] = [];
    for await (const { path: at, stat, error } of walk(client, path('/'))) {
      seen.push([at, stat !== undefined, error?.code]);
    }
    expect(seen).toEqual([
      ['/', true, undefined],
      ['/a', true, undefined],
      ['/secret', false, 'NoAuth'],
      ['/z', true, undefined],
    ]);
  });
});
