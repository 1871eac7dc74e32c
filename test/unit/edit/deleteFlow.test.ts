import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger';
import type { ZPath } from '../../../src/domain/znode/path';
import { deleteZnodes, type DeletePorts } from '../../../src/ui/edit/delete';
import { chooseAndRestore, undoLastChange, type UndoPorts } from '../../../src/ui/edit/undo';
import { UndoFiles } from '../../../src/ui/edit/undoFiles';
import type { ZkClient } from '../../../src/zk/client';
import { MadeModes } from '../../../src/zk/edit/undo';
import { Writer } from '../../../src/zk/edit/writer';
import type { Session } from '../../../src/zk/sessions';
import { Cancelled } from '../../../src/ui/userInput';
import { EditClient } from '../../fakes/editClient';
import { englishL10n, ScriptedUser, type Answer } from '../../fakes/userInput';

const path = (text: string): ZPath => text as ZPath;

describe('deleting from the tree', () => {
  let folder: string;
  let client: EditClient;
  let user: ScriptedUser;
  let ports: DeletePorts & UndoPorts;
  let isWritable: boolean;
  let target: { name: string; production: boolean; keepUndo: boolean };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flow-'));
    client = new EditClient();
    isWritable = true;
    target = { name: 'Dev', production: false, keepUndo: true };
    for (const at of ['/app', '/app/a', '/app/b', '/app/b/c', '/leaf']) {
      await client.create(path(at), Buffer.from(`data of ${at}`));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function as(...answers: Answer[]): DeletePorts & UndoPorts {
    user = new ScriptedUser(...answers);
    const zk = client as unknown as ZkClient;
    const writer = new Writer('dev', zk, () => isWritable);
    const session = { id: 'dev', client: zk, writer } as unknown as Session;
    ports = {
      sessions: { get: (id) => (id === 'dev' ? session : undefined) },
      targetOf: () => target,
      undo: new UndoFiles({ folder, keeps: () => target.keepUndo, log: silentLogger }),
      made: new MadeModes(),
      ui: user,
      work: (_, task) => task(new AbortController().signal, () => undefined),
      l10n: englishL10n,
      perSecond: () => undefined,
      describeTime: (ms) => `at ${ms > 0 ? 'some time' : ''}`,
    };
    return ports;
  }

  const places = (...paths: string[]) =>
    paths.map((at) => ({ connectionId: 'dev', path: path(at) }));

  it('asks once for a leaf', async () => {
    await deleteZnodes(places('/leaf'), as('yes'));
    user.finish();
    expect(user.asked[1]).toContain('Delete /leaf?');
    expect(client.paths()).not.toContain('/leaf');
    expect(user.notices[0]).toMatchObject({
      severity: 'info',
      message: 'Deleted /leaf (1 znode).',
    });
  });

  it('wants the name of a subtree, and takes no other', async () => {
    await deleteZnodes(
      places('/app'),
      as(
        'yes',
        { type: 'App', refused: /Type app/ },
        { type: '', refused: /app/ },
        { type: 'app' },
      ),
    );
    user.finish();
    expect(user.asked[1]).toMatch(/4 znodes in 3 levels with 56 bytes of data/);
    expect(user.asked[1]).toMatch(/can be undone/);
    expect(client.paths()).toEqual(['/', '/leaf']);
  });

  it('wants the number of several', async () => {
    await deleteZnodes(
      places('/app/a', '/leaf', '/app/b'),
      as('yes', { type: '4', refused: /3/ }, { type: '3' }),
    );
    user.finish();
    expect(client.paths()).toEqual(['/', '/app']);
  });

  it.each([
    ['cancel', 'no' as const],
    ['cancel at the name', 'yes' as const, 'cancel' as const],
  ])('deletes nothing after %s', async (_, ...answers: Answer[]) => {
    await expect(deleteZnodes(places('/app'), as(...answers))).rejects.toBeInstanceOf(Cancelled);
    expect(client.paths()).toHaveLength(6);
    expect(await ports.undo.list()).toEqual([]);
  });

  it.each([
    [['/'], /root cannot be deleted/],
    [['/leaf', '/zookeeper'], /belongs to ZooKeeper/],
    [['/zookeeper/quota/x'], /belongs to ZooKeeper/],
    [[], /Select a znode/],
  ])('refuses %j before any request', async (paths, message) => {
    await expect(deleteZnodes(places(...paths), as())).rejects.toThrow(message);
    expect(client.requests).toEqual([]);
  });

  it('refuses on a read-only connection, and on two connections at once', async () => {
    const two = [...places('/leaf'), { connectionId: 'prod', path: path('/leaf') }];
    await expect(deleteZnodes(two, as())).rejects.toThrow(/one connection only/);
    isWritable = false;
    await expect(deleteZnodes(places('/leaf'), as())).rejects.toThrow(/Dev is read-only/);
    expect(client.requests).toEqual([]);
  });

  it('names a production connection in the question', async () => {
    target.production = true;
    await deleteZnodes(places('/leaf'), as('yes'));
    expect(user.asked[1]).toMatch(/^Dev \(production\): Delete \/leaf\?/);
  });

  it('says that it cannot be undone where nothing is kept', async () => {
    target.keepUndo = false;
    await deleteZnodes(places('/leaf'), as('yes'));
    expect(user.asked[1]).toMatch(/cannot be undone: this connection keeps nothing/);
    expect(user.notices[0]?.actions).toEqual([]);
  });

  it('says that it cannot be undone when there is too much, and deletes all the same', async () => {
    const small = { ...as('yes', { type: 'app' }) };
    small.undo = new UndoFiles({
      ...{ folder, keeps: () => true, log: silentLogger },
      bytesPerChange: 500,
    });
    await deleteZnodes(places('/app'), small);
    expect(user.asked[1]).toMatch(/cannot be undone: there is more than the 500 bytes/);
    expect(client.paths()).toEqual(['/', '/leaf']);
  });

  it('stops at a change after the preview, tells what was done, and offers to go on', async () => {
    const asking = as('yes', { type: 'app' });
    const ask = user.input.bind(user);
    user.input = async (question) => {
      const typed = await ask(question);
      await client.setData(path('/app/a'), Buffer.from('theirs'));
      return typed;
    };
    await deleteZnodes(places('/app'), asking);
    const [notice] = user.notices;
    expect(notice?.message).toBe(
      'The deletion stopped: somebody has changed /app/a since. Deleted: 1; still there: 3.',
    );
    expect(notice?.actions?.map(({ label }) => label)).toEqual(['Continue…', 'Undo…']);
    expect(client.paths()).toEqual(['/', '/app', '/app/a', '/app/b', '/leaf']);
  });

  it('is undone with its losses told, once', async () => {
    await deleteZnodes(places('/app'), as('yes', { type: 'app' }));
    await undoLastChange(as('yes'));
    // A new window: what another one has changed is no last change of ours.
    expect(user.asked).toEqual([]);
    expect(user.notices[0]?.message).toMatch(/changed nothing/);
    await chooseAndRestore(as({ pick: 'Deleted /app' }, 'yes'));
    user.finish();
    expect(user.asked.at(-1)).toMatch(/Created again: 4 znodes/);
    expect(user.asked.at(-1)).toMatch(/counter for sequence numbers starts at 0 again: 2 znodes/);
    expect(user.asked.at(-1)).toMatch(/Versions, times and transaction ids start anew/);
    expect(client.paths()).toEqual(['/', '/app', '/app/a', '/app/b', '/app/b/c', '/leaf']);
    expect(client.text('/app/b/c')).toBe('data of /app/b/c');
    expect((await ports.undo.list()).map(({ kind }) => kind)).toEqual(['restore']);
  });

  it('undoes the last change of this window first', async () => {
    const both = as('yes', 'yes', 'yes');
    await deleteZnodes(places('/leaf'), both);
    await deleteZnodes(places('/app/a'), both);
    await undoLastChange(both);
    user.finish();
    expect(client.paths()).toContain('/app/a');
    expect(client.paths()).not.toContain('/leaf');
  });

  it('undoes nothing where another one has taken the place, and says so', async () => {
    const all = as('yes');
    await deleteZnodes(places('/leaf'), all);
    await client.create(path('/leaf'), Buffer.from('theirs'));
    await undoLastChange(all);
    expect(user.notices[1]).toMatchObject({ severity: 'warning' });
    expect(user.notices[1]?.message).toMatch(/Nothing was undone.*\/leaf: another one/);
    expect(client.text('/leaf')).toBe('theirs');
    expect(await ports.undo.list()).toHaveLength(1);
  });
});
