import type { VirtualNode } from '../../src/domain/placement/types';
import type { RingSnapshot } from '../../src/protocol/ring';
import { fill } from '../shared/text';
import { cellAt, gridOf, shareAt, type Box } from './frame';
import { arcAt, boundsOf, NOBODY, partOf, type RingArcs } from './geometry';
import { grouped, hash32, percent } from './numbers';

/** What lies under the needle: an arc of a ring, a cell of a table, or a part of a bar. */
export interface Spot {
  /** Of the arc, cell or server; the needle steps through these. */
  readonly index: number;
  readonly owner: number;
  /** Hash under the needle; undefined where there is no ring. */
  readonly position?: number;
}

/** How many spots there are. */
export function spotCount({ now, servers }: RingSnapshot): number {
  const picture = now?.picture;
  if (picture?.kind === 'ring') return picture.ends.length;
  return picture?.kind === 'table' ? picture.cells.length : servers.length;
}

/** The spot with a number; for an arc its end, where its virtual node lies on most rings. */
export function spotAt({ now }: RingSnapshot, index: number): Spot {
  const picture = now?.picture;
  if (picture?.kind === 'ring') {
    return { index, owner: picture.owners[index] ?? NOBODY, position: picture.ends[index] ?? 0 };
  }
  const owner = picture?.kind === 'table' ? (picture.cells[index] ?? NOBODY) : index;
  return { index, owner };
}

export function spotOfHash(ring: RingArcs, position: number): Spot {
  const index = arcAt(ring, position);
  return { index, owner: ring.owners[index] ?? NOBODY, position };
}

/** The spot at parts of the width and height of a strip of so many pixels. */
export function spotInStrip(
  snapshot: RingSnapshot,
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
): Spot | undefined {
  const picture = snapshot.now?.picture;
  if (picture?.kind === 'table') {
    const { length } = picture.cells;
    const cell = cellAt(gridOf(length, width, height), length, x, y);
    return cell === undefined ? undefined : spotAt(snapshot, cell);
  }
  const server = shareAt(
    snapshot.servers.map(({ share }) => share),
    x,
  );
  return server === undefined ? undefined : spotAt(snapshot, server);
}

/** Where a spot lies in a strip of so many pixels. */
export function boxOfSpot(
  { now, servers }: RingSnapshot,
  { index }: Spot,
  [width, height]: readonly [number, number],
): Box {
  if (now?.picture.kind === 'table') {
    const { columns, rows } = gridOf(now.picture.cells.length, width, height);
    const [w, h] = [width / columns, height / rows];
    return { x: (index % columns) * w, y: Math.floor(index / columns) * h, width: w, height: h };
  }
  const before = servers.slice(0, index).reduce((sum, { share }) => sum + share, 0);
  return { x: before * width, y: 0, width: (servers[index]?.share ?? 0) * width, height };
}

/** The spot in words. */
export function describeSpot(
  snapshot: RingSnapshot,
  spot: Spot,
  point: VirtualNode | undefined,
): string {
  const { strings, servers, now } = snapshot;
  const server = servers[spot.owner];
  const name = server?.label ?? strings.nobody;
  const picture = now?.picture;
  if (picture?.kind !== 'ring' || spot.position === undefined) {
    const cell = picture?.kind === 'table' ? `${strings.cell} ${grouped(spot.index)} → ` : '';
    return `${cell}${name} · ${strings.share} ${percent(server?.share ?? 0)}`;
  }
  const { from, to } = boundsOf(picture, spot.index);
  const parts = [
    `0x${hash32(spot.position)} → ${name}`,
    ...(point ? [virtualNodeText(strings.virtualNode, point)] : []),
    `${strings.arc} 0x${hash32(from)}–0x${hash32(to)}, ${percent(partOf(picture, spot.index))}`,
  ];
  return parts.join(' · ');
}

function virtualNodeText(text: string, { pointHex, virtualNode }: VirtualNode): string {
  return fill(text, virtualNode ?? '', `0x${pointHex}`).replace(/\s{2,}/g, ' ');
}
