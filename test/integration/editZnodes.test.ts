import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/base/logger';
import { PERMISSIONS, type AclEntry } from '../../src/domain/znode/acl';
import { formatAclEntry } from '../../src/domain/znode/aclText';
import { ROOT } from '../../src/domain/znode/path';
import { showAcl } from '../../src/ui/edit/acl';
import { createChild } from '../../src/ui/edit/create';
import { showQuota } from '../../src/ui/edit/quota';
import type { Subject } from '../../src/ui/edit/subject';
import { UndoFiles } from '../../src/ui/edit/undoFiles';
import { changeAcls, surveyAcls } from '../../src/zk/edit/aclTree';
import { digestId } from '../../src/zk/edit/digestId';
import { Pacer } from '../../src/zk/edit/pacer';
import { planRestore } from '../../src/zk/edit/restorePlan';
import { restore } from '../../src/zk/edit/restore';
import { MadeModes, type UndoRecord } from '../../src/zk/edit/undo';
import { createNodeClient } from '../../src/zk/nodeClient';
import { Sessions, type Session } from '../../src/zk/sessions';
import { englishL10n as l10n, ScriptedUser, type Answer } from '../fakes/userInput';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, errorOf, path, text } from './engineSupport';

/** Creating znodes, access lists and quotas through the questions that the user is asked. */

let server: Awaited<ReturnType<typeof startStandalone>>;
let sessions: Sessions;
let folder: string;
let undo: UndoFiles;
let isWritable = true;

beforeAll(async () => {
  server = await startStandalone({ extraConfig: () => ({ enforceQuota: true }) });
}, 120_000);
afterAll(() => server.stop());
beforeEach(() => {
  isWritable = true;
  folder = mkdtempSync(join(tmpdir(), 'edit-znodes-'));
  undo = new UndoFiles({ folder, keeps: () => true, log: silentLogger });
  sessions = new Sessions(createNodeClient, silentLogger, () => isWritable);
});
afterEach(async () => {
  await Promise.all(sessions.all().map(({ id }) => sessions.close(id)));
  sessions.dispose();
  await closeAll();
  rmSync(folder, { recursive: true });
});

async function open(login?: string, address = server.connectString): Promise<Session> {
  const id = `s${sessions.all().length}`;
  const credentials = login === undefined ? [] : [{ scheme: 'digest', auth: bytes(login) }];
  await sessions.open(id, { connectString: address, credentials }, login?.split(':', 1)[0]);
  const session = sessions.get(id);
  if (!session) throw new Error('not open');
  return session;
}

const at = (session: Session, where: string, production = false): Subject => ({
  ...{ session, path: path(where) },
  target: { name: 'Dev', production },
});

const shown: string[] = [];
const made = new MadeModes();

function create(parent: Subject, user: ScriptedUser): Promise<void> {
  shown.length = 0;
  return createChild(parent, {
    ...{ ui: user, l10n, undo, made },
    sources: {
      readFile: (file) => Promise.reject(new Error(`no ${file}`)),
      readClipboard: () => Promise.resolve('from the clipboard'),
      activeEditor: () => ({ name: 'a.txt', text: 'from the editor' }),
    },
    show: (_, where, opens) => Promise.resolve(void shown.push(`${where} ${opens}`)),
  });
}

function acl(subject: Subject, user: ScriptedUser): Promise<void> {
  const work = <T>(_: string, task: (signal: AbortSignal, tell: () => void) => Promise<T>) =>
    task(new AbortController().signal, () => undefined);
  return showAcl(subject, { ui: user, l10n, undo, work, perSecond: () => undefined });
}

async function undoLast(session: Session) {
  const [entry] = await undo.list();
  const record: UndoRecord | undefined = entry && (await undo.read(entry.id));
  if (!record) throw new Error('nothing to undo');
  const pacer = new Pacer({ perSecond: undefined });
  const plan = await planRestore(session.client, record, pacer);
  const writing = await undo.begin({ ...record, kind: 'restore' });
  if (!writing) throw new Error('keeps nothing');
  const { client, writer } = session;
  const outcome = await restore(plan, { client, writer, pacer, undo: writing });
  await writing.commit();
  return { plan, outcome };
}

