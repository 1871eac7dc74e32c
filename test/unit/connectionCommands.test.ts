import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../src/base/event';
import { silentLogger } from '../../src/base/logger';
import { ConnectionChooser } from '../../src/ui/connections/chooser';
import { ClientLoader } from '../../src/zk/clientLoader';
import { ConnectionStore } from '../../src/ui/connections/connectionStore';
import { Connector } from '../../src/ui/connections/connector';
import { ConnectionEditor } from '../../src/ui/connections/editor';
import type { TestOutcome } from '../../src/ui/connections/testConnection';
import { Commands } from '../../src/ui/contributions';
import { Secrets } from '../../src/ui/secrets';
import { Cancelled } from '../../src/ui/userInput';
import type { ClientOptions } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { CONNECTED, FakeClient } from '../fakes/client';
import { FakeFiles } from '../fakes/files';
import { englishL10n, ScriptedUser, type Answer } from '../fakes/userInput';

/** The window's sessions as far as connecting goes. */
class FakeSessions {
  private readonly changes = new Emitter<string>();
  readonly onDidChange = this.changes.event;
  readonly opened: { id: string; options: ClientOptions; identity: string | undefined }[] = [];
  readonly sessions = new Map<string, { client: FakeClient }>();
  failure: Error | undefined;

  get(id: string): { client: FakeClient } | undefined {
    return this.sessions.get(id);
  }
  open(id: string, options: ClientOptions, identity: string | undefined): Promise<void> {
    if (this.sessions.has(id)) throw new Error('already open');
    const client = new FakeClient();
    client.moveTo(this.failure ? { kind: 'connecting', attempt: 1 } : CONNECTED);
    this.sessions.set(id, { client });
    this.opened.push({ id, options, identity });
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }
  close(id: string): Promise<void> {
    this.sessions.delete(id);
    return Promise.resolve();
  }
}

const LOCAL = { id: 'local', name: 'Local', connectString: 'localhost:2181', readOnly: false };
const PROD = {
  id: 'prod',
  name: 'Prod',
  connectString: 'zk1:2181,zk2:2181',
  auth: 'digest' as const,
};

