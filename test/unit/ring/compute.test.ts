import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/domain/membership/member';
import { createPlacement, isProblems } from '../../../src/domain/placement/createPlacement';
import { encodeUtf8 } from '../../../src/domain/textCoding';
import type { Placement } from '../../../src/domain/placement/types';
import type { WhatIf } from '../../../src/domain/placement/whatIf';
import { choose } from '../../../src/ui/ring/choices';
import { computeRing, type RingResult } from '../../../src/ui/ring/compute';
import { describeChange } from '../../../src/ui/ring/events';
import { computeChain } from '../../../src/ui/ring/keys';
import { usablePresets } from '../../../src/ui/ring/presetChoice';
import { englishL10n } from '../../fakes/userInput';

const memberOf = (address: string, more: Partial<Member> = {}): Member => ({
  address,
  state: 'up',
  child: address,
  ...more,
});
const MEMBERS = [1, 2, 3].map((i) => memberOf(`10.0.0.${i}:11211`));
const NOTHING: WhatIf = { removed: [], added: [] };

function ringOf(
  whatIf = NOTHING,
  preset = 'twemproxy-ketama',
  members: readonly Member[] = MEMBERS,
): RingResult {
  const result = computeRing({ members, preset, options: {}, whatIf }, String);
  if (isProblems(result)) throw new Error(result[0]?.message);
  return result;
}

function placementOf(members: readonly Member[], preset = 'twemproxy-ketama'): Placement {
  const placement = createPlacement(preset, members);
  if (isProblems(placement)) throw new Error(placement[0]?.message);
  return placement;
}

