import { crc32Memcached, crc32Update } from '../hashes/crc';
import { Table } from '../layout/table';
import type { Member, PointRules } from '../layout/points';
import { encodeUtf8 } from '../../textCoding';
import { perWeight } from './counts';
import { CRC32 } from './hashNames';
import { weightedCells } from './ringRules';
import { type Definition, hash32 } from './rules';
import { hostPort } from './vnodes';

const POINTS_PER_WEIGHT = 160;
const MAX_TRIES = 20;

/** The text of the `server` directive; a `unix:` path without its prefix. */
const serverText = ({ server }: Member): { host: string; port: string } =>
  server.address.toLowerCase().startsWith('unix:')
    ? { host: server.address.slice(5), port: '' }
    : hostPort(server.address);

/** Each point is the CRC-32 of host, NUL, port and the point before, 0 at first. */
const points: PointRules = {
  bits: 32,
  search: 'ge',
  tie: 'first',
  counts: perWeight(POINTS_PER_WEIGHT),
  identity: ({ server }) => server.address,
  label: ({ server }, index) => `${server.address} point ${index}`,
  write: (member, count, sink) => {
    const { host, port } = serverText(member);
    const name = encodeUtf8(`${host}\0${port}`);
    const base = crc32Update(0xffffffff, name, 0, name.length);
    const previous = new Uint8Array(4);
    const view = new DataView(previous.buffer);
    for (let i = 0; i < count; i++) {
      const point = ~crc32Update(base, previous, 0, 4) >>> 0;
      sink.hi[sink.at++] = point;
      view.setUint32(0, point, true);
    }
  },
};

/** After a server that is down, `hash` goes on with the number of the try in front of the key. */
function retryWhenDown(all: readonly Member[]): (key: Uint8Array) => number {
  const cells = weightedCells(all);
  const down = new Set(all.filter(({ server }) => server.down).map(({ index }) => index));
  return (key) => {
    let hash = 0;
    for (let attempt = 0; attempt <= MAX_TRIES; attempt++) {
      const prefix = encodeUtf8(attempt === 0 ? '' : String(attempt));
      const bytes = new Uint8Array(prefix.length + key.length);
      bytes.set(prefix);
      bytes.set(key, prefix.length);
      hash += crc32Memcached(bytes, bytes.length);
      const owner = cells[hash % cells.length] ?? -1;
      if (!down.has(owner)) return owner;
    }
    return -1;
  };
}

const about = {
  program: 'nginx',
  version: '1.22.1',
  options: [],
  source: 'nginx/nginx@3f6f782 src/http/modules/ngx_http_upstream_hash_module.c',
  status: 'proved',
  weighted: true,
} as const;

export const nginx: readonly Definition[] = [
  {
    preset: {
      ...about,
      id: 'nginx-consistent',
      title: 'nginx hash … consistent',
      description:
        'hash $key consistent: 160 CRC-32 points per unit of weight, as Cache::Memcached::Fast.',
      picture: 'ring',
    },
    wholeWeights: true,
    rules: () => ({ key: CRC32, space: { kind: 'ring', points } }),
  },
  {
    preset: {
      ...about,
      id: 'nginx-hash',
      title: 'nginx hash',
      description: 'hash $key: 15 bits of the CRC-32 modulo the sum of weights.',
      picture: 'buckets',
    },
    wholeWeights: true,
    rules: ({ all, members }) => ({
      key: hash32('crc32 (15 bits)', crc32Memcached, 2 ** 15),
      space: { kind: 'layout', build: () => new Table(weightedCells(all), 2 ** 15) },
      ...(members.length < all.length ? { override: retryWhenDown(all) } : {}),
    }),
  },
];