const plain: Answer[] = [{ pick: 'No data' }, { pick: 'Open' }];
const entries = (list: readonly AclEntry[]): string[] => list.map(formatAclEntry);

describe('creating', () => {
  test.each<[string, RegExp, Answer[], Answer[]]>([
    ['Persistent', /^\/n$/, [], []],
    ['Persistent, sequential', /^\/n\d{10}$/, [], []],
    ['Ephemeral', /^\/n$/, [], ['yes']],
    ['Ephemeral, sequential', /^\/n\d{10}$/, [], ['yes']],
    ['Container', /^\/n$/, [], []],
    [
      'With time to live (TTL)',
      /^\/n$/,
      [{ type: '30', refused: /ms, s, min/ }, { type: '5 min' }],
      [],
    ],
    ['With time to live (TTL), sequential', /^\/n\d{10}$/, [{ type: '1 h' }], []],
  ])('%s', async (mode, name, ttl, confirm) => {
    const session = await open();
    const user = new ScriptedUser({ type: 'n' }, { pick: mode }, ...ttl, ...plain, ...confirm);
    await create(at(session, '/'), user);
    user.finish();
    const [created = ''] = (shown[0] ?? '').split(' ');
    expect(created).toMatch(name);
    const stat = await session.client.exists(path(created));
    expect(stat?.ephemeralOwner !== 0n).toBe(mode.startsWith('Ephemeral'));
    if (confirm.length > 0) expect(user.asked.at(-2)).toMatch(/deleted as soon as this window/);
    if (ttl.length > 0 && stat) {
      expect(made.of(session.id, path(created), stat)).toMatchObject({ kind: 'ttl' });
    }
    const { outcome } = await undoLast(session);
    expect(outcome.stop).toBeUndefined();
    expect(await session.client.exists(path(created))).toBeUndefined();
  });

  test('missing parents are told before, made together, and undone together', async () => {
    const session = await open();
    const type = { pick: 'Type a text' };
    const user = new ScriptedUser(
      ...[
        { type: '/x', refused: /two \// },
        { type: 'a/../b', refused: /not possible/ },
      ],
      ...[
        { type: 'a\u0007', refused: /U\+0007/ },
        { type: '', refused: /Enter a name/ },
      ],
      ...[{ type: 'p/q/r' }, { pick: 'Persistent' }, type, { type: 'grüße' }],
      ...[{ pick: 'Open' }, 'yes' as const],
    );
    await create(at(session, '/'), user);
    expect(user.asked.find((asked) => asked.startsWith('Create /p/q/r?'))).toMatch(/\/p, \/p\/q/);
    expect(text((await session.client.getData(path('/p/q/r'))).data)).toBe('grüße');
    expect(shown).toEqual(['/p/q/r true']);
    await undoLast(session);
    expect(await session.client.exists(path('/p'))).toBeUndefined();
  });

  test('what is there already leaves the sequential modes only', async () => {
    const session = await open();
    await session.writer.create(path('/there'), bytes(''));
    const user = new ScriptedUser({ type: 'there' }, { pick: 'Persistent' });
    await expect(create(at(session, '/'), user)).rejects.toThrow(/no item for.*sequential/);
    await session.writer.delete(path('/there'), -1);
  });

  test('children of ephemerals are refused with the reason', async () => {
    const session = await open();
    await session.writer.create(path('/e'), bytes(''), { mode: 'ephemeral' });
    await expect(create(at(session, '/e'), new ScriptedUser())).rejects.toThrow(/ephemeral/);
    const user = new ScriptedUser({ type: 'e/below' }, 'cancel');
    await expect(create(at(session, '/'), user)).rejects.toThrow('cancelled');
    expect(user.notices[0]?.message).toBe(
      '/e is ephemeral, and ephemeral znodes cannot have children.',
    );
  });

  test('more than a server takes is refused before it is sent', async () => {
    const session = await open();
    const file = join(folder, 'large');
    writeFileSync(file, new Uint8Array(1_100_000));
    const typed = { type: 'x'.repeat(1_100_000), refused: /1\.1 MB.*Nothing was sent/ };
    const user = new ScriptedUser(
      ...[{ type: 'large' }, { pick: 'Persistent' }, { pick: 'From a file…' }, { file }],
      ...[{ pick: 'Type a text' }, typed, 'cancel' as const],
    );
    await expect(create(at(session, '/'), user)).rejects.toThrow('cancelled');
    expect(user.notices).toHaveLength(1);
    expect(await session.client.exists(path('/large'))).toBeUndefined();
  });

  test('a server without TTL says what it needs', async () => {
    const old = await startStandalone({ extraConfig: () => ({ extendedTypesEnabled: false }) });
    const session = await open(undefined, old.connectString);
    const ttl = [{ pick: 'With time to live (TTL)' }, { type: '30 s' }];
    const user = new ScriptedUser({ type: 't' }, ...ttl, ...plain);
    await expect(create(at(session, '/'), user)).rejects.toThrow(/extendedTypesEnabled=true/);
    await sessions.close(session.id);
    await old.stop();
  });

  test('a refusal tells the missing permission, who we are, and who has it', async () => {
    const bob = await open('bob:b');
    const entry = { scheme: 'digest', id: digestId('bob', 'b'), permissions: 31 };
    const others = { scheme: 'world', id: 'anyone', permissions: PERMISSIONS.read };
    await bob.writer.create(path('/bobs'), bytes(''), { acl: [entry, others] });
    const eve = await open('eve:e');
    const user = new ScriptedUser({ type: 'x' }, { pick: 'Persistent' }, ...plain);
    const error = await errorOf(create(at(eve, '/bobs'), user));
    expect(String(error)).toMatch(/permission CREATE on \/bobs.*digest:eve.*given to digest:bob/);
    await bob.writer.delete(path('/bobs'), -1);
  });

  test('only the creator, which needs credentials', async () => {
    const nobody = await open();
    const creator = { pick: 'Only the creator' };
    const asNobody = [{ type: 'mine' }, { pick: 'Persistent' }, { pick: 'No data' }, creator];
    const refused = new ScriptedUser(...asNobody, 'cancel');
    await expect(create(at(nobody, '/'), refused)).rejects.toThrow('cancelled');
    expect(refused.notices[0]?.message).toMatch(/no credentials/);
    const bob = await open('bob:b');
    const user = new ScriptedUser(...asNobody);
    await create(at(bob, '/'), user);
    // The server itself is the oracle of our hash.
    expect(entries((await bob.client.getAcl(path('/mine'))).acl)).toEqual([
      `digest:${digestId('bob', 'b')}:cdrwa`,
    ]);
    await bob.writer.delete(path('/mine'), -1);
  });
});

describe('access lists', () => {
  test('are changed step by step, and back by undo', async () => {
    const session = await open('bob:b');
    await session.writer.create(path('/acl'), bytes('stays'));
    const user = new ScriptedUser(
      ...[{ pick: 'Add an entry…' }, { pick: 'A user with a password…' }],
      ...[{ type: 'bob' }, { type: 'b' }, { many: ['read', 'write', 'admin'] }],
      ...[{ pick: 'Anyone' }, { pick: 'Change the permissions…' }, { many: ['read'] }],
      { pick: 'Save' },
    );
    await acl(at(session, '/acl'), user);
    user.finish();
    expect(entries((await session.client.getAcl(path('/acl'))).acl)).toEqual([
      'world:anyone:r',
      `digest:${digestId('bob', 'b')}:rwa`,
    ]);
    expect(JSON.stringify(user.asked)).not.toContain('lock yourself');
    await undoLast(session);
    const { acl: before } = await session.client.getAcl(path('/acl'));
    expect(entries(before)).toEqual(['world:anyone:cdrwa']);
    expect(text((await session.client.getData(path('/acl'))).data)).toBe('stays');
    await session.writer.delete(path('/acl'), -1);
  });

  test('locking oneself out is warned of, and nothing is written on no', async () => {
    const session = await open('bob:b');
    await session.writer.create(path('/lock'), bytes(''));
    const toRead: Answer[] = [
      ...[{ pick: 'Anyone' }, { pick: 'Change the permissions…' }, { many: ['read'] }],
      { pick: 'Save' },
    ];
    const user = new ScriptedUser(...toRead, 'no');
    await expect(acl(at(session, '/lock'), user)).rejects.toThrow('cancelled');
    expect(user.asked.at(-1)).toMatch(/You lock yourself out/);
    const { acl: now, stat } = await session.client.getAcl(path('/lock'));
    expect([entries(now), stat.aversion]).toEqual([['world:anyone:cdrwa'], 0]);
    await acl(at(session, '/lock'), new ScriptedUser(...toRead, 'yes'));
    // And then there is no way back for us.
    const again = new ScriptedUser({
      pick: 'To change it, the permission admin is needed, which this connection does not have.',
    });
    await acl(at(session, '/lock'), again);
    again.finish();
    await session.writer.delete(path('/lock'), -1);
  });

  test('a change by somebody else meanwhile wins', async () => {
    const session = await open();
    const { client: other } = await connected(server.connectString);
    await session.writer.create(path('/race'), bytes(''));
    const user = new ScriptedUser(
      { pick: 'Add an entry…' },
      { pick: 'An address or a network…' },
      { type: '10.0.0.0/8' },
      { many: ['read'] },
      { pick: 'Save' },
    );
    const pick = user.pick.bind(user);
    user.pick = async (question) => {
      const answer = await pick(question);
      if ((answer as unknown) === 'save') {
        await other.setAcl(path('/race'), [{ scheme: 'world', id: 'anyone', permissions: 31 }], 0);
      }
      return answer;
    };
    await expect(acl(at(session, '/race'), user)).rejects.toThrow(/somebody has changed it/);
    await session.writer.delete(path('/race'), -1);
  });

  test('masked ids are shown and never written back', async () => {
    const bob = await open('bob:b');
    const own = { scheme: 'digest', id: digestId('bob', 'b'), permissions: 31 };
    const others = { scheme: 'world', id: 'anyone', permissions: PERMISSIONS.read };
    await bob.writer.create(path('/masked'), bytes(''), { acl: [own, others] });
    const eve = await open('eve:e');
    const { acl: seen } = await eve.client.getAcl(path('/masked'));
    expect(entries(seen)).toContain('digest:bob:x:cdrwa');
    const user = new ScriptedUser({ pick: 'User bob' }, { pick: 'Save' });
    await expect(acl(at(eve, '/masked'), user)).rejects.toThrow(/no item.*hides hashes \(user:x\)/);
    const survey = await surveyAcls(eve.client, path('/masked'), [others], {
      pacer: new Pacer(),
      who: await eve.client.whoAmI(),
    });
    expect(survey).toMatchObject({ denied: 1, targets: [] });
    await bob.writer.delete(path('/masked'), -1);
  });

  test('a subtree: counts first, passes over what refuses, and can be undone', async () => {
    const session = await open('bob:b');
    const alice = { scheme: 'digest', id: digestId('alice', 'a'), permissions: 31 };
    const readable = { scheme: 'world', id: 'anyone', permissions: PERMISSIONS.read };
    for (const name of ['', '/a', '/a/b', '/c']) {
      await session.writer.create(path(`/tree${name}`), bytes(name));
    }
    const alices = [alice, readable];
    await session.writer.create(path('/tree/alices'), bytes(''), { acl: alices });
    const user = new ScriptedUser(
      ...[{ pick: 'Add an entry…' }, { pick: 'An address or a network…' }, { type: '10.0.0.0/8' }],
      ...[{ many: ['read'] }, { pick: 'Use for this znode and all below it…' }, 'yes' as const],
    );
    await acl(at(session, '/tree'), user);
    expect(user.asked.at(-1)).toMatch(
      /Change the access list of 4 znodes\?.*\n.*\n5 znodes, 5 with another list\n1 cannot be changed: \/tree\/alices/,
    );
    expect(user.notices.at(-1)?.message).toBe('Access lists below /tree: 4 of 4 changed.');
    for (const name of ['', '/a', '/a/b', '/c']) {
      const { acl: now } = await session.client.getAcl(path(`/tree${name}`));
      expect(entries(now)).toEqual(['world:anyone:cdrwa', 'ip:10.0.0.0/8:r']);
    }
    const { outcome } = await undoLast(session);
    expect(outcome.stop).toBeUndefined();
    const { acl: now } = await session.client.getAcl(path('/tree/a/b'));
    expect(entries(now)).toEqual(['world:anyone:cdrwa']);
  });

  test('a subtree of which some change meanwhile: those are left and told', async () => {
    const session = await open();
    for (const name of ['', '/a', '/b', '/gone']) {
      await session.writer.create(path(`/moving${name}`), bytes(''));
    }
    const wanted = [
      { scheme: 'world', id: 'anyone', permissions: 31 },
      { scheme: 'ip', id: '127.0.0.1', permissions: 1 },
    ];
    const pacer = new Pacer({ perSecond: undefined });
    const who = await session.client.whoAmI();
    const survey = await surveyAcls(session.client, path('/moving'), wanted, { pacer, who });
    await session.writer.setAcl(
      path('/moving/a'),
      [{ scheme: 'world', id: 'anyone', permissions: 31 }],
      0,
    );
    await session.writer.delete(path('/moving/gone'), -1);
    const outcome = await changeAcls(survey.targets, wanted, {
      ...{ client: session.client, writer: session.writer, pacer, undo: undefined },
    });
    expect(outcome).toEqual({ changed: 2, vanished: 1, refused: ['/moving/a'], stop: undefined });
  });
});

describe('quotas', () => {
  test('are set, shown with their use, enforced, not nested, and removed', async () => {
    const session = await open();
    await session.writer.create(path('/q'), bytes('1234'));
    await session.writer.create(path('/q/a'), bytes(''));
    const quota = (where: string, ...answers: Answer[]) => {
      const user = new ScriptedUser(...answers);
      return showQuota(at(session, where), { ui: user, l10n }).then(() => user);
    };
    const znodes = { pick: 'Znodes, hard limit' };
    await quota(
      '/q',
      znodes,
      { type: 'x', refused: /whole number/ },
      { type: '2' },
      { pick: 'Save' },
    );
    expect((await session.client.getQuota(path('/q')))?.limits).toEqual({ countHardLimit: 2 });
    const user = new ScriptedUser({ type: 'b' }, { pick: 'Persistent' }, ...plain);
    await expect(create(at(session, '/q'), user)).rejects.toThrow(/quota above it is used up/);
    const nested = await quota('/q/a', {
      pick: '/q has a quota, and quotas cannot be nested. Change that one.',
    });
    nested.finish();
    await session.writer.create(path('/r'), bytes(''));
    await session.writer.create(path('/r/below'), bytes(''));
    await session.writer.setQuota(path('/r/below'), { count: 5 });
    const above = quota(
      '/r',
      { pick: 'Bytes of data, soft limit' },
      { type: '1 kB' },
      { pick: 'Save' },
    );
    await expect(above).rejects.toThrow(/cannot be nested/);
    const removing = await quota('/q', { pick: 'Remove the quota' });
    expect(removing.asked.at(-2)).toMatch(/In use: 2 znodes, 4 bytes/);
    expect(await session.client.getQuota(path('/q'))).toBeUndefined();
  });
});

test('a read-only connection refuses every way to write, and tells of each', async () => {
  const session = await open();
  isWritable = false;
  const told: string[] = [];
  sessions.onDidWrite(({ operation, result }) => told.push(`${operation} ${result}`));
  const { writer } = session;
  const ways: Record<string, () => Promise<unknown>> = {
    create: () => writer.create(path('/never'), bytes('')),
    setData: () => writer.setData(path('/zookeeper'), bytes(''), -1),
    delete: () => writer.delete(path('/zookeeper/quota'), -1),
    setAcl: () => writer.setAcl(ROOT, [], -1),
    setQuota: () => writer.setQuota(path('/zookeeper'), { count: 1 }),
    transaction: () =>
      writer.transaction([{ type: 'delete', path: path('/zookeeper'), version: -1 }]),
  };
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(writer) as object).filter(
    (name) => !['constructor', 'refusal', 'write'].includes(name),
  );
  expect(methods.sort()).toEqual(Object.keys(ways).sort());
  const before = session.client.requestCount;
  for (const [name, write] of Object.entries(ways)) {
    expect(await errorOf(write()), name).toMatchObject({ code: 'NotReadOnly' });
  }
  expect(session.client.requestCount).toBe(before);
  expect(told).toEqual(Object.keys(ways).map((name) => `${name} readOnlyConnection`));
  await expect(create(at(session, '/'), new ScriptedUser())).rejects.toThrow(
    'The connection Dev is read-only. Edit the connection to allow writing through it.',
  );
});
