import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../../src/domain/placement/balance';
import { createPlacement, isProblems } from '../../../src/domain/placement/createPlacement';
import { expectedLoads } from '../../../src/domain/placement/load';
import { movement } from '../../../src/domain/placement/movement';
import { strategies, type Strategy } from '../../../src/domain/placement/strategies';
import { suggestWeights } from '../../../src/domain/placement/suggestWeights';
import type { Options, Placement, Server } from '../../../src/domain/placement/types';
import { changedServers, isNothing, tryWhatIf } from '../../../src/domain/placement/whatIf';
import { seededRandom } from '../../../src/domain/capacity/simulation/random';
import { encodeUtf8 } from '../../../src/domain/textCoding';

const SERVERS: Server[] = [1, 2, 3, 4, 5].map((i) => ({
  address: `10.0.0.${i}:11211`,
  zone: i < 3 ? 'east' : 'west',
}));
const NOTHING = { removed: [], added: [] };

function placementOf(preset: string, servers = SERVERS, options: Options = {}): Placement {
  const placement = createPlacement(preset, servers, options);
  if (isProblems(placement)) throw new Error(placement[0]?.message);
  return placement;
}

describe('a what-if', () => {
  it('is all its changes at once', () => {
    const servers = changedServers(SERVERS, {
      removed: ['10.0.0.3:11211'],
      added: ['10.0.0.9:11211', '10.0.0.5:11211'],
      drained: ['10.0.0.4:11211'],
      weights: { '10.0.0.5:11211': 3, '10.0.0.9:11211': 2 },
      lostZones: ['east'],
    });
    expect(servers).toEqual([
      { address: '10.0.0.4:11211', zone: 'west', down: true },
      { address: '10.0.0.5:11211', zone: 'west', weight: 3 },
      { address: '10.0.0.9:11211', weight: 2 },
    ]);
  });

  it('changes nothing when nothing is tried', () => {
    expect(isNothing(NOTHING)).toBe(true);
    expect(isNothing({ ...NOTHING, drained: [], weights: {}, options: {} })).toBe(true);
    expect(tryWhatIf(placementOf('jump'), NOTHING)).toBeUndefined();
  });

  it('moves no key but those of a server that is drained', () => {
    const now = placementOf('twemproxy-ketama');
    const after = tryWhatIf(now, { ...NOTHING, drained: ['10.0.0.2:11211'] });
    if (!after || isProblems(after)) throw new Error('no what-if');
    const { moved, losses } = movement(now, after);
    expect(moved).toBeCloseTo(now.shares()[1] ?? 0, 12);
    expect([...losses].filter((loss) => loss > 0)).toHaveLength(1);
  });

  it('keeps the options that it does not change', () => {
    const now = placementOf('dubbo-consistent', SERVERS, {});
    const name = now.preset.virtualNodes ?? '';
    const more = tryWhatIf(now, { ...NOTHING, options: { [name]: 320 } });
    if (!more || isProblems(more)) throw new Error('no what-if');
    expect(more.options).toEqual({ ...now.options, [name]: 320 });
    expect(more.ring?.points.length).toBe(2 * (now.ring?.points.length ?? 0));
  });
});

describe('expected load', () => {
  it('is what was observed when nothing moves, and in all as much when something does', () => {
    const now = placementOf('twemproxy-ketama');
    const loads = [5, 10, 20, 40, 25];
    const same = placementOf('twemproxy-ketama');
    expectedLoads(now, same, movement(now, same), loads).forEach((load, i) =>
      expect(load).toBeCloseTo(loads[i] ?? 0, 9),
    );
    const after = tryWhatIf(now, { removed: ['10.0.0.4:11211'], added: ['10.0.0.8:11211'] });
    if (!after || isProblems(after)) throw new Error('no what-if');
    const later = expectedLoads(now, after, movement(now, after), loads);
    expect(later.reduce((sum, load) => sum + load, 0)).toBeCloseTo(100, 6);
  });
});

