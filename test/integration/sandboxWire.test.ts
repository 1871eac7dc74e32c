import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectReply } from '../../src/zk/engine/handshake';
import { OpCode, Xid } from '../../src/zk/engine/protocol';
import type { JuteWriter } from '../../src/zk/engine/juteWriter';
import { startStandalone, type ZkServer } from '../tools/zookeeper/server.mjs';
import { runZkCli } from '../tools/zookeeper/zkCli.mjs';
import { bytes, closeAll, connected, path, until } from './engineSupport';
import { headerOf, RawClient } from './rawClient';
import { startTestSandbox, type TestSandbox } from './sandboxSupport';

/**
 * On both servers the same: messages that no proper client sends, what becomes of sessions, and what
 * ZooKeeper's own shell shows.
 */

let real: ZkServer;
let sandbox: TestSandbox;
beforeAll(async () => {
  [real, sandbox] = await Promise.all([startStandalone(), startTestSandbox()]);
}, 60_000);
afterAll(async () => {
  await closeAll();
  await Promise.all([real.stop(), sandbox.stop()]);
  expect(sandbox.problems).toEqual([]);
});

type Message = (w: JuteWriter) => void;

function create(opCode: number, path: string, flags: number, ttl?: bigint, ids = 1): Message {
  return (w) => {
    w.int(opCode);
    w.string(path);
    w.bytes(new Uint8Array(2));
    w.int(ids);
    for (let index = 0; index < ids; index++) {
      w.int(31);
      w.string('world');
      w.string('anyone');
    }
    w.int(flags);
    if (ttl !== undefined) w.long(ttl);
  };
}

const op =
  (opCode: number, ...values: (string | number | boolean)[]): Message =>
  (w) => {
    w.int(opCode);
    for (const value of values) {
      if (typeof value === 'string') w.string(value);
      else if (typeof value === 'number') w.int(value);
      else w.bool(value);
    }
  };

const REFUSALS: Record<string, Message> = {
  'unknown operation': op(999),
  reconfig: op(OpCode.reconfig, -1, -1, -1, -1, -1),
  'no body': op(OpCode.getData),
  'a create without a body': op(OpCode.create),
  'a string of false length': op(OpCode.exists, 0x7fffffff),
  'unknown flags': create(OpCode.create2, '/x', 99),
  'TTL flags without a TTL': create(OpCode.create2, '/x', 5),
  'TTL of 0': create(OpCode.createTTL, '/x', 5, 0n),
  'TTL too long': create(OpCode.createTTL, '/x', 5, 1n << 40n),
  'longest TTL': create(OpCode.createTTL, '/longest', 5, (1n << 40n) - 1n),
  'TTL on a persistent one': create(OpCode.createTTL, '/x', 0, 5n),
  'no ACL': create(OpCode.create2, '/x', 0, undefined, 0),
  'a relative path': create(OpCode.create2, 'x', 0),
  'an empty path': create(OpCode.create2, '', 0),
  'the root': create(OpCode.create2, '/', 0),
  'a path with a slash at its end': create(OpCode.create2, '/x/', 0),
  'two slashes': create(OpCode.create2, '//x', 0),
  'a dot': create(OpCode.create2, '/.', 0),
  'delete the root': op(OpCode.delete, '/', -1),
  'delete what is the server own': op(OpCode.delete, '/zookeeper/quota', -1),
  'delete without a slash': op(OpCode.delete, 'x', -1),
  'set without a slash': op(OpCode.setData, 'x', 'data', -1),
  'set the configuration': op(OpCode.setData, '/zookeeper/config', 'data', -1),
  'get the configuration': op(OpCode.getData, '/zookeeper/config', false),
  'the system': op(OpCode.exists, '/zookeeper', false),
  'get no path': op(OpCode.getData, '', false),
  'watch in no known way': op(OpCode.addWatch, '/', 9),
  'check watches of no known kind': op(OpCode.checkWatches, '/', 9),
  'no watch to remove': op(OpCode.removeWatches, '/never', 3),
  'multi that says create but is none': op(OpCode.multi, 1, false, -1),
  'multi of reads': op(OpCode.multi, 4, false, -1, '/', false, -1, true, -1),
  'multiRead of writes': op(OpCode.multiRead, 2, false, -1, '/x', -1, -1, true, -1),
  'empty multi': op(OpCode.multi, -1, true, -1),
  'auth of no known scheme': op(OpCode.auth, 0, 'nobody', 'x'),
  'auth with a digest': op(OpCode.auth, 0, 'digest', 'bob:x'),
  'auth with an address': op(OpCode.auth, 0, 'ip', ''),
  'sync nowhere': op(OpCode.sync, '/nowhere'),
};

test.each(Object.entries(REFUSALS))('%s', async (_, write) => {
  const [expected, actual] = [
    await answerOf(real.port, write),
    await answerOf(sandbox.server.port, write),
  ];
  expect(actual).toEqual(expected);
});

/** Code of the answer, length of a good one, and whether the connection lives on. */
async function answerOf(port: number, write: Message): Promise<unknown> {
  const client = await RawClient.open(port);
  await client.greet();
  client.send((w) => {
    w.int(5);
    write(w);
  });
  const answer = await client.next();
  client.send((w) => {
    w.int(Xid.ping);
    w.int(OpCode.ping);
  });
  const ping = await client.next();
  client.close();
  const { xid, code } = answer ? headerOf(answer) : { xid: undefined, code: undefined };
  return { xid, code, bytes: code === 0 ? answer?.length : 0, livesOn: ping !== undefined };
}

