import { xxHash64 } from '../hashes/xxHash64';
import { Jump } from '../layout/jump';
import type { Member } from '../layout/points';
import { Race } from '../layout/race';
import { Table } from '../layout/table';
import { encodeUtf8 } from '../../textCoding';
import type { Preset } from '../types';
import { boundedCells } from './boundedLoad';
import { freeHashes, XXH64 } from './hashNames';
import { choice, number, text, whole } from './options';
import { type Definition, type Input, type KeyHash64, weightOf } from './rules';

const hashOption = choice('hash', 'The hash of the key.', Object.keys(freeHashes));
const keyHash = ({ options }: Input): KeyHash64 => freeHashes[text(options, 'hash')] ?? XXH64;
const indexes = (members: readonly Member[]): Int32Array =>
  Int32Array.from(members, ({ index }) => index);

function race(members: readonly Member[], weighted: boolean): Race {
  const hi = new Uint32Array(members.length);
  const lo = new Uint32Array(members.length);
  members.forEach(({ server }, i) => {
    const name = encodeUtf8(server.name ?? server.address);
    const out = new Uint32Array(2);
    xxHash64(name, name.length, 0, out);
    hi[i] = out[0] ?? 0;
    lo[i] = out[1] ?? 0;
  });
  const weights = Float64Array.from(members, (member) => (weighted ? weightOf(member) : 1));
  return new Race(indexes(members), weights, hi, lo, weighted);
}

const generic = (
  preset: Pick<Preset, 'id' | 'title' | 'description' | 'source' | 'status' | 'picture'> &
    Partial<Preset>,
): Preset => ({
  program: 'Algorithm',
  version: '',
  options: [hashOption],
  weighted: false,
  ...preset,
});

export const general: readonly Definition[] = [
  {
    preset: generic({
      id: 'jump',
      title: 'Jump consistent hash',
      description:
        'Lamping and Veach 2014: perfect balance, servers join and leave only at the end.',
      source: 'arXiv 1406.2294; dgryski/go-jump',
      status: 'publishedVectors',
      picture: 'buckets',
    }),
    rules: (input) => ({
      key: keyHash(input),
      space: { kind: 'layout', build: (members) => new Jump(indexes(members), false) },
    }),
  },
  {
    preset: generic({
      id: 'guava-consistent-hash',
      program: 'Guava',
      version: '31.1',
      title: 'Guava Hashing.consistentHash',
      description: 'Jump consistent hash in the order of rounding of Java: rarely another bucket.',
      options: [choice('hash', 'The hash of the key.', Object.keys(freeHashes), 'murmur3_128')],
      source: 'google/guava Hashing.java',
      status: 'proved',
      picture: 'buckets',
    }),
    rules: (input) => ({
      key: keyHash(input),
      space: { kind: 'layout', build: (members) => new Jump(indexes(members), true) },
    }),
  },
  {
    preset: generic({
      id: 'rendezvous',
      title: 'Rendezvous (highest random weight)',
      description: 'Each server gets a score for the key; the highest wins.',
      source: 'dgryski/go-rendezvous',
      status: 'experimental',
      picture: 'buckets',
    }),
    rules: (input) => ({
      key: keyHash(input),
      space: { kind: 'layout', build: (members) => race(members, false) },
    }),
  },
  {
    preset: generic({
      id: 'rendezvous-weighted',
      title: 'Weighted rendezvous',
      description: 'Rendezvous with the score weight / -ln(u): shares follow the weights exactly.',
      source: 'Resch, "New Hashing Algorithms for Data Storage", 2015',
      status: 'experimental',
      picture: 'buckets',
      weighted: true,
    }),
    rules: (input) => ({
      key: keyHash(input),
      space: { kind: 'layout', build: (members) => race(members, true) },
    }),
  },
  {
    preset: generic({
      id: 'bounded-load',
      program: 'buraksezer/consistent',
      version: 'master',
      title: 'Consistent hashing with bounded loads',
      description:
        'Partitions on a ring; a server that is full passes them on (Mirrokni et al. 2016).',
      options: [
        {
          name: 'capacity_factor',
          help: 'How much above the average a server may hold.',
          default: 1.25,
          minimum: 1,
          maximum: 100,
          real: true,
        },
        whole('partitions', 'The number of partitions, best a prime.', 271, 1, 1_000_003),
        whole('replicas', 'Points per server.', 20, 1, 10_000),
      ],
      source: 'buraksezer/consistent consistent.go',
      status: 'experimental',
      picture: 'slots',
      virtualNodes: 'replicas',
    }),
    rules: ({ options }) => ({
      key: XXH64,
      space: {
        kind: 'layout',
        build: (members) => {
          const cells = boundedCells(
            members,
            number(options, 'partitions'),
            number(options, 'replicas'),
            number(options, 'capacity_factor'),
          );
          return cells instanceof Int32Array ? new Table(cells, 2 ** 64) : cells;
        },
      },
    }),
  },
  {
    preset: generic({
      id: 'modulo',
      title: 'Hash modulo servers',
      description: 'hash % n: perfect balance, but nearly every key moves when n changes.',
      source: 'definition',
      status: 'experimental',
      picture: 'buckets',
    }),
    rules: (input) => ({
      key: keyHash(input),
      space: { kind: 'layout', build: (members) => new Table(indexes(members), 2 ** 64) },
    }),
  },
  {
    preset: generic({
      id: 'textbook-modulo',
      title: 'Textbook: key mod P + 1',
      description:
        'For comparison only: the number that the key is (or its bytes spell), modulo P, plus 1.',
      options: [],
      source: 'definition',
      status: 'experimental',
      picture: 'buckets',
      comparisonOnly: true,
    }),
    rules: () => ({
      key: freeHashes['decimal'] ?? XXH64,
      space: { kind: 'layout', build: (members) => new Table(indexes(members), 2 ** 64) },
    }),
  },
];
