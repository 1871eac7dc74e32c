import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDaemon } from './daemon';
import type { OracleCase, Placements } from './oracle';
import { httpRequest, inParallel, pipeline } from './pipeline';
import { withDirectory } from './temporary';

/**
 * Where HAProxy sends keys. Settings: the arguments of `balance` as one, then those of `hash-type`.
 * HAProxy places by id and weight alone, so that all servers can be one and the same mock, which is
 * HAProxy too.
 * @param keys without control characters, white space or commas (those end a header's value)
 */
export function placeWithHaproxy(
  keys: readonly Uint8Array[],
  cases: readonly OracleCase[],
): Promise<Placements> {
  return withDirectory(async (directory) => {
    const file = join(directory, 'haproxy.cfg');
    await writeFile(file, configuration(directory, cases));
    const front = { path: join(directory, 'front') };
    return withDaemon(['haproxy', '-db', '-f', file], directory, front, () =>
      inParallel(8, cases, async ({ settings }, group) => {
        const request = httpRequest(`g${group}`, settings[0] === 'uri' ? 'uri' : 'header');
        const names = await pipeline(front, keys, request, /x-server: s(\d+)\r/g);
        return names.map(Number);
      }),
    );
  });
}

function configuration(directory: string, cases: readonly OracleCase[]): string {
  return [
    'global',
    '  maxconn 4000',
    'defaults',
    '  mode http',
    '  http-reuse always',
    ...['connect', 'client', 'server'].map((what) => `  timeout ${what} 30s`),
    'frontend mock',
    `  bind ${directory}/mock`,
    '  http-request return status 200',
    'frontend front',
    `  bind ${directory}/front`,
    '  use_backend %[req.hdr(x-group)]',
    ...cases.flatMap(backend.bind(undefined, directory)),
    '',
  ].join('\n');
}

function backend(directory: string, { settings, servers }: OracleCase, index: number): string[] {
  const [balance, ...hashType] = settings;
  return [
    `backend g${index}`,
    `  balance ${balance}`,
    ...(hashType.length > 0 ? [`  hash-type ${hashType.join(' ')}`] : []),
    '  http-response set-header x-server %s',
    ...servers.map(({ id, weight, down }, i) =>
      [
        `  server s${i} unix@${directory}/mock`,
        ...(id === undefined ? [] : [`id ${id}`]),
        ...(weight === undefined ? [] : [`weight ${weight}`]),
        ...(down ? ['disabled'] : []),
      ].join(' '),
    ),
  ];
}
