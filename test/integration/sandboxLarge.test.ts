import { afterAll, beforeAll, expect, test } from 'vitest';
import { JuteWriter } from '../../src/zk/engine/juteWriter';
import { OpCode } from '../../src/zk/engine/protocol';
import { fourLetterWord } from '../tools/zookeeper/fourLetterWord.mjs';
import { closeAll, connected, path, until } from './engineSupport';
import { headerOf, RawClient } from './rawClient';
import { startTestSandbox, type TestSandbox } from './sandboxSupport';

const ZNODES = 100_000;
const SESSIONS = 1_000;
const WINDOW = 1_000;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await closeAll();
  await sandbox.stop();
  expect(sandbox.problems).toEqual([]);
});

test('holds 100,000 znodes', async () => {
  const maker = await opened();
  create(maker, ['/many'], 0);
  await answers(maker, 1);
  for (let start = 0; start < ZNODES; start += WINDOW) {
    const names = Array.from({ length: WINDOW }, (_, index) => `/many/n${start + index}`);
    create(maker, names, 0);
    await answers(maker, WINDOW);
  }
  maker.close();
  const { client } = await connected(sandbox.connectString);
  expect(await client.countDescendants(path('/many'))).toBe(ZNODES);
  const { names, stat } = await client.getChildren(path('/many'));
  expect([new Set(names).size, stat.numChildren, stat.cversion]).toEqual([ZNODES, ZNODES, ZNODES]);
  expect((await client.getData(path('/many/n99999'))).data).toHaveLength(20);
}, 120_000);

test('holds 1,000 sessions, each with an ephemeral znode, and lets all of them go', async () => {
  const { client } = await connected(sandbox.connectString);
  await client.create(path('/members'), new Uint8Array(0));
  const members = await Promise.all(
    Array.from({ length: SESSIONS }, async (_, index) => {
      const member = await opened();
      create(member, [`/members/m${index}`], 1);
      await answers(member, 1);
      return member;
    }),
  );
  expect((await client.getChildren(path('/members'))).names).toHaveLength(SESSIONS);
  expect(sandbox.server.db.sessions.size).toBeGreaterThan(SESSIONS);
  for (const member of members) {
    member.send((w) => {
      w.int(2);
      w.int(OpCode.closeSession);
    });
  }
  await until(
    'all members gone',
    async () => (await client.getChildren(path('/members'))).names.length === 0,
    30_000,
  );
}, 60_000);

test('answers the words of monitors', async () => {
  const ask = (word: string): Promise<string> =>
    fourLetterWord('127.0.0.1', sandbox.server.port, word);
  await connected(sandbox.connectString);
  expect(await ask('ruok')).toBe('imok');
  expect(await ask('isro')).toBe('rw');
  expect(await ask('srvr')).toMatch(
    /^Zookeeper version: 3\.8.*\n(.*\n)*Mode: standalone\nNode count: \d+\n$/,
  );
  expect(await ask('stat')).toMatch(/\nClients:\n( \/127\.0\.0\.1:\d+\[\d\]\(queued=0,.*\)\n)+\n/);
  const monitored = new Map(
    (await ask('mntr')).split('\n').map((line) => line.split('\t') as [string, string]),
  );
  expect(monitored.get('zk_server_state')).toBe('standalone');
  expect(monitored.get('zk_version')).toMatch(/^3\.8/);
  expect(Number(monitored.get('zk_cnt_updatelatency'))).toBeGreaterThan(ZNODES);
  expect(Number(monitored.get('zk_avg_latency'))).toBeGreaterThan(0);
  expect(await ask('dump')).toMatch(/\nSessions with Ephemerals \(\d+\):\n/);
  expect(await ask('cons')).toMatch(
    /(^|\n) \/127\.0\.0\.1:\d+\[1\]\(.*,sid=0x[0-9a-f]+,est=\d+,to=\d+,/,
  );
  expect(await ask('conf')).toContain(`clientPort=${sandbox.server.port}\n`);
  expect(await ask('wchs')).toMatch(/^\d+ connections watching \d+ paths\nTotal watches:\d+\n$/);
  expect(await ask('envi')).toContain('not in the whitelist');
  expect(Number(monitored.get('zk_znode_count'))).toBe(sandbox.server.db.tree.size);
});

/** A session that lasts, however busy the machine is. */
async function opened(): Promise<RawClient> {
  const client = await RawClient.open(sandbox.server.port);
  await client.greet(undefined, 0n, 40_000);
  return client;
}

/** Writes all requests at once. */
function create(client: RawClient, names: readonly string[], flags: number): void {
  const w = new JuteWriter();
  for (const name of names) {
    const start = w.length;
    w.int(0);
    w.int(1);
    w.int(OpCode.create);
    w.string(name);
    w.bytes(new Uint8Array(20));
    w.int(1);
    w.int(31);
    w.string('world');
    w.string('anyone');
    w.int(flags);
    w.intAt(start, w.length - start - 4);
  }
  client.write(w.take());
}

async function answers(client: RawClient, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const answer = await client.next();
    if (!answer || headerOf(answer).code !== 0) throw new Error(`answer ${index + 1} is none`);
  }
}
