import { freePorts } from '../zookeeper/ports.mjs';
import { withDaemon } from './daemon';
import { join } from 'node:path';
import { pipeline } from './pipeline';
import { withDirectory } from './temporary';

/** Redis Cluster's slot of each key, of any bytes. */
export function slotsOfRedis(keys: readonly Uint8Array[]): Promise<number[]> {
  return withDirectory(async (directory) => {
    const [port, busPort] = await freePorts(2);
    const front = { path: join(directory, 'front') };
    const command = [
      ...['redis-server', '--bind', '127.0.0.1', '--port', String(port)],
      ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
      ...['--unixsocket', front.path, '--dir', directory, '--save', ''],
    ];
    return withDaemon(command, directory, front, async () => {
      const slots = await pipeline(front, keys, keySlot, /^:(\d+)\r\n/gm);
      return slots.map(Number);
    });
  });
}

/** https://redis.io/docs/latest/develop/reference/protocol-spec/: an array of bulk strings. */
function keySlot(key: Uint8Array): Uint8Array {
  const parts = [Buffer.from('CLUSTER'), Buffer.from('KEYSLOT'), key];
  const bulk = parts.flatMap((part) => [
    Buffer.from(`$${part.length}\r\n`),
    part,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(`*${parts.length}\r\n`), ...bulk]);
}
