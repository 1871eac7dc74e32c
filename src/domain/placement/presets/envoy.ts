import { remainder } from '../hashes/limbs';
import { murmur2x64 } from '../hashes/murmur64';
import { xxHash64 } from '../hashes/xxHash64';
import { type Member } from '../layout/points';
import { Table } from '../layout/table';
import { encodeUtf8 } from '../../textCoding';
import type { Problem } from '../types';
import { scaledPoints } from './counts';
import { XXH64 } from './hashNames';
import { choice, number, text, whole } from './options';
import { type Definition, type Hash64, type Rules, weightOf } from './rules';
import { hashPoints64 } from './vnodes';

const MURMUR_SEED = 0xc70f6907;
/** Beyond this many turns of Maglev's loop the table is too slow to build. */
const MAX_TURNS = 200_000_000;

const hashKey = ({ server }: Member): string => server.name ?? server.address;
const byHashKey = (a: Member, b: Member): number => compareBytes(hashKey(a), hashKey(b));

function compareBytes(a: string, b: string): number {
  const [x, y] = [encodeUtf8(a), encodeUtf8(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

function ringHash(hash: Hash64, minimum: number, maximum: number, sorted: boolean): Rules {
  const scaled = scaledPoints(minimum, maximum);
  return {
    key: XXH64,
    space: {
      kind: 'ring',
      points: {
        bits: 64,
        search: 'ge',
        tie: 'first',
        counts: (members) => (sorted ? inOrder(members, byHashKey, scaled) : scaled(members)),
        ...hashPoints64((member) => `${hashKey(member)}_`, hash),
      },
    },
  };
}

/** Counts computed in another order of the members, given back in theirs. */
function inOrder(
  members: readonly Member[],
  order: (a: Member, b: Member) => number,
  counts: (members: readonly Member[]) => number[],
): number[] {
  const sorted = [...members].sort(order);
  const counted = counts(sorted);
  const of = new Map(sorted.map((member, i) => [member, counted[i] ?? 0]));
  return members.map((member) => of.get(member) ?? 0);
}

/** Maglev's table, hosts sorted by hash key, lighter ones skipping turns (maglev_lb.cc). */
function maglevCells(members: readonly Member[], size: number): Int32Array | Problem[] {
  const problem = (code: string, message: string): Problem[] => [
    { code, message, where: 'options.table_size' },
  ];
  if (!isPrime(size)) return problem('maglev.prime', `The table size ${size} is no prime number.`);
  if (members.length * size > MAX_TURNS) {
    return problem(
      'maglev.size',
      'This table is too big for so many servers: choose a smaller one.',
    );
  }
  const hosts = [...members].sort(byHashKey).map((member) => {
    const key = encodeUtf8(hashKey(member));
    const residue = (seed: number, divisor: number): number => {
      const out = new Uint32Array(2);
      xxHash64(key, key.length, seed, out);
      return remainder(out[0] ?? 0, out[1] ?? 0, divisor);
    };
    return {
      index: member.index,
      weight: weightOf(member),
      skip: residue(1, size - 1) + 1,
      cell: residue(0, size),
      target: 0,
    };
  });
  const sum = hosts.reduce((total, { weight }) => total + weight, 0);
  for (const host of hosts) host.weight /= sum;
  const most = hosts.reduce((high, { weight }) => Math.max(high, weight), 0);
  const cells = new Int32Array(size).fill(-1);
  let filled = 0;
  for (let turn = 1; filled < size; turn++) {
    for (const host of hosts) {
      if (filled === size) break;
      if (turn * host.weight < host.target) continue;
      host.target += most;
      while (cells[host.cell] !== -1) host.cell = (host.cell + host.skip) % size;
      cells[host.cell] = host.index;
      filled++;
    }
  }
  return cells;
}

function isPrime(value: number): boolean {
  if (value < 2) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) return false;
  }
  return true;
}

const xxh64: Hash64 = XXH64.hash;
const murmur: Hash64 = (bytes, length, out) => murmur2x64(bytes, length, MURMUR_SEED, out);
const minimumOption = (name: string) =>
  whole(name, 'The least size of the ring.', 1024, 1, 1_000_000);

export const envoy: readonly Definition[] = [
  {
    preset: {
      id: 'envoy-ring-hash',
      program: 'Envoy',
      version: 'main',
      title: 'Envoy ring hash',
      description: 'RING_HASH: one ring of about minimum_ring_size points for all hosts together.',
      options: [
        choice('hash_function', 'The hash of hosts; keys always use xxHash64.', [
          'XX_HASH',
          'MURMUR_HASH_2',
        ]),
        minimumOption('minimum_ring_size'),
        whole('maximum_ring_size', 'The greatest size of the ring.', 8_388_608, 1, 8_388_608),
      ],
      source: 'envoyproxy/envoy ring_hash_lb.cc, test/common/upstream/ring_hash_lb_test.cc',
      status: 'publishedVectors',
      picture: 'ring',
      virtualNodes: 'minimum_ring_size',
      weighted: true,
    },
    rules: ({ options }) =>
      ringHash(
        text(options, 'hash_function') === 'MURMUR_HASH_2' ? murmur : xxh64,
        number(options, 'minimum_ring_size'),
        number(options, 'maximum_ring_size'),
        false,
      ),
  },
  {
    preset: {
      id: 'grpc-ring-hash',
      program: 'gRPC',
      version: 'grpc-go 4793ad0',
      title: 'gRPC ring_hash',
      description:
        "Envoy's formula over endpoints in order of their hash keys; ring of up to 4,096.",
      options: [
        minimumOption('min_ring_size'),
        whole('max_ring_size', 'The greatest size of the ring.', 4096, 1, 8_388_608),
      ],
      source: 'grpc/grpc-go@4793ad0 balancer/ringhash/ring.go',
      status: 'experimental',
      picture: 'ring',
      virtualNodes: 'min_ring_size',
      weighted: true,
    },
    rules: ({ options }) =>
      ringHash(xxh64, number(options, 'min_ring_size'), number(options, 'max_ring_size'), true),
  },
  {
    preset: {
      id: 'envoy-maglev',
      program: 'Envoy',
      version: 'main',
      title: 'Envoy Maglev',
      description: 'MAGLEV: a table of a prime number of cells that the hosts fill in turns.',
      options: [whole('table_size', 'The number of cells, a prime.', 65_537, 2, 5_000_011)],
      source: 'envoyproxy/envoy maglev_lb.cc, maglev_lb_test.cc',
      status: 'publishedVectors',
      picture: 'table',
      weighted: true,
    },
    rules: ({ options }) => ({
      key: XXH64,
      space: {
        kind: 'layout',
        build: (members) => {
          const cells = maglevCells(members, number(options, 'table_size'));
          return cells instanceof Int32Array ? new Table(cells, 2 ** 64, 'maglev') : cells;
        },
      },
    }),
  },
];