test.each(['real', 'sandbox'])('sessions are taken up again, or not: %s', async (which) => {
  const port = which === 'real' ? real.port : sandbox.server.port;
  const first = await RawClient.open(port);
  const key = session(await first.greet());
  for (const wrong of [
    { ...key, password: new Uint8Array(16) },
    { ...key, id: key.id + 99n },
  ]) {
    const stranger = await RawClient.open(port);
    expect(await stranger.greet(wrong)).toMatchObject({ timeoutMs: 0, session: { id: 0n } });
    await stranger.closed();
  }
  const second = await RawClient.open(port);
  expect(session(await second.greet(key))).toEqual(key);
  await first.closed();
  const fromElsewhere = await RawClient.open(port);
  expect(await fromElsewhere.greet(undefined, 1n << 60n)).toBeUndefined();
  second.send((w) => {
    w.int(1);
    w.int(OpCode.closeSession);
  });
  expect(headerOf((await second.next()) ?? Buffer.alloc(16))).toMatchObject({ xid: 1, code: 0 });
  await second.closed();
  const late = await RawClient.open(port);
  expect(await late.greet(key)).toMatchObject({ timeoutMs: 0 });
  late.close();
});

test.each(['real', 'sandbox'])('watches come back with what they missed: %s', async (which) => {
  const port = which === 'real' ? real.port : sandbox.server.port;
  const client = await RawClient.open(port);
  await client.greet();
  client.send((w) => {
    w.int(1);
    create(OpCode.create2, '/watched', 0)(w);
  });
  await client.next();
  client.send((w) => {
    w.int(Xid.setWatches);
    w.int(OpCode.setWatches2);
    w.long(0n);
    for (const list of [['/watched', '/gone'], ['/watched', '/later'], ['/watched'], ['/'], []]) {
      w.vector(list, (path) => w.string(path));
    }
  });
  client.send((w) => {
    w.int(2);
    op(OpCode.delete, '/watched', -1)(w);
  });
  const told: string[] = [];
  for (;;) {
    const message = (await client.next()) ?? Buffer.alloc(16);
    const { xid, zxid } = headerOf(message);
    if (xid === 2) break;
    const isEvent = xid === Xid.notification;
    if (isEvent) expect(zxid).toBe(-1n);
    told.push(isEvent ? `${message.readInt32BE(16)} ${message.toString('utf8', 28)}` : `${xid}`);
  }
  expect(told).toEqual(['3 /watched', '2 /gone', '1 /watched', '4 /watched', '-8', '4 /']);
  client.close();
});

test('nobody is told of what he may not read', async () => {
  const seen = await Promise.all(
    [real, sandbox].map(async ({ connectString }) => {
      const { client, events } = await connected(connectString);
      const bob = { scheme: 'digest', auth: bytes('bob:secret') };
      const { client: owner } = await connected(connectString, { credentials: [bob] });
      await client.create(path('/shared'), bytes(''));
      await client.addWatch(path('/shared'), 'recursive');
      const acl = [{ scheme: 'auth', id: '', permissions: 31 }];
      await owner.create(path('/shared/hers'), bytes(''), { acl });
      await owner.create(path('/shared/everybodys'), bytes(''));
      await owner.delete(path('/shared/hers'), -1);
      await client.sync(path('/'));
      return events;
    }),
  );
  const expected = [{ type: 'created', path: '/shared/everybodys' }];
  expect(seen).toEqual([expected, expected]);
});

test('a session that falls silent ends with its connection', async () => {
  const client = await RawClient.open(sandbox.server.port);
  await client.greet(undefined, 0n, 1_000);
  const before = sandbox.server.db.sessions.size;
  await until('expired', () => sandbox.server.db.sessions.size < before);
  await client.closed();
});

function session(reply: ConnectReply | undefined): ConnectReply['session'] {
  if (!reply) throw new Error('no session');
  return { id: reply.session.id, password: Buffer.from(reply.session.password) };
}

const SHELL_COMMANDS = [
  ...[
    'create /cli hello',
    'create -s -e /cli/e- x',
    'create -c /cli/box',
    'create -t 60000 /cli/t',
  ],
  ...['ls /cli', 'ls -s /cli', 'ls -R /cli', 'get -s /cli', 'set -v 0 /cli two', 'set -v 0 /cli 3'],
  ...['stat /cli', 'stat /nowhere', 'getAllChildrenNumber /cli', 'getEphemerals /cli'],
  ...['addauth digest bob:secret', 'setAcl /cli auth::cdrwa', 'getAcl -s /cli'],
  ...['setquota -n 9 /cli', 'listquota /cli', 'delquota /cli', 'listquota /cli'],
  ...['addWatch /cli', 'create /cli/seen', 'delete /cli', 'removewatches /cli', 'sync /cli'],
  'deleteall /cli',
];

/** Words in its order and events in theirs, without what differs between any two servers. */
function comparable(lines: readonly string[]): { said: string[]; events: string[] } {
  const normal = lines
    .filter((line) => !/^(Connecting to|WATCHER::)|^.time = /.test(line))
    .filter((line) => !line.includes('state:Closed')) // said if the shell still listens as it ends
    .map((line) => line.replace(/0x[0-9a-f]+/g, '0x…').replace(/^\[(.*)\]$/, sorted));
  const isEvent = (line: string): boolean => line.startsWith('WatchedEvent');
  return { said: normal.filter((line) => !isEvent(line)), events: normal.filter(isEvent) };
}

function sorted(_: string, list: string): string {
  return list.split(', ').sort().join(', ');
}

test('the shell of ZooKeeper shows the same of both', async () => {
  const [expected, actual] = await Promise.all(
    [real, sandbox].map((server) => runZkCli(server.connectString, SHELL_COMMANDS)),
  );
  const shown = comparable(actual ?? []);
  expect(shown).toEqual(comparable(expected ?? []));
  expect(shown.events).toHaveLength(3);
}, 60_000);
