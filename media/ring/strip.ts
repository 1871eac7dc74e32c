import type { RingPicture } from '../../src/protocol/ring';
import { cellRuns, gridOf } from './frame';
import type { Paint } from './paint';

export interface Box {
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DIMMED = 0.14;
/** Cells that stay as they are under a what-if. */
const STILL = 0.2;
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
  const grid = gridOf(cells.length, width, height);
  const { columns, rows } = grid;
  const [w, h] = [width / columns, height / rows];
  const gap = w >= GAP_FROM && h >= GAP_FROM ? 1 : 0;
  const isSame = (one: number, other: number): boolean =>
    gap === 0 && cells[one] === cells[other] && isStill(one) === isStill(other);
  for (const { start, end } of cellRuns(cells.length, grid, isSame)) {
    const owner = cells[start] ?? 0;
    context.globalAlpha = paint.isDimmed(owner) ? DIMMED : isStill(start) ? STILL : 1;
    context.fillStyle = paint.fill(owner);
    const [column, row] = [start % columns, Math.floor(start / columns)];
    context.fillRect(column * w, y + row * h, (end - start) * w - gap, h - gap);
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
