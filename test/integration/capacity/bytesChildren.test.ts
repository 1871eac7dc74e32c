import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DEFAULT_MAX_BUFFER, maxChildren } from '../../../src/domain/capacity/ensemble/limits';
import type { ZkClient } from '../../../src/zk/client';
import { ensureZooKeeper } from '../../tools/zookeeper/install.mjs';
import { startStandalone } from '../../tools/zookeeper/server.mjs';
import { closeAll, connected, path } from '../engineSupport';

const NAME_BYTES = 9;
const run = promisify(execFile);

let server: Awaited<ReturnType<typeof startStandalone>>;

beforeAll(async () => {
  server = await startStandalone();
}, 60_000);
afterAll(() => server.stop());
afterEach(closeAll);

/** Adds children with names of nine bytes until there are `count`. */
async function fill(client: ZkClient, from: number, count: number): Promise<void> {
  const name = (i: number): string => `/p/n${String(i).padStart(NAME_BYTES - 1, '0')}`;
  for (let first = from; first < count; first += 2000) {
    const size = Math.min(2000, count - first);
    await client.transaction(
      Array.from({ length: size }, (_, i) => ({
        type: 'create' as const,
        path: path(name(first + i)),
        data: new Uint8Array(0),
      })),
    );
  }
}

/** What ZooKeeper's own command line says to `ls`, which asks for the parent's stat as well. */
async function javaList(): Promise<string> {
  const { javaPath, classPathJars } = await ensureZooKeeper();
  const command = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', classPathJars.join(delimiter)];
  const main = ['org.apache.zookeeper.ZooKeeperMain', '-server', server.connectString, 'ls', '/p'];
  try {
    const { stdout, stderr } = await run(javaPath, [...command, ...main], {
      maxBuffer: 16 * 2 ** 20,
      timeout: 50_000,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return stdout + stderr;
  }
}

const listed = (output: string): number => (output.match(/\bn\d{8}\b/g) ?? []).length;

/** Bytes of the reply to getChildren (type 8, without the stat), spoken by hand. */
async function plainReplyBytes(): Promise<number> {
  const socket = connect(server.port, server.host);
  try {
    const handshake = Buffer.alloc(4 + 44);
    handshake.writeInt32BE(44, 0);
    handshake.writeInt32BE(4000, 16); // the session timeout
    handshake.writeInt32BE(16, 28); // the length of the empty password
    const request = Buffer.alloc(4 + 15);
    request.writeInt32BE(15, 0);
    request.writeInt32BE(1, 4);
    request.writeInt32BE(8, 8);
    request.writeInt32BE(2, 12);
    request.write('/p', 16);
    socket.write(Buffer.concat([handshake, request]));
    const accepted = 4 + 36;
    let start = Buffer.alloc(0);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      start = Buffer.concat([start, chunk]);
      if (start.length < accepted + 4) continue;
      expect(start.readInt32BE(0)).toBe(accepted - 4);
      return start.readInt32BE(accepted);
    }
    throw new Error('no reply');
  } finally {
    socket.destroy();
  }
}

test('the Java client lists as many children as the model allows, and not one more', async () => {
  const { client } = await connected(server.connectString);
  await client.create(path('/p'), new Uint8Array(0));
  const most = maxChildren(NAME_BYTES, DEFAULT_MAX_BUFFER, true);
  let filled = 0;
  for (const [count, fits] of [
    [80_650, true],
    [most, true],
    [most + 1, false],
    [80_660, false],
  ] as const) {
    await fill(client, filled, count);
    filled = count;
    const output = await javaList();
    expect(listed(output), `of ${count}`).toBe(fits ? count : 0);
    expect(output.includes('ConnectionLoss'), `ConnectionLoss at ${count}`).toBe(!fits);
  }
}, 240_000);

test('our client, set to the same packets, reaches the same limit', async () => {
  const most = maxChildren(NAME_BYTES, DEFAULT_MAX_BUFFER, true);
  const { client } = await connected(server.connectString, { maxReplyBytes: DEFAULT_MAX_BUFFER });
  await expect(client.getChildren(path('/p'))).rejects.toMatchObject({ code: 'ConnectionLoss' });
  const { client: generous } = await connected(server.connectString);
  const { names } = await generous.getChildren(path('/p'));
  expect(names).toHaveLength(80_660);
  for (const name of names.slice(most)) await generous.delete(path(`/p/${name}`), -1);
  expect((await client.getChildren(path('/p'))).names).toHaveLength(most);
}, 120_000);

test('without the stat, the reply is as long as the model counts', async () => {
  const { client } = await connected(server.connectString);
  const { names } = await client.getChildren(path('/p'));
  const bytes = await plainReplyBytes();
  expect(maxChildren(NAME_BYTES, bytes, false)).toBe(names.length);
  expect(maxChildren(NAME_BYTES, bytes - 1, false)).toBe(names.length - 1);
});
