import { describe, expect, it } from 'vitest';
import { arcAt, ownerAt, partOf, runsOf, SPACE } from '../../../media/ring/geometry';
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
});
