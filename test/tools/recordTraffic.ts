/**
 * Writes `test/fixtures/zookeeperReplies.json`: what a real server answers to each operation, for
 * the codec's tests. Run it when an operation is added:
 *
 *   npx esbuild test/tools/recordTraffic.ts --bundle --platform=node --outfile=dist/record.cjs
 *   node dist/record.cjs
 */
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { OPEN_ACL } from '../../src/domain/znode/acl';
import type { ZPath } from '../../src/domain/znode/path';
import { FrameReader } from '../../src/zk/engine/frames';
import { createNodeClient } from '../../src/zk/nodeClient';
import { startStandalone } from './zookeeper/server.mjs';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const path = (text: string): ZPath => text as ZPath;

async function main(): Promise<void> {
  const server = await startStandalone();
  const frames: Buffer[] = [];
  const tap = createServer((client) => {
    const onward = connect(server.port, server.host);
    const reader = new FrameReader((buffer, start, end) => {
      frames.push(Buffer.from(buffer.subarray(start, end)));
    });
    client.pipe(onward).pipe(client);
    onward.on('data', (chunk: Buffer) => reader.push(chunk));
    for (const side of [client, onward]) side.on('error', () => side.destroy());
  });
  await new Promise<void>((done) => tap.listen(0, '127.0.0.1', done));
  const { port } = tap.address() as AddressInfo;
  const client = createNodeClient({ connectString: `127.0.0.1:${port}`, sessionTimeoutMs: 40_000 });
  await client.connect();
  const recorded: Record<string, string> = { greeting: frames.shift()?.toString('hex') ?? '' };
  /** The body of the reply to one request, without the header. */
  const record = async (name: string, request: () => Promise<unknown>): Promise<void> => {
    frames.length = 0;
    await request();
    const reply = frames.find((frame) => frame.readInt32BE(0) > 0);
    recorded[name] = reply?.subarray(16).toString('hex') ?? '';
  };
  const acl = [...OPEN_ACL, { scheme: 'digest', id: 'ünï😀:hash', permissions: 1 }];
  await record('create', () => client.create(path('/a'), bytes('hello'), { acl }));
  for (let i = 0; i < 12; i++) await client.create(path(`/a/child-${i}-é`), bytes(''));
  await record('getData', () => client.getData(path('/a')));
  await record('exists', () => client.exists(path('/a')));
  await record('setData', () => client.setData(path('/a'), bytes('x'.repeat(99)), -1));
  await record('getAcl', () => client.getAcl(path('/a')));
  await record('getChildren', () => client.getChildren(path('/a')));
  await record('multi', () =>
    client.transaction([
      { type: 'check', path: path('/a'), version: -1 },
      { type: 'create', path: path('/b'), data: bytes('') },
      { type: 'setData', path: path('/b'), data: bytes('1'), version: 0 },
      { type: 'delete', path: path('/b'), version: -1 },
    ]),
  );
  await record('multiRead', () =>
    client.readMany([
      { type: 'getData', path: path('/a') },
      { type: 'getChildren', path: path('/a') },
      { type: 'getData', path: path('/none') },
    ]),
  );
  await record('whoAmI', () => client.whoAmI());
  await client.create(path('/e'), bytes(''), { mode: 'ephemeral' });
  await record('getEphemerals', () => client.getEphemerals());
  await record('countDescendants', () => client.countDescendants(path('/a')));
  await client.exists(path('/a'), { watch: true });
  frames.length = 0;
  await client.setData(path('/a'), bytes(''), -1);
  recorded['event'] =
    frames
      .find((f) => f.readInt32BE(0) === -1)
      ?.subarray(16)
      .toString('hex') ?? '';
  await client.close();
  tap.close();
  await server.stop();
  await writeFile('test/fixtures/zookeeperReplies.json', `${JSON.stringify(recorded, null, 2)}\n`);
}

void main();
