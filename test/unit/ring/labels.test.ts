import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels, shortNames, type Wanted } from '../../../media/ring/labels';

const room = { radius: 150, lineHeight: 17, height: 160 };
const wanted = fc
  .array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ noNaN: true })), {
    maxLength: 60,
  })
  .map((pairs) => pairs.map(([place, priority], id): Wanted => ({ id, place, priority })));

describe('labels beside a ring', () => {
  it('never lie on each other or outside, and are all accounted for', () => {
    fc.assert(
      fc.property(wanted, (labels) => {
        const { placed, hidden } = placeLabels(labels, room);
        expect(placed.length + hidden).toBe(labels.length);
        for (const side of ['left', 'right']) {
          const ys = placed.filter((one) => one.side === side).map(({ y }) => y);
          for (const y of ys) expect(Math.abs(y)).toBeLessThanOrEqual(room.height - 17 / 2 + 1e-9);
          ys.slice(1).forEach((y, i) => {
            expect(y - (ys[i] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-9);
          });
        }
        for (const { side, place } of placed) expect(side).toBe(place < 0.5 ? 'right' : 'left');
      }),
    );
  });

  it('stay at the height of their arcs where there is room', () => {
    const { placed } = placeLabels([{ id: 1, place: 0.25, priority: 1 }], room);
    expect(placed).toMatchObject([{ id: 1, place: 0.25, side: 'right' }]);
    expect(placed[0]?.y).toBeCloseTo(0, 9);
  });

  it('are pushed apart, in the order of their arcs', () => {
    const close = [0.25, 0.251, 0.252].map((place, id) => ({ id, place, priority: 1 }));
    const { placed, hidden } = placeLabels(close, room);
    expect(placed.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(hidden).toBe(0);
  });

  it('of many are those of who has most', () => {
    const many = Array.from({ length: 500 }, (_, id) => ({ id, place: id / 500, priority: id }));
    const { placed, hidden } = placeLabels(many, room);
    expect(placed.some(({ id }) => id === 499)).toBe(true);
    expect(placed.length).toBeLessThanOrEqual(20);
    expect(hidden).toBe(500 - placed.length);
  });

  it('need room', () => {
    expect(placeLabels([{ id: 1, place: 0, priority: 1 }], { ...room, height: 0 })).toEqual({
      placed: [],
      hidden: 1,
    });
  });
});

describe('short names', () => {
  it('lack the domain and port that all share', () => {
    const names = ['cache-1.example.com:11211', 'cache-12.example.com:11211'];
    expect(shortNames(names)).toEqual(['cache-1', 'cache-12']);
  });

  it('keep whole addresses, whatever their last numbers are', () => {
    expect(shortNames(['10.0.1.1:80', '10.0.2.1:80'])).toEqual(['10.0.1.1', '10.0.2.1']);
    expect(shortNames(['10.0.1.1:80', '10.0.2.1:81'])).toEqual(['10.0.1.1:80', '10.0.2.1:81']);
  });

  it('are never empty, and one alone is as it is', () => {
    expect(shortNames(['a:80'])).toEqual(['a:80']);
    expect(shortNames([':80', 'b:80'])).toEqual([':80', 'b:80']);
    expect(shortNames([])).toEqual([]);
  });
});
