import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listHeight, rowWindow, scrollToRow, type ListShape } from '../../../media/ring/virtual';

const shapes: fc.Arbitrary<ListShape> = fc.record({
  total: fc.integer({ min: 0, max: 3_000_000 }),
  rowHeight: fc.integer({ min: 16, max: 48 }),
  height: fc.integer({ min: 100, max: 1200 }),
});
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('the rows of a long list', () => {
  it('fill what is visible and keep the height of the list, wherever it is scrolled', () => {
    fc.assert(
      fc.property(shapes, part, (shape, at) => {
        const most = Math.max(0, listHeight(shape) - shape.height);
        const scrollTop = at * most;
        const { first, end, above, below } = rowWindow(scrollTop, shape);
        const rows = (end - first) * shape.rowHeight;
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(shape.total);
        expect(end - first).toBeLessThan(shape.height / shape.rowHeight + 20);
        if (first > 0) expect(above).toBeLessThanOrEqual(scrollTop);
        if (end < shape.total) {
          expect(above + rows).toBeGreaterThanOrEqual(scrollTop + shape.height);
          expect(above + rows + below).toBeCloseTo(listHeight(shape), 3);
        }
      }),
    );
  });

  it('are all there in a short list', () => {
    const shape = { total: 5, rowHeight: 20, height: 400 };
    expect(rowWindow(0, shape)).toEqual({ first: 0, end: 5, above: 0, below: 0 });
  });

  it('end with the last one, of millions too', () => {
    const shape = { total: 1_000_000, rowHeight: 24, height: 330 };
    expect(listHeight(shape)).toBeLessThan(17_000_000);
    expect(rowWindow(listHeight(shape) - 330, shape).end).toBe(1_000_000);
    expect(rowWindow(0, shape).first).toBe(0);
  });

  it('can be scrolled to, each of them', () => {
    fc.assert(
      fc.property(shapes, part, part, (shape, at, row) => {
        fc.pre(shape.total > 0);
        const index = Math.min(shape.total - 1, Math.floor(row * shape.total));
        const start = at * Math.max(0, listHeight(shape) - shape.height);
        const { first, end } = rowWindow(scrollToRow(index, start, shape), shape);
        expect(first).toBeLessThanOrEqual(index);
        expect(end).toBeGreaterThan(index);
      }),
    );
  });

  it('stay when the row is in sight', () => {
    const shape = { total: 100, rowHeight: 20, height: 200 };
    expect(scrollToRow(12, 200, shape)).toBe(200);
  });
});
