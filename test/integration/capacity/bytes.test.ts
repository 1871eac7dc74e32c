import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  logFileBytes,
  logRecordBytes,
  OPEN_ACL_BYTES,
  snapshotBytes,
  type Transaction,
} from '../../../src/domain/capacity/ensemble/files';
import { OPEN_ACL } from '../../../src/domain/znode/acl';
import type { ZkClient } from '../../../src/zk/client';
import { startStandalone } from '../../tools/zookeeper/server.mjs';
import { closeAll, connected, path } from '../engineSupport';
import { fileSize, logRecords, serverFiles } from './serverFiles';

const PRE_ALLOC_KIB = 256;

let server: Awaited<ReturnType<typeof startStandalone>>;

beforeAll(async () => {
  server = await startStandalone({ extraConfig: { preAllocSize: PRE_ALLOC_KIB } });
}, 60_000);
afterAll(() => server.stop());
afterEach(closeAll);

/** The tree of an empty server: root, /zookeeper, its quota and its configuration. */
const EMPTY_TREE = ['', '/zookeeper', '/zookeeper/quota', '/zookeeper/config'].map((name) => ({
  count: 1,
  pathBytes: name.length,
  dataBytes: 0,
}));
/** /zookeeper/config may be read by everybody: an ACL of one entry, as long as the open one. */
const CONFIG_ACL = OPEN_ACL_BYTES;

const data = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0x78);
const last = <T>(values: readonly T[]): T => {
  const value = values.at(-1);
  if (value === undefined) throw new Error('empty');
  return value;
};

/** Writes of every kind, with what the model says about their records. */
async function writes(client: ZkClient): Promise<Transaction[]> {
  const done: Transaction[] = [];
  const create = async (name: string, size: number, options = {}): Promise<void> => {
    await client.create(path(name), data(size), options);
    done.push({ type: 'create', pathBytes: Buffer.byteLength(name), dataBytes: size });
  };
  await create('/a', 0);
  for (let i = 0; i < 300; i++) await create(`/a/node-${i}`, (i * 37) % 2000);
  await create('/a/größe-€', 10);
  await create('/e', 3, { mode: 'ephemeral' });
  await client.create(path('/c'), data(5), { mode: 'container' });
  done.push({ type: 'createContainer', pathBytes: 2, dataBytes: 5 });
  await client.create(path('/t'), data(5), { mode: 'persistentTtl', ttlMs: 3_600_000 });
  done.push({ type: 'createTtl', pathBytes: 2, dataBytes: 5 });
  await client.setData(path('/a/node-1'), data(700), -1);
  done.push({ type: 'setData', pathBytes: 9, dataBytes: 700 });
  await client.setAcl(path('/a/node-2'), OPEN_ACL, -1);
  done.push({ type: 'setAcl', pathBytes: 9, aclBytes: OPEN_ACL_BYTES });
  await client.delete(path('/a/node-3'), -1);
  done.push({ type: 'delete', pathBytes: 9 });
  await client.transaction([
    { type: 'create', path: path('/m'), data: data(20) },
    { type: 'setData', path: path('/a'), data: data(30), version: -1 },
    { type: 'delete', path: path('/a/node-4'), version: -1 },
  ]);
  done.push({
    type: 'multi',
    steps: [
      { type: 'create', pathBytes: 2, dataBytes: 20 },
      { type: 'setData', pathBytes: 2, dataBytes: 30 },
      { type: 'delete', pathBytes: 9 },
    ],
  });
  return done;
}

describe('files of a real server', () => {
  test('an empty tree has the size that the model gives', async () => {
    const [first = ''] = await serverFiles(server.dataDir, 'snapshot');
    expect(await fileSize(first)).toBe(
      snapshotBytes({ znodes: EMPTY_TREE, sessions: 0, acls: [CONFIG_ACL] }),
    );
  });

  test('log records, log files and the next snapshot match to the byte', async () => {
    const { client } = await connected(server.connectString);
    const written = await writes(client);
    await client.close();
    const expected: Transaction[] = [
      { type: 'createSession' },
      ...written,
      { type: 'closeSession', ephemeralPathBytes: ['/e'.length] },
    ];
    const log = last(await serverFiles(server.dataDir, 'log'));
    const records = await logRecords(log);
    expect(records.map(({ bytes }) => bytes)).toEqual(expected.map(logRecordBytes));
    const used = 16 + records.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(await fileSize(log)).toBe(logFileBytes(used, PRE_ALLOC_KIB * 1024));

    // A session that the server has not seen the end of, with an ephemeral; it outlives the restart.
    const outliving = { sessionTimeoutMs: 40_000 };
    const { client: open } = await connected(server.connectString, outliving);
    await open.create(path('/open'), data(11), { mode: 'ephemeral' });
    await server.restart();
    const tree = await znodes(open);
    expect(tree.length).toBeGreaterThan(300);
    const files = await serverFiles(server.dataDir, 'snapshot');
    expect(await fileSize(last(files))).toBe(
      snapshotBytes({
        znodes: [...EMPTY_TREE, ...tree],
        sessions: 1,
        acls: [CONFIG_ACL, OPEN_ACL_BYTES],
      }),
    );
  });
});

/** What the server now holds below the root, apart from its own znodes. */
async function znodes(client: ZkClient) {
  const found: { count: number; pathBytes: number; dataBytes: number }[] = [];
  const visit = async (parent: string): Promise<void> => {
    const { names } = await client.getChildren(path(parent || '/'));
    for (const name of names) {
      const full = `${parent}/${name}`;
      if (full === '/zookeeper') continue;
      const { stat } = await client.getData(path(full));
      found.push({ count: 1, pathBytes: Buffer.byteLength(full), dataBytes: stat.dataLength });
      if (stat.numChildren > 0) await visit(full);
    }
  };
  await visit('');
  return found;
}
