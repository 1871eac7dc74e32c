import { md5Words } from '../hashes/md5';
import type { Limbs } from '../hashes/limbs';
import { doublePoints, integerPoints, perWeight } from './counts';
import { MD5 } from './hashNames';
import { md5Ring } from './ringRules';
import { type Definition, hash64 } from './rules';
import { hashPoints64, type NameOf } from './vnodes';

const words = new Uint32Array(4);

/** The upper 64 of the 128 bits of an MD5 read as one big-endian number; no tie needs the rest. */
function md5Upper(bytes: Uint8Array, length: number, out: Limbs): void {
  md5Words(bytes, length, words);
  out[0] = swapped(words[0] ?? 0);
  out[1] = swapped(words[1] ?? 0);
}

function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

const nodeName: NameOf = ({ server }) => `${server.name ?? server.address}-`;

/** Rings of Node.js and Python libraries. */
export const scripting: readonly Definition[] = [
  {
    preset: {
      id: 'hashring-npm',
      program: 'hashring (npm)',
      version: '3.2.0',
      title: 'npm hashring',
      description: '160 MD5 points per server in doubles: 156 at 7, 14, 28, 49 … servers.',
      options: [],
      source: '3rd-Eden/node-hashring index.js',
      status: 'proved',
      picture: 'ring',
      weighted: true,
    },
    rules: () => md5Ring(MD5, ({ server }) => `${server.address}-`, doublePoints(40, 0)),
  },
  {
    preset: {
      id: 'uhashring',
      program: 'uhashring (Python)',
      version: '2.1',
      title: 'uhashring default',
      description: '160 points of 128 bits per unit of weight; the first point after the key.',
      options: [],
      source: 'ultrabug/uhashring ring.py, ring_meta.py',
      status: 'proved',
      picture: 'ring',
      weighted: true,
    },
    wholeWeights: true,
    rules: () => ({
      key: hash64('md5, 128 bits', md5Upper),
      space: {
        kind: 'ring',
        points: {
          bits: 64,
          search: 'gt',
          tie: 'last',
          counts: perWeight(160),
          ...hashPoints64(nodeName, md5Upper),
        },
      },
    }),
  },
  {
    preset: {
      id: 'uhashring-ketama',
      program: 'uhashring (Python)',
      version: '2.1',
      title: 'uhashring ketama',
      description:
        'hash_fn="ketama": 160 points per server; the first point strictly after the key.',
      options: [],
      source: 'ultrabug/uhashring ring_ketama.py',
      status: 'proved',
      picture: 'ring',
      weighted: true,
    },
    wholeWeights: true,
    rules: () => md5Ring(MD5, nodeName, integerPoints, { search: 'gt', tie: 'last' }),
  },
];
