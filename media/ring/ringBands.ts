import type { Run } from './geometry';
import type { Paint } from './paint';
import { placeOf, type View } from './view';

const FULL = 2 * Math.PI;
/** Up to this many pieces have a line between them; more would be nothing but lines. */
const MAX_SEPARATED = 240;
const DIMMED = 0.14;

/** A ring between two radii, in pixels. */
export interface Band {
  readonly outer: number;
  readonly inner: number;
  readonly view: View;
}

/** Draws pieces around the origin. */
export function drawBand(paint: Paint, runs: readonly Run[], band: Band): void {
  const { context, theme } = paint;
  // Pieces overlap by half a pixel, or the ground would shine through between them.
  const overlap = runs.length > 1 ? 0.5 / band.outer : 0;
  for (const run of runs) {
    context.globalAlpha = paint.isDimmed(run.owner) ? DIMMED : 1;
    context.fillStyle = paint.fill(run.owner);
    piece(context, run, band, paint.isDimmed(run.owner) ? 0 : overlap);
  }
  context.globalAlpha = 1;
  if (theme.contrast !== undefined) outline(paint, band, theme.contrast);
  if (runs.length > MAX_SEPARATED || runs.length < 2) return;
  context.strokeStyle = theme.contrast ?? theme.ground;
  context.lineWidth = 1;
  context.beginPath();
  for (const { from } of runs) ray(context, placeOf(band.view, from), band);
  context.stroke();
}

export function piece(
  context: CanvasRenderingContext2D,
  { from, to }: Pick<Run, 'from' | 'to'>,
  { outer, inner, view }: Band,
  overlap = 0,
): void {
  const start = placeOf(view, from) * FULL - FULL / 4;
  const end = placeOf(view, to) * FULL - FULL / 4 + overlap;
  context.beginPath();
  context.arc(0, 0, outer, start, end);
  context.arc(0, 0, inner, end, start, true);
  context.fill();
}

function outline({ context }: Paint, { outer, inner, view }: Band, colour: string): void {
  const start = placeOf(view, 0) * FULL - FULL / 4;
  const end = placeOf(view, 1) * FULL - FULL / 4;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  for (const radius of [outer, inner]) {
    context.beginPath();
    context.arc(0, 0, radius, start, end);
    context.stroke();
  }
}

/** A line from the inner to the outer radius. */
export function ray(
  context: CanvasRenderingContext2D,
  place: number,
  { outer, inner }: Pick<Band, 'outer' | 'inner'>,
): void {
  const [x, y] = [Math.sin(place * FULL), -Math.cos(place * FULL)];
  context.moveTo(x * inner, y * inner);
  context.lineTo(x * outer, y * outer);
}
