import { countIn, histogram, SPACE } from './geometry';
import type { Paint } from './paint';
import { ray, type Band } from './ringBands';
import { placeOf, placeOfTurn } from './view';

/** Up to this many keys in sight are lines of their own. */
const MAX_TICKS = 300;
const BIN_PIXELS = 3;
/** Bars end here: keys that are spread evenly make a thin band, crowds of them stand out. */
const FULL_OF_MEAN = 3;

/** Where keys land: each as a tick, or how dense they lie where they are many. */
export function drawKeys(paint: Paint, positions: Uint32Array, band: Band): void {
  if (positions.length === 0) return;
  const { context, theme } = paint;
  const inSight = countIn(positions, band.view);
  if (inSight === 0) return;
  if (inSight <= MAX_TICKS) {
    context.strokeStyle = theme.ink;
    context.lineWidth = 1;
    context.beginPath();
    for (const position of positions) {
      const place = placeOfTurn(band.view, position / SPACE);
      if (place !== undefined)
        ray(context, place, { ...band, inner: (band.inner + band.outer) / 2 });
    }
    context.stroke();
    return;
  }
  const bins = Math.ceil((2 * Math.PI * band.outer) / BIN_PIXELS);
  const counts = histogram(positions, bins, band.view);
  const full = (FULL_OF_MEAN * inSight) / bins;
  context.fillStyle = theme.ink;
  context.globalAlpha = theme.contrast === undefined ? 0.55 : 1;
  context.beginPath();
  // Bars hang from the ring towards the centre.
  edge(context, band.view, bins, () => band.outer);
  edge(
    context,
    band.view,
    bins,
    (bin) => depth(band, Math.min(1, (counts[bin] ?? 0) / full)),
    true,
  );
  context.fill();
  context.globalAlpha = 1;
}

const depth = ({ outer, inner }: Band, part: number): number => outer - (outer - inner) * part;

function edge(
  context: CanvasRenderingContext2D,
  view: Band['view'],
  bins: number,
  radiusOf: (bin: number) => number,
  isBack = false,
): void {
  for (let step = 0; step < bins; step++) {
    const bin = isBack ? bins - 1 - step : step;
    const radius = radiusOf(bin);
    for (const side of isBack ? [1, 0] : [0, 1]) {
      const angle = 2 * Math.PI * placeOf(view, (bin + side) / bins);
      context.lineTo(radius * Math.sin(angle), -radius * Math.cos(angle));
    }
  }
}
