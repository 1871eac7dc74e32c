import { describe, expect, it } from 'vitest';
import { parseChoices } from '../../../src/domain/ring/parseChoices';

describe('choices of a ring', () => {
  it('come back as they were kept', () => {
    const choices = {
      title: 'Caches',
      members: { connection: 'local', path: '/a', layout: 'dubbo' },
      preset: 'jump',
      options: { hash: 'md5' },
      replicas: 2,
      distinctZones: true,
      keys: { pattern: 'user:{1..9}' },
      popularity: 1.1,
      rates: { arrivals: 100, parallel: 2, service: 30 },
      load: { 'a:1': 0, 'b:1': 12 },
      whatIf: {
        removed: ['a:1'],
        added: ['c:1'],
        drained: ['b:1'],
        weights: { 'c:1': 2 },
        lostZones: ['z'],
        preset: 'modulo',
        options: { hash: 'md5' },
      },
    };
    expect(parseChoices(choices)).toEqual({ choices, problems: [] });
  });

  it('are none without members', () => {
    for (const value of [undefined, 1, [], {}, { members: { connection: 'a', path: 'b/' } }]) {
      expect(parseChoices(value).choices).toBeUndefined();
      expect(parseChoices(value).problems).toHaveLength(1);
    }
  });

  it('leave out what is odd, and say so', () => {
    const { choices, problems } = parseChoices({
      members: { servers: [{ address: 'a:1' }, { address: 1 }, 'x'] },
      options: { hash: {} },
      keys: { other: 1 },
      replicas: 0,
      rates: { arrivals: -1 },
      load: { 'a:1': 'much' },
      whatIf: { removed: [1, 'b:1'], weights: { 'a:1': 0 } },
    });
    expect(choices).toEqual({
      members: { servers: [{ address: 'a:1' }] },
      options: {},
      whatIf: { removed: ['b:1'], added: [] },
    });
    expect(problems.map(({ where }) => where)).toEqual([
      'members.servers[1]',
      'members.servers[2]',
      'keys',
      'rates.arrivals',
      'rates',
      'replicas',
      'load',
      'options.hash',
      'whatIf.weights',
      'whatIf.removed',
    ]);
  });

  it('are bounded', () => {
    const list = Array.from({ length: 20_000 }, (_, i) => `key${i}`);
    const servers = list.map((address) => ({ address }));
    const { choices, problems } = parseChoices({ members: { servers }, keys: { list } });
    expect(choices?.members).toHaveProperty('servers.length', 2_000);
    expect(choices?.keys).toHaveProperty('list.length', 10_000);
    expect(problems).toHaveLength(2);
  });
});
