import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDaemon } from './daemon';
import type { OracleCase, Placements } from './oracle';
import { httpRequest, inParallel, pipeline } from './pipeline';
import { withDirectory } from './temporary';

/**
 * Where nginx sends keys. Settings: `consistent` or nothing. Nobody answers at the servers (they
 * must be loopback addresses): nginx tells which one it has tried.
 * @param keys without control characters or white space
 */
export function placeWithNginx(
  keys: readonly Uint8Array[],
  cases: readonly OracleCase[],
): Promise<Placements> {
  return withDirectory(async (directory) => {
    const file = join(directory, 'nginx.conf');
    await writeFile(file, configuration(directory, cases));
    const front = { path: join(directory, 'front') };
    const command = ['nginx', '-p', directory, '-e', join(directory, 'error.log'), '-c', file];
    return withDaemon(command, directory, front, () =>
      inParallel(8, cases, async ({ servers }, group) => {
        const tried = await pipeline(front, keys, httpRequest(`g${group}`), /X-Up: ([^\r]*)\r/g);
        const indexes = new Map(servers.map(({ address }, index) => [withPort(address), index]));
        return tried.map((one) => indexes.get(one) ?? -1);
      }),
    );
  });
}

/** As nginx tells addresses. */
const withPort = (address: string): string => (address.includes(':') ? address : `${address}:80`);

function configuration(directory: string, cases: readonly OracleCase[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off;',
    'master_process off;',
    `pid ${directory}/pid;`,
    'error_log stderr alert;',
    'events { worker_connections 2000; }',
    'http {',
    'access_log off;',
    'keepalive_requests 1000000;',
    ...temporary.map((name) => `${name}_temp_path ${directory}/${name};`),
    ...cases.map(({ settings, servers }, index) => {
      const lines = servers.map(
        ({ address, weight = 1, down }) =>
          `server ${address} weight=${weight} max_fails=0${down ? ' down' : ''};`,
      );
      return `upstream g${index} { hash $http_x_key ${settings.join(' ')}; ${lines.join('\n')} }`;
    }),
    `server { listen unix:${directory}/front; location / {`,
    'proxy_pass http://$http_x_group;',
    'proxy_next_upstream off;',
    // Another program may listen at one of the addresses.
    'proxy_read_timeout 100ms;',
    'add_header X-Up $upstream_addr always;',
    '} } }',
    '',
  ].join('\n');
}