describe('what a ring shows', () => {
  it('has the arcs and shares of the placement', () => {
    const { view, servers } = ringOf();
    const placement = placementOf(MEMBERS);
    expect(view.picture).toEqual({
      kind: 'ring',
      ends: placement.ring?.ends,
      owners: placement.ring?.endOwners,
    });
    expect(servers.map(({ share }) => share)).toEqual([...placement.shares()]);
    expect(view.summary.points).toBe(480);
  });

  it('gives each owner after a change the row of its server', () => {
    const whatIf = { removed: ['10.0.0.1:11211'], added: ['10.0.0.9:11211'] };
    const { servers, afterView } = ringOf(whatIf);
    expect(servers.map(({ address, change }) => [address, change])).toEqual([
      ['10.0.0.1:11211', 'removed'],
      ['10.0.0.2:11211', undefined],
      ['10.0.0.3:11211', undefined],
      ['10.0.0.9:11211', 'added'],
    ]);
    const [first, , , ninth] = servers;
    expect(afterView?.picture.kind).toBe('ring');
    const owners = afterView?.picture.kind === 'ring' ? new Set(afterView.picture.owners) : [];
    expect([...owners].sort()).toEqual([1, 2, 3]);
    expect(first?.after).toMatchObject({ share: 0, gain: 0 });
    expect(first?.after?.loss).toBeCloseTo(first?.share ?? 0, 12);
    expect(ninth?.after?.gain).toBeCloseTo(ninth?.after?.share ?? 0, 12);
  });

  it('moves exactly the share of a server that goes, by brute force over the keys too', () => {
    const { servers, afterView } = ringOf({ removed: ['10.0.0.2:11211'], added: [] });
    expect(afterView?.error).toBe(0);
    expect(afterView?.moved).toBeCloseTo(servers[1]?.share ?? 0, 12);
    const [before, after] = [placementOf(MEMBERS), placementOf(MEMBERS.filter((_, i) => i !== 1))];
    const keys = Array.from({ length: 20_000 }, (_, i) => encodeUtf8(`${i * 7919}`));
    const moved = keys.filter((key) => before.answerOf(key) !== after.answerOf(key)).length;
    expect(afterView?.moved).toBeCloseTo(moved / keys.length, 1);
  });

  it('compares with another preset', () => {
    const { after } = ringOf({ ...NOTHING, preset: 'nginx-consistent' });
    expect(after?.preset.id).toBe('nginx-consistent');
  });

  it('draws what every offered preset makes of the same members', () => {
    const members = MEMBERS.map(({ address }, i) =>
      memberOf(address, { name: `n${i}`, id: i + 1 }),
    );
    for (const { id } of usablePresets) {
      const { view, servers } = ringOf(NOTHING, id, members);
      expect(['ring', 'table', 'shares']).toContain(view.picture.kind);
      expect(servers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it('gives a server that is down neither a share nor a fair one', () => {
    const [, ...rest] = MEMBERS;
    const down = memberOf('10.0.0.1:11211', { state: 'down', down: true });
    const { servers, view } = ringOf(NOTHING, 'twemproxy-ketama', [down, ...rest]);
    expect(servers[0]).toMatchObject({ share: 0, fair: 0, state: 'down' });
    expect(view.summary.servers).toBe(2);
  });

  it('says what is wrong instead of drawing it', () => {
    const input = { members: MEMBERS, preset: 'twemproxy-ketama', options: { hash: 'none' } };
    expect(isProblems(computeRing({ ...input, whatIf: NOTHING }, String))).toBe(true);
    const added = { removed: [], added: [''] };
    expect(isProblems(computeRing({ ...input, options: {}, whatIf: added }, String))).toBe(true);
  });

  it('tells how busy each server is, by its share or by the keys that are asked for', () => {
    const rates = { arrivals: 300, parallel: 2, service: 60 };
    const input = { members: MEMBERS, preset: 'jump', options: {}, whatIf: NOTHING, rates };
    const ring = (more: object): number[] => {
      const result = computeRing({ ...input, ...more }, String);
      if (isProblems(result)) throw new Error(result[0]?.message);
      return result.servers.map((server) => server.utilisation ?? -1);
    };
    for (const rho of ring({})) expect(rho).toBeCloseTo(300 / 3 / (2 * 60), 6);
    const keys = [encodeUtf8('only')];
    const owner = placementOf(MEMBERS, 'jump').ownerOf(encodeUtf8('only'));
    const all = ring({ requests: { keys, popularity: 1 } });
    expect(all).toEqual(MEMBERS.map((_, i) => (i === owner ? 2.5 : 0)));
  });

  it('lays observed load over shares, and tells what to expect after a change', () => {
    const load = { '10.0.0.1:11211': 30, '10.0.0.2:11211': 60, '10.0.0.3:11211': 10 };
    const whatIf = { removed: ['10.0.0.2:11211'], added: [] };
    const result = computeRing(
      { members: MEMBERS, preset: 'twemproxy-ketama', options: {}, whatIf, load },
      String,
    );
    if (isProblems(result)) throw new Error(result[0]?.message);
    expect(result.servers.map((server) => server.load)).toEqual([0.3, 0.6, 0.1]);
    const later = result.servers.map(({ after }) => after?.load ?? 0);
    expect(later[1]).toBe(0);
    expect(later.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  });

  it('escapes names that would mislead', () => {
    const { servers } = ringOf({ removed: [], added: [] }, 'dubbo-consistent', [
      memberOf('10.0.0.1:1', { zone: 'a\u202eb' }),
    ]);
    expect(servers[0]?.zone).toBe('a\\u{202e}b');
  });
});

describe('the chain of a key', () => {
  it('leads from its bytes to its owner, and to the one that it would have', () => {
    const result = ringOf({ removed: ['10.0.0.2:11211'], added: [] });
    const moving = Array.from({ length: 60 }, (_, i) => `${i * 7919}`).filter(
      (key) => result.now.ownerOf(encodeUtf8(key)) === 1,
    );
    for (const typed of moving) {
      const { typed: chain } = computeChain(7, { typed }, result, englishL10n);
      const { hashHex } = result.now.explain(encodeUtf8(typed));
      expect(chain).toMatchObject({ key: typed, owner: 1, position: parseInt(hashHex, 16) });
      const later = result.after?.answerOf(encodeUtf8(typed));
      expect(chain?.steps.at(-1)).toEqual({ label: 'What-if', value: later });
    }
    expect(moving.length).toBeGreaterThan(0);
  });

  it('names as many distinct servers as hold it', () => {
    const { typed } = computeChain(1, { typed: 'a', replicas: 3 }, ringOf(), englishL10n);
    expect(new Set([typed?.owner, ...(typed?.replicas ?? [])]).size).toBe(3);
    expect(typed?.steps.find(({ label }) => label === 'Replicas')?.value).toMatch(/, /);
  });

  it('is none without a key or a ring', () => {
    expect(computeChain(1, { typed: '' }, ringOf(), englishL10n).typed).toBeUndefined();
    expect(computeChain(1, { typed: 'a' }, undefined, englishL10n).typed).toBeUndefined();
  });
});

describe('events', () => {
  it('say who joined, left and changed', () => {
    const [a, b, c] = MEMBERS as [Member, Member, Member];
    expect(describeChange([a, b], [b, c], englishL10n)).toBe(
      '10.0.0.3:11211 joined, 10.0.0.1:11211 left',
    );
    expect(describeChange([a], [{ ...a, weight: 3 }], englishL10n)).toBe(
      '10.0.0.1:11211 weight 1 → 3',
    );
    expect(describeChange([a], [a], englishL10n)).toBeUndefined();
  });
});

describe('choices', () => {
  it('follow the page; another preset has options of its own', () => {
    const members = { connection: 'a', path: '/' };
    const choices = { members, options: { hash: 'md5' }, whatIf: NOTHING };
    expect(choose(choices, { type: 'preset', id: 'jump' })).toMatchObject({
      preset: 'jump',
      options: {},
    });
    expect(choose(choices, { type: 'kind', kind: 'nonsense' }).members).toEqual(members);
    expect(choose(choices, { type: 'ready' })).toBe(choices);
    const replicated = choose(choices, { type: 'replicas', count: 3, distinctZones: true });
    expect(replicated).toMatchObject({ replicas: 3, distinctZones: true });
    expect(choose(replicated, { type: 'replicas', count: 1, distinctZones: false })).toEqual(
      choices,
    );
  });
});
