import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  around,
  isWhole,
  panBy,
  placeOf,
  placeOfTurn,
  reveal,
  turnAt,
  WHOLE,
  zoomAt,
  type View,
} from '../../../media/ring/view';

const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const views: fc.Arbitrary<View> = fc.record({
  from: part,
  length: fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
});
/** The shorter way around the ring between two positions. */
const distance = (a: number, b: number): number => {
  const ahead = (((a - b) % 1) + 1) % 1;
  return Math.min(ahead, 1 - ahead);
};

describe('the part of a ring that is shown', () => {
  it('shows a whole ring from the top, clockwise', () => {
    for (const turn of [0, 0.25, 0.5, 0.75]) {
      expect(placeOfTurn(WHOLE, turn)).toBe(turn);
      expect(turnAt(WHOLE, turn)).toBe(turn);
    }
  });

  it('draws positions where pointing finds them, over the top too', () => {
    const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(views, inside, (view, at) => {
        const place = placeOf(view, at);
        const turn = turnAt(view, place);
        expect(distance(turn, view.from + at * view.length)).toBeLessThan(1e-9);
        expect(placeOfTurn(view, turn)).toBeCloseTo(place, 4);
      }),
    );
  });

  it('leaves out what is not in it', () => {
    expect(placeOfTurn({ from: 0.9, length: 0.2 }, 0.5)).toBeUndefined();
    expect(placeOfTurn({ from: 0.9, length: 0.2 }, 0.05)).toBeGreaterThan(0.5);
  });

  it('zooms so that what is under the pointer stays there', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (view, place) => {
        const closer = zoomAt(view, place, 2);
        expect(distance(turnAt(closer, place), turnAt(view, place))).toBeLessThan(1e-9);
        expect(closer.length).toBeCloseTo(view.length / 2, 12);
      }),
    );
  });

  it('comes back to the whole ring and never closer than single hashes', () => {
    let view = WHOLE;
    for (let i = 0; i < 60; i++) view = zoomAt(view, 0.3, 2);
    expect(view.length).toBe(2 ** -26);
    for (let i = 0; i < 60; i++) view = zoomAt(view, 0.7, 0.5);
    expect(view).toEqual(WHOLE);
  });

  it('goes on along the ring, but not when all of it is there', () => {
    expect(panBy(WHOLE, 0.5)).toBe(WHOLE);
    expect(panBy({ from: 0.9, length: 0.2 }, 1).from).toBeCloseTo(0.1, 12);
  });

  it('moves to a position only when that is out of sight', () => {
    const view = { from: 0.2, length: 0.1 };
    expect(reveal(view, 0.25)).toBe(view);
    expect(placeOfTurn(reveal(view, 0.7), 0.7)).toBeCloseTo(0.5, 9);
  });

  it('shows an arc with its neighbourhood', () => {
    const view = around(0.99, 0.02);
    expect(view.length).toBeCloseTo(0.06, 12);
    expect(view.from).toBeCloseTo(0.97, 12);
    expect(isWhole(around(0, 0.5))).toBe(true);
  });
});
