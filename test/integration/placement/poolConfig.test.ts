import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { poolConfig } from '../../../src/domain/config/pool';
import type { Options, Server } from '../../../src/domain/placement/types';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { withDirectory } from '../../tools/placement/temporary';

const run = promisify(execFile);
const SERVERS: Server[] = [
  { address: '10.0.0.1:11211', weight: 3, zone: 'east' },
  { address: '10.0.0.2:11211', name: 'two' },
  { address: '127.0.0.1:11211', down: true },
];

/** Calls `check` with a file that holds the configuration. */
function check(
  preset: string,
  options: Options,
  checkFile: (file: string, directory: string) => Promise<unknown>,
): Promise<void> {
  return withDirectory(async (directory) => {
    const config = poolConfig({ servers: SERVERS, preset, options, maxConnections: 20 });
    if (Array.isArray(config)) throw new Error(config[0]?.message);
    const file = join(directory, config.fileName);
    await writeFile(file, config.text);
    await expect(checkFile(file, directory)).resolves.toBeDefined();
    // A checker that accepts everything would be none.
    await writeFile(file, config.text.replace(/hash/, 'hush'));
    await expect(checkFile(file, directory)).rejects.toThrow();
  });
}

beforeAll(ensurePlacementPrograms, 600_000);

test.each([
  ['twemproxy-ketama', { hash: 'md5', hash_tag: '{}' }],
  ['twemproxy-modula', { hash_tag: '$$' }],
])('nutcracker takes the pool of %s', (preset, options) =>
  check(preset, options, (file) => run('nutcracker', ['-t', '-c', file])),
);

test.each([
  ['haproxy-consistent', { hash: 'wt6' }],
  ['haproxy-map', { part: 'uri', avalanche: true }],
])('HAProxy takes the backend of %s', (preset, options) =>
  check(preset, options, async (file, directory) => {
    const front = join(directory, 'front.cfg');
    const lines = ['frontend front', 'mode http', 'timeout client 1s', 'bind 127.0.0.1:1'];
    await writeFile(front, [...lines, 'default_backend pool', ''].join('\n'));
    return run('haproxy', ['-c', '-f', front, '-f', file]);
  }),
);

test.each([['nginx-consistent'], ['nginx-hash']])('nginx takes the upstream of %s', (preset) =>
  check(preset, {}, async (file, directory) => {
    const main = join(directory, 'nginx.conf');
    const lines = [
      `pid ${join(directory, 'pid')};`,
      'error_log stderr;',
      'events {}',
      `http { access_log off; include ${file}; server { listen 127.0.0.1:1; location / { proxy_pass http://pool; } } }`,
    ];
    await writeFile(main, lines.join('\n'));
    return run('nginx', ['-t', '-c', main, '-p', directory]);
  }),
);