describe('suggested weights', () => {
  const suggested = (now: Placement, loads: readonly number[]): number[] | undefined => {
    const search = suggestWeights(now, loads);
    for (;;) {
      const { done, value } = search.next();
      if (done === true) return value;
    }
  };

  it.each(['twemproxy-ketama', 'haproxy-consistent', 'nginx-consistent', 'rendezvous-weighted'])(
    'even out the load under %s',
    (preset) => {
      const now = placementOf(preset);
      const loads = [...now.shares()].map((share, i) => share * (1 + i / 2));
      const weights = suggested(now, loads);
      if (!weights) throw new Error('no weights');
      const servers = SERVERS.map((server, i) => ({ ...server, weight: weights[i] ?? 1 }));
      const after = now.withServers(servers);
      if (isProblems(after)) throw new Error(after[0]?.message);
      const expected = expectedLoads(now, after, movement(now, after), loads);
      expect(weights.every((weight) => Number.isInteger(weight) && weight >= 1)).toBe(true);
      expect(balanceOf(loads).maxOverMean).toBeGreaterThan(1.4);
      expect(balanceOf(expected).maxOverMean).toBeLessThan(1.15);
    },
  );

  it('are none where weights do nothing or load is even', () => {
    const jump = placementOf('jump');
    expect(suggested(jump, [1, 2, 3, 4, 5])).toBeUndefined();
    const ring = placementOf('rendezvous-weighted');
    expect(suggested(ring, [1, 1, 1, 1, 1])).toBeUndefined();
    expect(suggested(ring, [0, 0, 0, 0, 0])).toBeUndefined();
  });
});

describe('strategies', () => {
  const compare = (servers: readonly Server[], keys: readonly Uint8Array[] = []): Strategy[] => {
    let time = 0;
    return [...strategies({ servers, keys, clock: () => ++time, random: seededRandom(1) })];
  };
  const named = (list: readonly Strategy[], id: string): Strategy => {
    const found = list.find(({ preset }) => preset.id === id);
    if (!found) throw new Error(id);
    return found;
  };

  it('show what each moves: little where hashing is consistent, nearly all where it is not', () => {
    const all = compare(SERVERS);
    expect(named(all, 'jump')).toMatchObject({ lookup: 'log n' });
    expect(named(all, 'jump').joinMoves).toBeCloseTo(1 / 6, 9);
    expect(named(all, 'jump').leaveMoves).toBeCloseTo(1 / 5, 9);
    expect(named(all, 'textbook-modulo').joinMoves).toBeGreaterThan(0.8);
    expect(named(all, 'textbook-modulo').preset.comparisonOnly).toBe(true);
    const ketama = named(all, 'twemproxy-ketama');
    expect(ketama.joinMoves).toBeLessThan(0.25);
    expect(ketama.leaveMoves).toBeCloseTo(placementOf('twemproxy-ketama').shares()[4] ?? 0, 9);
    expect(named(all, 'rendezvous').lookup).toBe('n');
  });

  it('have policies without owners beside them', () => {
    const all = compare(SERVERS);
    const random = named(all, 'random');
    expect(random.joinMoves).toBeUndefined();
    expect(random.balance.maxOverMean).toBeLessThan(1.05);
    expect(named(all, 'round-robin').balance.variation).toBeCloseTo(0, 9);
  });

  it('compare the keys when there are any, as many as there are', () => {
    const keys = Array.from({ length: 300 }, (_, i) => encodeUtf8(`k${i}`));
    const { balance, joinMoves = 0 } = named(compare(SERVERS, keys), 'jump');
    const counts = [0, 0, 0, 0, 0];
    for (const owner of placementOf('jump').ownersOf(keys))
      counts[owner] = (counts[owner] ?? 0) + 1;
    expect(balance).toEqual(balanceOf(counts));
    expect(joinMoves * 300).toBeCloseTo(Math.round(joinMoves * 300), 9);
  });

  it('say why one cannot be used, and leave out servers that are down', () => {
    const odd = SERVERS.map((server) => ({ ...server, weight: 1.5 }));
    expect(named(compare(odd), 'twemproxy-ketama').problem).toMatch(/whole weights/);
    const down = SERVERS.map((server, i) => ({ ...server, down: i > 1 }));
    expect(named(compare(down), 'jump').joinMoves).toBeCloseTo(1 / 3, 9);
  });
});
