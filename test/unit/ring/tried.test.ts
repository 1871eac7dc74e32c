import { describe, expect, it } from 'vitest';
import { loadLines, parseLoadLines } from '../../../media/ring/loadLines';
import { chipsOf, restored } from '../../../media/ring/tried';
import type { RingSnapshot } from '../../../src/protocol/ring';
import { ringStrings } from '../../../src/ui/ring/strings';

const strings = ringStrings({ t: (text: unknown) => text as string });
const snapshot = {
  strings,
  servers: [{ address: 'a:1', label: 'a:1' }],
  zones: [{ id: 'z1', label: 'z1', servers: 1 }],
  presets: [{ id: 'jump', title: 'Jump' }],
  placement: { servers: [{ address: 'a:1', zone: 'z1' }] },
} as unknown as RingSnapshot;
const everything = {
  removed: ['a:1'],
  added: ['b:1'],
  drained: ['c:1'],
  weights: { 'a:1': 3 },
  lostZones: ['z1'],
  preset: 'jump',
  options: { points: 40 },
};

describe('what is tried', () => {
  it('is said piece by piece, and each piece can be taken back alone', () => {
    const chips = chipsOf(everything, snapshot);
    expect(chips.map(({ text }) => text)).toEqual([
      'without a:1',
      'with b:1',
      'c:1 drained',
      'a:1 with weight 3',
      'without zone z1',
      'Jump, points 40',
    ]);
    expect(chips[0]?.without).toEqual({ ...everything, removed: [] });
    expect(chips[3]?.without).toEqual({ ...everything, weights: {} });
    const { preset, options, ...servers } = everything;
    expect(chips[5]?.without).toEqual(servers);
    expect([preset, options]).toBeDefined();
  });

  it('escapes what a name of nobody could deceive with', () => {
    const [chip] = chipsOf({ removed: ['a\u202eb'], added: [] }, snapshot);
    expect(chip?.text).toBe('without a\\u{202e}b');
  });

  it('leaves a server alone that is taken back, its zone included', () => {
    expect(restored(everything, 'a:1', snapshot)).toEqual({
      ...everything,
      removed: [],
      weights: {},
      lostZones: [],
    });
  });
});

describe('observed load as text', () => {
  it('reads what it writes', () => {
    const load = { '10.0.0.1:80': 12.5, 'b:1': 0 };
    expect(parseLoadLines(loadLines(load))).toEqual({ load, wrong: [] });
  });

  it('takes commas, semicolons, tabs and blanks, and says which lines it does not understand', () => {
    const { load, wrong } = parseLoadLines('a:1\t5\nb:1; 6\n\nc:1 7e2\nd:1\ne:1, x\nf:1 -3');
    expect(load).toEqual({ 'a:1': 5, 'b:1': 6, 'c:1': 700 });
    expect(wrong).toEqual(['d:1', 'e:1, x', 'f:1 -3']);
  });
});
