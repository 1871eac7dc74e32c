import { describe, expect, it } from 'vitest';
import {
  arcAt,
  countIn,
  histogram,
  ownerAt,
  partOf,
  runsOf,
  SPACE,
} from '../../../media/ring/geometry';
import { createPlacement, isProblems } from '../../../src/domain/placement/createPlacement';

const servers = [1, 2, 3].map((i) => ({ address: `10.0.0.${i}:11211` }));
const placement = createPlacement('haproxy-consistent', servers);
if (isProblems(placement) || !placement.ring) throw new Error('no ring');
const { ends, endOwners } = placement.ring;
const ring = { kind: 'ring' as const, ends, owners: endOwners };
const { layout } = placement;

describe('the geometry of the page', () => {
  it('finds the owner that the placement finds, at every end and beside it', () => {
    for (const end of ends) {
      for (const at of [end - 1, end, end + 1]) {
        const position = (at + SPACE) % SPACE;
        expect(ownerAt(ring, position)).toBe(layout.find(position, 0));
      }
    }
    expect(arcAt(ring, SPACE - 1)).toBe((ends.at(-1) ?? 0) === SPACE - 1 ? ends.length - 1 : 0);
  });

  it('has arcs that make the shares', () => {
    const sums = servers.map(() => 0);
    ends.forEach((_, i) => {
      const owner = endOwners[i] ?? 0;
      sums[owner] = (sums[owner] ?? 0) + partOf(ring, i);
    });
    placement.shares().forEach((share, i) => expect(sums[i]).toBeCloseTo(share, 9));
  });

  it('draws a turn without gaps, in at most as many pieces as pixels', () => {
    const runs = runsOf(100, (position) => ownerAt(ring, position));
    expect(runs.length).toBeLessThanOrEqual(100);
    expect(runs[0]?.from).toBe(0);
    expect(runs.at(-1)?.to).toBe(1);
    for (let i = 1; i < runs.length; i++) expect(runs[i]?.from).toBe(runs[i - 1]?.to);
  });

  it('counts positions by bins, in a section over the top too', () => {
    const at = [0, 0.05, 0.3, 0.95, 0.96].map((turn) => turn * SPACE);
    const positions = Uint32Array.from(at);
    expect([...histogram(positions, 4)]).toEqual([2, 1, 0, 2]);
    const section = { from: 0.9, length: 0.2 };
    expect([...histogram(positions, 2, section)]).toEqual([2, 2]);
    expect(countIn(positions, section)).toBe(4);
    expect(countIn(positions, { from: 0, length: 1 })).toBe(5);
    expect(countIn(positions, { from: 0.4, length: 0.3 })).toBe(0);
  });

  it('draws a section as the same owners that the whole has there', () => {
    const view = { from: 0.98, length: 0.04 };
    const runs = runsOf(400, (position) => ownerAt(ring, position), view);
    for (const { from, to, owner } of runs) {
      const turn = (view.from + ((from + to) / 2) * view.length) % 1;
      const found = ownerAt(ring, Math.floor(turn * SPACE));
      if (to - from <= 1 / 400) expect(found).toBe(owner);
    }
    expect(runs.length).toBeGreaterThan(1);
  });
});