function build(userSettings: unknown, presets: unknown) {
  const settings = { user: userSettings, presets };
  const changes = new Emitter<void>();
  const store = new ConnectionStore(
    {
      readUser: () => settings.user,
      readWorkspace: () => settings.presets,
      writeUser: (value) => Promise.resolve(void (settings.user = value)),
      onDidChange: changes.event,
    },
    silentLogger,
  );
  const kept = new Map<string, string>();
  const secrets = new Secrets({
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
  });
  const sessions = new FakeSessions();
  const files = new FakeFiles();
  const tested: ClientOptions[] = [];
  const outcome: { next: TestOutcome } = { next: { kind: 'connected' } };
  const script = (...answers: Answer[]) => {
    const user = new ScriptedUser(...answers);
    const shared = {
      store,
      secrets,
      sessions,
      files,
      ui: user,
      l10n: englishL10n,
      log: silentLogger,
    };
    const connector = new Connector({
      ...shared,
      clients: new ClientLoader(),
      timing: () => ({ sessionTimeoutMs: 5_000 }),
      showProgress: () => undefined,
    });
    const editor = new ConnectionEditor({
      ...shared,
      connector,
      test: (options) => {
        tested.push(options);
        return Promise.resolve(outcome.next);
      },
    });
    return { user, connector, editor, chooser: new ConnectionChooser(shared) };
  };
  const profile = (id: string) => {
    const found = store.find(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const change = (user: unknown): void => {
    settings.user = user;
    changes.fire();
  };
  return {
    settings,
    store,
    kept,
    secrets,
    files,
    sessions,
    tested,
    outcome,
    script,
    profile,
    change,
  };
}

let world: ReturnType<typeof build>;
beforeEach(() => {
  world = build([LOCAL, PROD], undefined);
});

describe('connect', () => {
  it('opens a session with the time limits of the settings', async () => {
    const { user, connector } = world.script();
    await connector.connect(world.profile('local'));
    const options = { connectString: 'localhost:2181', sessionTimeoutMs: 5_000 };
    expect(world.sessions.opened).toEqual([{ id: 'local', options, identity: undefined }]);
    expect(user.notices).toEqual([]);
  });

  it('does nothing when it is open already', async () => {
    const { connector } = world.script();
    await connector.connect(world.profile('local'));
    await connector.connect(world.profile('local'));
    expect(world.sessions.opened).toHaveLength(1);
  });

  it('asks for credentials once, warns, and remembers both', async () => {
    const first = world.script({ type: 'bob' }, { type: 'pw' }, 'yes');
    await first.connector.connect(world.profile('prod'));
    first.user.finish();
    expect(first.user.asked.at(-1)).toContain('zk1:2181, zk2:2181 does not use TLS');
    expect(world.sessions.opened[0]?.identity).toBe('digest:bob');
    expect(world.settings.user).toEqual([LOCAL, PROD]);

    await first.connector.disconnect('prod');
    await world.script().connector.connect(world.profile('prod'));
    const auth = new TextEncoder().encode('bob:pw');
    expect(world.sessions.opened[1]?.options.credentials).toEqual([{ scheme: 'digest', auth }]);
  });

  it('opens and keeps nothing when the warning is declined', async () => {
    const { connector } = world.script({ type: 'bob' }, { type: 'pw' }, 'no');
    await expect(connector.connect(world.profile('prod'))).rejects.toThrow(Cancelled);
    expect(world.sessions.opened).toEqual([]);
    expect(world.kept.size).toBe(0);
  });

  it('asks again, and says why, when a preset points the id elsewhere', async () => {
    const secret = { logins: [{ user: 'bob', password: 'pw' }], plainAccepted: true };
    const kept = build([PROD], [{ ...PROD, connectString: 'evil:2181' }]);
    await kept.secrets.save(PROD, secret);
    const { user, connector } = kept.script('cancel');
    await expect(connector.connect(kept.profile('prod'))).rejects.toThrow(Cancelled);
    expect(user.asked[0]).toContain('saved credentials are for other hosts');
    expect(user.asked[0]).toContain('evil:2181');
    expect(kept.sessions.opened).toEqual([]);
    expect(await kept.secrets.load(PROD)).toEqual(secret);
  });

  it('tells a failure once, with what can be done, and leaves the session trying', async () => {
    world.sessions.failure = new ZkError('ConnectionLoss', 'connection refused by localhost:2181');
    const { user, connector } = world.script();
    await connector.connect(world.profile('local'));
    expect(user.notices).toHaveLength(1);
    expect(user.notices[0]?.message).toContain('connection refused by localhost:2181');
    expect(user.notices[0]?.actions?.map(({ command }) => command)).toEqual([
      Commands.connectionEdit,
      Commands.connectionDisconnect,
    ]);
    const client = world.sessions.get('local')?.client;
    for (let attempt = 2; attempt < 9; attempt++) {
      client?.moveTo({ kind: 'connecting', attempt, cause: 'refused' });
    }
    expect(user.notices).toHaveLength(1);
  });

  it('is silent when the user disconnects meanwhile', async () => {
    world.sessions.failure = new ZkError('Closed', 'closed');
    const { user, connector } = world.script();
    const connecting = connector.connect(world.profile('local'));
    await connector.disconnect('local');
    await connecting;
    expect(user.notices).toEqual([]);
  });

  it('explains a faulty connect string instead of connecting', async () => {
    world.change([{ ...LOCAL, connectString: 'localhost:x' }]);
    const { user, connector } = world.script();
    await connector.connect(world.profile('local'));
    expect(user.notices[0]?.message).toContain('"x" is not a port');
    expect(world.sessions.opened).toEqual([]);
  });
});

describe('connect with TLS', () => {
  const tls = { caFile: '~/ca.pem', certFile: '/own.crt', keyFile: '/own.key' };
  const secure = { ...LOCAL, tls };
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes128', passphrase: 'open' },
  });
  beforeEach(() => {
    world.change([secure]);
    for (const file of ['/home/me/ca.pem', '/own.crt']) world.files.contents.set(file, '');
    world.files.contents.set('/own.key', privateKey);
  });

  it('asks for the passphrase once and uses absolute paths', async () => {
    const first = world.script(
      { type: 'x', refused: /does not open \/own\.key/ },
      { type: 'open' },
    );
    await first.connector.connect(world.profile('local'));
    first.user.finish();
    expect(first.user.asked[0]).toContain('Connect to Local (1/1)');
    const { options, identity } = world.sessions.opened[0] ?? {};
    expect(options?.tls).toEqual({ ...tls, caFile: '/home/me/ca.pem', passphrase: 'open' });
    expect(identity).toBe('certificate own.crt');
    await first.connector.disconnect('local');
    await world.script().connector.connect(world.profile('local'));
    expect(world.sessions.opened).toHaveLength(2);
  });

  it('asks again when the saved passphrase opens the key no longer', async () => {
    const old = { logins: [], passphrase: 'old', plainAccepted: true };
    await world.secrets.save(
      { ...world.profile('local'), tls: { ...tls, caFile: '/home/me/ca.pem' } },
      old,
    );
    const { user, connector } = world.script({ type: 'open' });
    await connector.connect(world.profile('local'));
    user.finish();
  });

  it('names a file that cannot be read instead of connecting', async () => {
    world.files.contents.delete('/home/me/ca.pem');
    const { user, connector } = world.script();
    await connector.connect(world.profile('local'));
    expect(user.notices[0]?.message).toContain('/home/me/ca.pem, which cannot be read');
    expect(world.sessions.opened).toEqual([]);
  });

  const login = { logins: [{ user: 'bob', password: 'pw' }], plainAccepted: true };
  it.each<[string, object]>([
    ['takes TLS away', { tls: undefined }],
    ['does not check the server name', { tls: { caFile: '/ca', verifyServerName: false } }],
    ['swaps the authorities', { tls: { caFile: '${workspaceFolder}/ca' } }],
    ['leads the hosts elsewhere', { addressMap: { 'zk1:2181': 'evil:2181' } }],
    ['sends the password itself', { auth: 'digest' }],
  ])('keeps the secret from a preset that %s', async (_, change) => {
    const mine = { ...PROD, auth: 'sasl' as const, tls: { caFile: '/ca' } };
    const kept = build([mine], [{ ...mine, ...change }]);
    for (const file of ['/ca', '/project/ca']) kept.files.contents.set(file, '');
    await kept.secrets.save(mine, login);
    const { user, connector } = kept.script('cancel');
    await expect(connector.connect(kept.profile('prod'))).rejects.toThrow(Cancelled);
    expect(user.asked[0]).toContain('saved credentials are for other hosts or TLS settings');
    expect(kept.sessions.opened).toEqual([]);
  });

  it('copies a preset with absolute paths, since only presets know their workspace', async () => {
    const preset = { id: 'team', connectString: 'zk1', tls: { caFile: '${workspaceFolder}/ca' } };
    const team = build([], [preset]);
    team.files.contents.set('/project/ca', '-----BEGIN CERTIFICATE-----');
    const keep: Answer[] = ['accept', 'pickActive', 'accept', 'pickActive', 'accept'];
    await team.script(...keep, 'pickActive', 'pickActive').editor.duplicate(team.profile('team'));
    expect(team.settings.user).toMatchObject([{ id: 'team-copy', tls: { caFile: '/project/ca' } }]);
  });
});

