import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, distanceAt, frameOf, gridOf, placeAt, shareAt } from '../../../media/ring/frame';
import { boxOfSpot, spotInStrip } from '../../../media/ring/needle';
import type { RingSnapshot } from '../../../src/protocol/ring';

describe('where a picture lies in its stage', () => {
  it('is never wider than the stage, labels included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 150, max: 2000 }), fc.integer({ max: 400 }), (width, label) => {
        const { radius, labelWidth, height } = frameOf(width, Math.max(0, label));
        expect(2 * (radius + labelWidth)).toBeLessThanOrEqual(width);
        expect(height).toBeGreaterThan(2 * radius);
      }),
    );
  });

  it('has labels only where the ring stays big beside them', () => {
    expect(frameOf(300, 80).labelWidth).toBe(0);
    expect(frameOf(600, 80).labelWidth).toBe(80);
    expect(frameOf(600, 0).labelWidth).toBe(0);
    expect(frameOf(800, 900).labelWidth).toBe(150);
  });

  it('finds the place of a point: right is a quarter, below is half', () => {
    const frame = frameOf(400);
    const [x, y] = [frame.width / 2, frame.height / 2];
    expect(placeAt(frame, x, y - 50)).toBe(0);
    expect(placeAt(frame, x + 50, y)).toBe(0.25);
    expect(placeAt(frame, x, y + 50)).toBe(0.5);
    expect(placeAt(frame, x - 50, y)).toBe(0.75);
    expect(distanceAt(frame, x + frame.radius, y)).toBeCloseTo(1, 12);
  });
});

describe('strips', () => {
  it('have room for all cells, each of which is found where it is drawn', () => {
    const sizes = fc.integer({ min: 1, max: 70_000 });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 0.999, noNaN: true }), (cells, at) => {
        const grid = gridOf(cells, 560, 240);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(cells);
        const cell = Math.floor(at * cells);
        const x = ((cell % grid.columns) + 0.5) / grid.columns;
        const y = (Math.floor(cell / grid.columns) + 0.5) / grid.rows;
        expect(cellAt(grid, cells, x, y)).toBe(cell);
      }),
    );
    expect(cellAt({ columns: 3, rows: 2 }, 4, 0.9, 0.9)).toBeUndefined();
    expect(cellAt({ columns: 3, rows: 2 }, 4, 1.2, 0)).toBeUndefined();
  });

  it('of shares tell whose a point is', () => {
    expect(shareAt([0.5, 0.25, 0.25], 0.6)).toBe(1);
    expect(shareAt([0.5, 0.25, 0.25], 0)).toBe(0);
    expect(shareAt([0.5], 0.7)).toBeUndefined();
  });

  it('frame the spot that was pointed at', () => {
    const snapshot = {
      now: { picture: { kind: 'table', cells: Uint16Array.from([0, 1, 2, 0]) } },
      servers: [],
    } as unknown as RingSnapshot;
    const spot = spotInStrip(snapshot, [0.9, 0.1], [100, 100]);
    expect(spot).toEqual({ index: 1, owner: 1 });
    expect(boxOfSpot(snapshot, { index: 1, owner: 1 }, [100, 100])).toEqual({
      x: 50,
      y: 0,
      width: 50,
      height: 50,
    });
  });
});
