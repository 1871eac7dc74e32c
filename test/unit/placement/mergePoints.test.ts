import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPlacement } from '../../../src/domain/placement/createPlacement';
import type { Options, Server } from '../../../src/domain/placement/types';

/** Large rings, where whole stretches of points stay between those that enter or leave. */

const list = (from: number, to: number): Server[] =>
  Array.from({ length: to - from }, (_, i) => ({
    address: `10.0.${(from + i) >> 8}.${from + i}:1`,
  }));

/** Points and owners; comparing typed arrays number by number would take seconds. */
function ringOf(
  preset: string,
  before: readonly Server[],
  after?: readonly Server[],
  options: Options = {},
): string {
  const made = createPlacement(preset, before, options);
  if (Array.isArray(made)) throw new Error(JSON.stringify(made));
  const changed = after === undefined ? made : made.withServers(after);
  if (Array.isArray(changed) || !changed.ring) throw new Error(JSON.stringify(changed));
  const { points, owners, ends, endOwners } = changed.ring;
  const parts = [points, owners, ends, endOwners].map((one) => Buffer.from(one.buffer));
  return createHash('md5').update(Buffer.concat(parts)).digest('hex');
}

const all = list(0, 120);
const changes: Readonly<Record<string, readonly Server[]>> = {
  'one more at the end': [...all, ...list(120, 121)],
  'one more in front': [...list(120, 121), ...all],
  'one fewer': all.filter((_, i) => i !== 60),
  'one instead of another': all.map((one, i) => (i === 60 ? { address: '10.9.9.9:1' } : one)),
  'none like before': list(120, 240),
  'the same': all,
};

describe.each(['twemproxy-ketama', 'spymemcached-ketama', 'haproxy-consistent', 'uhashring'])(
  'a large ring of %s equals a rebuilt one after a change:',
  (preset) => {
    it.each(Object.keys(changes))('%s', (change) => {
      const after = changes[change] ?? [];
      expect(ringOf(preset, all, after)).toBe(ringOf(preset, after));
    });
  },
);

describe.each([
  ['twemproxy-ketama', {}],
  ['spymemcached-ketama', { format: 'LIBMEMCACHED' }],
])('%s with servers whose virtual nodes have the same names', (preset, options) => {
  const [short, other, long] = ['10.0.0.1', '10.0.0.2:5', '10.0.0.1:11211'].map((address) => ({
    address,
  })) as [Server, Server, Server];

  it.each([
    ['turned round', [short, other, long], [long, other, short]],
    ['left alone', [short, other, long], [short, other, long]],
    ['joined by the later one', [short, other], [short, other, long]],
    ['joined by the earlier one', [other, long], [short, other, long]],
  ])('equals a rebuilt one when it is %s', (_, before, after) => {
    expect(ringOf(preset, before, after, options)).toBe(ringOf(preset, after, undefined, options));
  });
});
