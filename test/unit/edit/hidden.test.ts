import { beforeEach, describe, expect, it } from 'vitest';
import type { ZPath } from '../../../src/domain/znode/path';
import { ZkError } from '../../../src/zk/errors';
import { Pacer } from '../../../src/zk/edit/pacer';
import { survey } from '../../../src/zk/edit/survey';
import type { ZkReader } from '../../../src/zk/client';
import { EditClient } from '../../fakes/editClient';

const path = (text: string): ZPath => text as ZPath;

describe('a survey, on a server that hides what may not be read', () => {
  let client: EditClient;
  const look = (root: string) =>
    survey(client as unknown as ZkReader, [path(root)], {
      pacer: new Pacer({ perSecond: undefined }),
    });

  beforeEach(async () => {
    client = new EditClient();
    for (const one of ['/a', '/a/open', '/a/secret']) await client.create(path(one));
    client.beforeAnswer = (_, at) => {
      if (at === '/a/secret') throw new ZkError('NoAuth', 'no', at);
    };
  });

  it('goes on and names it', async () => {
    const { counts, obstacles, missing } = await look('/a');
    expect(counts.znodes).toBe(2);
    expect(obstacles).toEqual([{ kind: 'unlistable', path: '/a/secret' }]);
    expect(missing).toEqual([]);
  });

  it('does not call it missing when it is what was asked for', async () => {
    await expect(look('/a/secret')).rejects.toMatchObject({ code: 'NoAuth' });
  });
});
