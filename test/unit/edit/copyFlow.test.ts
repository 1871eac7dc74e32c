import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger';
import type { ZPath } from '../../../src/domain/znode/path';
import { copyZnodes, type CopyPorts } from '../../../src/ui/edit/copy';
import type { CopyCommand } from '../../../src/ui/edit/copyQuestions';
import { UndoFiles } from '../../../src/ui/edit/undoFiles';
import { Cancelled } from '../../../src/ui/userInput';
import type { ZkClient } from '../../../src/zk/client';
import { MadeModes } from '../../../src/zk/edit/undo';
import { Writer } from '../../../src/zk/edit/writer';
import type { Session } from '../../../src/zk/sessions';
import { EditClient } from '../../fakes/editClient';
import { englishL10n, ScriptedUser, type Answer } from '../../fakes/userInput';

const path = (text: string): ZPath => text as ZPath;

describe('renaming, moving, copying', () => {
  let folder: string;
  let client: EditClient;
  let user: ScriptedUser;
  let isWritable: boolean;
  let target: { name: string; production: boolean; keepUndo: boolean };
  let followed: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flow-'));
    client = new EditClient();
    isWritable = true;
    target = { name: 'Dev', production: false, keepUndo: true };
    followed = [];
    for (const at of ['/app', '/app/a', '/app/b', '/app/b/c', '/leaf']) {
      await client.create(path(at), Buffer.from(`data of ${at}`));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(command: CopyCommand, at: string, ...answers: Answer[]): Promise<void> {
    user = new ScriptedUser(...answers);
    const zk = client as unknown as ZkClient;
    const writer = new Writer('dev', zk, () => isWritable);
    const session = { id: 'dev', client: zk, writer } as unknown as Session;
    const ports: CopyPorts = {
      sessions: { get: () => session, all: () => [session] },
      targetOf: () => target,
      undo: new UndoFiles({ folder, keeps: () => target.keepUndo, log: silentLogger }),
      ...{ made: new MadeModes(), ui: user, l10n: englishL10n, perSecond: () => undefined },
      work: (_, task) => task(new AbortController().signal, () => undefined),
      follow: (_, from, to) => {
        followed.push(from, to);
        return Promise.resolve();
      },
    };
    return copyZnodes(command, { session, path: path(at) }, ports);
  }

  it.each(['/', '/zookeeper', '/zookeeper/quota'])('refuses %s before any request', async (at) => {
    await expect(run('move', at)).rejects.toThrow(/root|belongs to ZooKeeper/);
    expect(client.requests).toEqual([]);
  });

  it('refuses on a read-only connection before any question', async () => {
    isWritable = false;
    await expect(run('rename', '/leaf')).rejects.toThrow(/Dev is read-only/);
    expect(user.asked).toEqual([]);
  });

  it('renames, tells each loss, offers the undo, and lets editors follow', async () => {
    await run('rename', '/leaf', { type: 'new' }, 'yes');
    user.finish();
    expect(user.prefilled).toEqual(['leaf']);
    expect(user.asked.at(-1)).toMatch(/^Move \/leaf to \/new\?: Connection: Dev\n1 znode/);
    expect(user.asked.at(-1)).toMatch(/Versions and times start anew/);
    expect(client.paths()).toEqual(['/', '/app', '/app/a', '/app/b', '/app/b/c', '/new']);
    expect(client.text('/new')).toBe('data of /leaf');
    expect(followed).toEqual(['/leaf', '/new']);
    expect(user.notices[0]).toMatchObject({
      message: 'Moved /leaf to /new (1 znode).',
      actions: [{ label: 'Undo…' }],
    });
  });

  it('refuses impossible targets while they are typed', async () => {
    const refused: Answer[] = [
      { type: '/app', refused: /where it is already/ },
      { type: '/app/b/x', refused: /below itself/ },
      { type: '/', refused: /Enter a name/ },
      { type: '/zookeeper/x', refused: /belongs to ZooKeeper/ },
      { type: 'x', refused: /begins with/ },
      { type: '/x/../y', refused: /not possible/ },
      { type: '/x\u0001', refused: /control characters/ },
    ];
    await expect(run('move', '/app', ...refused, 'cancel')).rejects.toBeInstanceOf(Cancelled);
    await expect(run('move', '/app', { type: '/none/x' })).rejects.toThrow(/\/none does not exist/);
    await expect(
      run('move', '/app/b', { type: '/app', refused: /lies in/ }, 'cancel'),
    ).rejects.toBeInstanceOf(Cancelled);
    expect(client.paths()).toHaveLength(6);
  });

  it('asks about a name that is taken', async () => {
    await run('rename', '/leaf', { type: 'app' }, { press: 'Another Name…' }, 'accept').catch(
      () => undefined,
    );
    expect(user.prefilled).toEqual(['leaf', 'app']);
    expect(user.asked.join('\n')).toMatch(/\/app exists already.*other data: 1 znode/);
    const leaving = run('rename', '/leaf', { type: 'app' }, { press: undefined });
    await expect(leaving).rejects.toBeInstanceOf(Cancelled);
    expect(client.text('/app')).toBe('data of /app');
  });

  it('duplicates under the first free name', async () => {
    await run('duplicate', '/leaf', 'accept', 'yes');
    await run('duplicate', '/leaf', 'accept', 'yes');
    expect(client.paths()).toContain('/leaf-copy');
    expect(client.text('/leaf-copy-2')).toBe('data of /leaf');
    expect(followed).toEqual([]);
  });

  it('names a production connection, and says that nothing is kept', async () => {
    target = { name: 'Prod', production: true, keepUndo: false };
    await expect(run('move', '/leaf', { type: '/app/x' }, 'no')).rejects.toBeInstanceOf(Cancelled);
    expect(user.asked.at(-1)).toMatch(/^Prod \(production\): Move/);
    expect(user.asked.at(-1)).toMatch(/cannot be undone: this connection keeps nothing/);
    expect(client.paths()).toContain('/leaf');
  });
});
