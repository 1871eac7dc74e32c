import type { RingPicture } from '../../src/protocol/ring';
import { gridOf } from './frame';
import type { Paint } from './paint';

export interface Box {
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DIMMED = 0.14;
/** Cells from this size on have a gap between them. */
const GAP_FROM = 5;

/** Cells row by row, or where there are none the shares side by side. */
export function drawStrip(
  paint: Paint,
  picture: RingPicture,
  shares: readonly number[],
  box: Box,
  isStill: (cell: number) => boolean = () => false,
): void {
  if (picture.kind === 'table') drawCells(paint, picture.cells, box, isStill);
  else drawShares(paint, shares, box);
  const { context, theme } = paint;
  if (theme.contrast === undefined) return;
  context.strokeStyle = theme.contrast;
  context.lineWidth = 1;
  context.strokeRect(0.5, box.y + 0.5, box.width - 1, box.height - 1);
}

/** Neighbours in a row with one owner are one rectangle, so that 65,537 cells are drawn in time. */
function drawCells(
  paint: Paint,
  cells: Uint16Array,
  { y, width, height }: Box,
  isStill: (cell: number) => boolean,
): void {
  const { context } = paint;
  const { columns, rows } = gridOf(cells.length, width, height);
  const [w, h] = [width / columns, height / rows];
  const gap = w >= GAP_FROM && h >= GAP_FROM ? 1 : 0;
  for (let start = 0; start < cells.length;) {
    const owner = cells[start] ?? 0;
    const still = isStill(start);
    const rowEnd = Math.min(cells.length, (Math.floor(start / columns) + 1) * columns);
    let end = start + 1;
    while (gap === 0 && end < rowEnd && cells[end] === owner && isStill(end) === still) end++;
    context.globalAlpha = paint.isDimmed(owner) ? DIMMED : still ? 0.2 : 1;
    context.fillStyle = paint.fill(owner);
    const [column, row] = [start % columns, Math.floor(start / columns)];
    context.fillRect(column * w, y + row * h, (end - start) * w - gap, h - gap);
    start = end;
  }
  context.globalAlpha = 1;
}

function drawShares(paint: Paint, shares: readonly number[], { y, width, height }: Box): void {
  const { context } = paint;
  let x = 0;
  shares.forEach((share, owner) => {
    context.globalAlpha = paint.isDimmed(owner) ? DIMMED : 1;
    context.fillStyle = paint.fill(owner);
    // A line between neighbours, unless they are but pixels wide.
    const gap = share * width > 3 ? 1 : 0;
    context.fillRect(x, y, Math.max(0, share * width - gap), height);
    x += share * width;
  });
  context.globalAlpha = 1;
}