describe('a change of the settings', () => {
  it.each([
    ['points elsewhere', [{ ...LOCAL, tls: {}, connectString: 'other:2181' }]],
    ['no longer speaks TLS', [LOCAL]],
    ['is gone', []],
  ])('closes a connection that %s', async (_, after) => {
    world.change([{ ...LOCAL, tls: {} }]);
    await world.script().connector.connect(world.profile('local'));
    world.change(after);
    expect(world.sessions.get('local')).toBeUndefined();
  });

  it('keeps a connection that is only renamed', async () => {
    await world.script().connector.connect(world.profile('local'));
    world.change([{ ...LOCAL, name: 'Mine', readOnly: true }]);
    expect(world.sessions.get('local')).toBeDefined();
  });
});

describe('add', () => {
  const digest: Answer[] = [
    { type: 'zk9' },
    { pick: 'No TLS' },
    { type: 'Größe EU' },
    { pick: 'User and password' },
    { type: 'bob' },
    { type: 'pw' },
    'yes',
    'pickActive',
  ];

  it('saves, keeps the secret apart, and connects without asking again', async () => {
    const { user, editor } = world.script(...digest);
    await editor.add();
    user.finish();
    const saved = {
      id: 'gro-e-eu',
      name: 'Größe EU',
      connectString: 'zk9:2181',
      readOnly: true,
      ...{ production: false, keepUndo: true },
      auth: 'digest',
    };
    expect(world.settings.user).toEqual([LOCAL, PROD, saved]);
    expect(JSON.stringify(world.settings.user)).not.toContain('pw');
    expect(world.sessions.opened.map(({ id }) => id)).toEqual(['gro-e-eu']);
  });

  it('saves without connecting when the test failed', async () => {
    world.outcome.next = { kind: 'refused', cause: 'nobody there' };
    const { editor } = world.script(...digest, { pick: 'Save Anyway' });
    await editor.add();
    expect(world.settings.user).toHaveLength(3);
    expect(world.sessions.opened).toEqual([]);
  });

  it('changes nothing when the user leaves', async () => {
    const { editor } = world.script(...digest.slice(0, 5), 'cancel');
    await expect(editor.add()).rejects.toThrow(Cancelled);
    expect(world.settings.user).toEqual([LOCAL, PROD]);
    expect(world.kept.size).toBe(0);
  });
});

