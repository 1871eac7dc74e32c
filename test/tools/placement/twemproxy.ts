import { writeFile } from 'node:fs/promises';
import { createServer, type Server as Listener } from 'node:net';
import { join } from 'node:path';
import { freePorts } from '../zookeeper/ports.mjs';
import { withDaemon } from './daemon';
import { hostOf, portOf, type OracleCase, type Placements } from './oracle';
import { inParallel, pipeline } from './pipeline';
import { withDirectory } from './temporary';

/**
 * Where twemproxy sends keys. Settings: hash, distribution, and the two characters of a hash tag or
 * nothing. Servers must be addresses that `listenAsMemcached` listens at.
 * @param keys 1-250 bytes without control characters or white space
 * @param backends their addresses, in the order that their answers number them
 */
export function placeWithTwemproxy(
  keys: readonly Uint8Array[],
  cases: readonly OracleCase[],
  backends: readonly string[],
): Promise<Placements> {
  return withDirectory(async (directory) => {
    const file = join(directory, 'nutcracker.yml');
    const front = (index: number): string => join(directory, `p${index}`);
    const pools = cases.map((one, index) => pool(one, index, front(index)));
    await writeFile(file, pools.join(''));
    const [statsPort] = await freePorts(1);
    const stats = ['-a', '127.0.0.1', '-s', String(statsPort)];
    const command = ['nutcracker', '-v', '3', '-c', file, ...stats];
    const last = { path: front(cases.length - 1) };
    return withDaemon(command, directory, last, () =>
      inParallel(8, cases, async ({ servers }, index) => {
        const values = await pipeline({ path: front(index) }, keys, get, /^(\d+|[A-Z]+_.*)\r\nE/gm);
        const addresses = servers.map(({ address }) => address);
        return values.map((value) => addresses.indexOf(backends[Number(value)] ?? ''));
      }),
    );
  });
}

const get = (key: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from('get '), key, Buffer.from('\r\n')]);

function pool({ settings, servers }: OracleCase, index: number, front: string): string {
  const [hash, distribution, tag] = settings;
  return [
    `p${index}:`,
    `  listen: ${front}`,
    `  hash: ${hash}`,
    `  distribution: ${distribution}`,
    ...(tag === undefined ? [] : [`  hash_tag: "${tag}"`]),
    '  servers:',
    ...servers.map(({ address, weight = 1, name }) =>
      `    - ${address}:${weight} ${name ?? ''}`.trimEnd(),
    ),
    '',
  ].join('\n');
}

/**
 * Stands in for memcached at loopback addresses: a `get` of any key answers with the number of the
 * address in the list.
 * @returns those it could listen at
 */
export async function listenAsMemcached(
  addresses: readonly string[],
): Promise<{ readonly addresses: readonly string[]; close(): void }> {
  const listeners: Listener[] = [];
  const taken: string[] = [];
  for (const address of addresses) {
    const listener = await listen(address, String(listeners.length));
    if (listener === undefined) continue; // somebody else's
    listeners.push(listener);
    taken.push(address);
  }
  return { addresses: taken, close: () => listeners.forEach((one) => one.close()) };
}

function listen(address: string, value: string): Promise<Listener | undefined> {
  const answer = `VALUE k 0 ${value.length}\r\n${value}\r\nEND\r\n`;
  const listener = createServer((socket) => {
    let lines = 0;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const byte of data) if (byte === 10) lines++;
      socket.write(answer.repeat(lines));
      lines = 0;
    });
  });
  return new Promise((resolve) => {
    listener.once('error', () => resolve(undefined));
    listener.listen({ host: hostOf({ address }), port: portOf({ address }) }, () =>
      resolve(listener),
    );
  });
}
