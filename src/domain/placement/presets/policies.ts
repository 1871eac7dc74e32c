import { Table } from '../layout/table';
import type { Preset } from '../types';
import { XXH64 } from './hashNames';
import type { Definition } from './rules';

const policy = (id: string, title: string, description: string): Definition => ({
  preset: {
    id,
    program: 'Policy',
    version: '',
    title,
    description: `${description} No key has a stable owner: only balance can be simulated.`,
    options: [],
    source: 'definition',
    status: 'experimental',
    picture: 'none',
    weighted: false,
    policy: true,
  } satisfies Preset,
  rules: () => ({
    key: XXH64,
    space: { kind: 'layout', build: () => new Table(Int32Array.of(-1), 2 ** 64) },
  }),
});

export const policies: readonly Definition[] = [
  policy('random', 'Random', 'Each request goes to a server drawn at random.'),
  policy('round-robin', 'Round robin', 'Requests go to the servers in turn.'),
  policy(
    'least-request',
    'Least requests',
    'Each request goes to the server with the fewest open.',
  ),
  policy(
    'power-of-two-choices',
    'Power of two choices',
    'Of two servers drawn at random, the one with fewer open requests.',
  ),
];