describe('edit, duplicate and remove', () => {
  const keepAll: Answer[] = ['accept', 'pickActive', 'accept', 'pickActive', 'pickActive'];

  it('keeps the id of a renamed connection and reconnects it', async () => {
    const { connector, editor } = world.script(
      ...keepAll.slice(0, 2),
      { type: 'Mine' },
      ...keepAll.slice(3),
    );
    await connector.connect(world.profile('local'));
    await editor.edit(world.profile('local'));
    expect(world.profile('local')).toMatchObject({ name: 'Mine', readOnly: false });
    expect(world.sessions.opened.map(({ id }) => id)).toEqual(['local', 'local']);
    expect(world.sessions.sessions.size).toBe(1);
  });

  it('forgets the secret of a connection that no longer needs one', async () => {
    await world.secrets.save(PROD, {
      logins: [{ user: 'bob', password: 'pw' }],
      plainAccepted: true,
    });
    const answers: Answer[] = [
      'accept',
      'pickActive',
      'accept',
      { pick: 'No credentials' },
      'pickActive',
    ];
    await world.script(...answers).editor.edit(world.profile('prod'));
    expect(world.kept.size).toBe(0);
  });

  it('duplicates under a new id', async () => {
    await world.script(...keepAll).editor.duplicate(world.profile('local'));
    expect(world.profile('local-copy')).toMatchObject({ name: 'Local copy', readOnly: false });
    expect(world.profile('local').name).toBe('Local');
  });

  it('removes connection, session and secret after a yes', async () => {
    await world.secrets.save(PROD, {
      logins: [{ user: 'bob', password: 'pw' }],
      plainAccepted: true,
    });
    const { connector, editor } = world.script('no', 'yes');
    await connector.connect(world.profile('prod'));
    await editor.remove(world.profile('prod'));
    expect(world.store.find('prod')).toBeDefined();
    await editor.remove(world.profile('prod'));
    expect(world.settings.user).toEqual([LOCAL]);
    expect(world.sessions.sessions.size).toBe(0);
    expect(world.kept.size).toBe(0);
  });

  it('points to the workspace settings for a preset', async () => {
    const team = build([], [{ id: 'team', connectString: 'zk1' }]);
    const { user, editor } = team.script();
    await editor.edit(team.profile('team'));
    await editor.remove(team.profile('team'));
    expect(user.notices.map(({ message }) => message)).toEqual([
      'team is defined in the settings of this workspace. Change it there.',
      'team is defined in the settings of this workspace. Change it there.',
    ]);
    expect(team.settings.user).toEqual([]);
  });
});

describe('choosing a connection', () => {
  it('takes the one that a menu names', async () => {
    const { chooser } = world.script();
    const chosen = await chooser.choose({ connectionId: 'prod' }, 'Edit', 'saved');
    expect(chosen?.id).toBe('prod');
    await expect(chooser.choose({ connectionId: 'gone' }, 'Edit', 'saved')).rejects.toThrow('gone');
  });

  it('offers no sandbox where settings are meant', async () => {
    const only = build([LOCAL], undefined);
    const sandbox = { ...only.profile('local'), origin: 'sandbox' as const };
    only.change([]);
    only.store.show(sandbox);
    const { chooser, user } = only.script();
    expect(await chooser.choose(undefined, 'Edit', 'saved')).toBeUndefined();
    expect(user.notices[0]?.message).toBe('There is no connection yet. Add one first.');
  });

  it('offers those that are not open', async () => {
    const { chooser, connector } = world.script({ pick: 'Prod' });
    await connector.connect(world.profile('local'));
    expect((await chooser.choose(undefined, 'Connect', 'notOpen'))?.id).toBe('prod');
    const other = world.script({ pick: 'Local' });
    expect((await other.chooser.choose(undefined, 'Disconnect', 'open'))?.id).toBe('local');
  });

  it.each([
    ['saved', [], 'There is no connection yet. Add one first.'],
    ['open', [LOCAL], 'No connection is open.'],
  ] as const)('says when there is nothing to choose of %s', async (which, settings, message) => {
    const { user, chooser } = build(settings, undefined).script();
    expect(await chooser.choose(undefined, 'Title', which)).toBeUndefined();
    expect(user.notices[0]?.message).toBe(message);
  });

  it('offers an action for each connection', async () => {
    const { connector } = world.script();
    await connector.connect(world.profile('local'));
    const disconnect = world.script({ pick: 'Disconnect Local' });
    expect(await disconnect.chooser.chooseAction()).toMatchObject({ kind: 'disconnect' });
    const connect = world.script({ pick: 'Connect Prod' });
    expect(await connect.chooser.chooseAction()).toMatchObject({ kind: 'connect' });
    const add = world.script({ pick: 'Add Connection…' });
    expect(await add.chooser.chooseAction()).toEqual({ kind: 'add' });
  });
});
