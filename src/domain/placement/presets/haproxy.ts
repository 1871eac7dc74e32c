import { crc32 } from '../hashes/crc';
import { djb2, fullHash, sdbm, wt6 } from '../hashes/simple';
import { Table } from '../layout/table';
import type { Member, PointRules } from '../layout/points';
import type { OptionSpec, Options } from '../types';
import { choice, flag, text, toggle } from './options';
import { type Definition, hash32, type Hash32, type KeyHash32, weightOf } from './rules';

const hashes: Record<string, Hash32> = { sdbm, djb2, wt6, crc32 };
const source = 'haproxy/haproxy v2.6.0 src/lb_chash.c, src/lb_map.c, src/hash.c, intops.h';
const POINTS_PER_WEIGHT = 16;
const QUESTION_MARK = 63;

const options = (avalanche: boolean): readonly OptionSpec[] => [
  choice('hash', 'The function of "hash-type".', Object.keys(hashes)),
  toggle('avalanche', 'The modifier "avalanche": mixes the hash of the key once more.', avalanche),
  choice('part', 'What is hashed: all of the key, or a URI up to "?" (balance uri).', [
    'whole',
    'uri',
  ]),
];

function keyHash(chosen: Options): KeyHash32 {
  const name = text(chosen, 'hash');
  const hash = hashes[name] ?? sdbm;
  return flag(chosen, 'avalanche')
    ? hash32(`${name} avalanche`, (bytes, length) => fullHash(hash(bytes, length)))
    : hash32(name, hash);
}

const uriPart = (chosen: Options) =>
  text(chosen, 'part') === 'uri'
    ? {
        part: (key: Uint8Array): Uint8Array => {
          const end = key.indexOf(QUESTION_MARK);
          return end < 0 ? key : key.subarray(0, end);
        },
      }
    : {};

const points: PointRules = {
  bits: 32,
  search: 'nearest',
  tie: 'first',
  counts: (members) => members.map((member) => Math.round(weightOf(member) * POINTS_PER_WEIGHT)),
  identity: ({ id }) => String(id),
  label: ({ id }, index) => `id ${id} node ${index}`,
  write: ({ id }, count, sink) => {
    for (let node = 0; node < count; node++) sink.hi[sink.at++] = fullHash(id * 4096 + node);
  },
};

/** HAProxy's smooth table: each turn the server with the most credit takes the cell. */
function smoothCells(members: readonly Member[]): Int32Array {
  const divisor = members.map(weightOf).reduce(greatestCommonDivisor, 0);
  const weights = members.map((member) => weightOf(member) / divisor);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = weights.map(() => 0);
  return Int32Array.from({ length: total }, () => {
    let best = 0;
    let most = 0;
    for (let i = 0; i < weights.length; i++) {
      if (total === 1) break;
      const score = (scores[i] ?? 0) + (weights[i] ?? 0);
      scores[i] = score;
      const turn = Math.trunc((score + total) / total);
      if (turn > most) {
        most = turn;
        best = i;
      }
    }
    scores[best] = (scores[best] ?? 0) - total;
    return members[best]?.index ?? -1;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

const about = {
  program: 'HAProxy',
  version: '2.6.12',
  source,
  status: 'proved',
  weighted: true,
} as const;

export const haproxy: readonly Definition[] = [
  {
    preset: {
      ...about,
      id: 'haproxy-consistent',
      title: 'HAProxy consistent',
      description: 'hash-type consistent: 16 points per unit of weight, the nearest point wins.',
      options: options(true),
      picture: 'nearestRing',
    },
    wholeWeights: true,
    rules: (input) => ({
      key: keyHash(input.options),
      ...uriPart(input.options),
      space: { kind: 'ring', points },
    }),
  },
  {
    preset: {
      ...about,
      id: 'haproxy-map',
      title: 'HAProxy map-based',
      description:
        'hash-type map-based, the default: a table of as many cells as the weights sum up to.',
      options: options(false),
      picture: 'table',
    },
    wholeWeights: true,
    rules: (input) => ({
      key: keyHash(input.options),
      ...uriPart(input.options),
      space: {
        kind: 'layout',
        build: (members) => new Table(smoothCells(members), 2 ** 32),
      },
    }),
  },
];
