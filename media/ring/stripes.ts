import { piece, type Band } from './ringBands';
import type { Move } from './moves';
import { fit, type Paint } from './paint';

const STRIPES = 4;
const DURATION_MS = 1400;
const DIMMED = 0.14;

/**
 * Hatches what changes owner: rings in the colours from and to, so that a piece of a pixel shows
 * both. They run from outside, where arcs are as they are now, to inside, and then stand still.
 */
export class Stripes {
  private readonly sides = [document.createElement('canvas'), document.createElement('canvas')];
  private band: Band | undefined;
  private size: readonly [width: number, height: number] = [1, 1];
  private phase = 0;
  private frame = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Hatches moves anew, in the middle of a motion too. */
  draw(paint: Paint, moves: readonly Move[], band: Band, size: readonly [number, number]): void {
    this.band = band;
    this.size = size;
    this.sides.forEach((side, i) => {
      const context = fit(side, ...size);
      context.translate(size[0] / 2, size[1] / 2);
      for (const move of moves) {
        const isDimmed = paint.isDimmed(move.before) && paint.isDimmed(move.after);
        context.globalAlpha = isDimmed ? DIMMED : 1;
        context.fillStyle = paint.fill(i === 0 ? move.before : move.after);
        piece(context, move, band, isDimmed ? 0 : 0.5 / band.outer);
      }
    });
    this.render();
  }

  /** Lets the stripes run once. */
  run(): void {
    cancelAnimationFrame(this.frame);
    const start = performance.now();
    const step = (time: number): void => {
      const part = Math.max(0, Math.min(1, (time - start) / DURATION_MS));
      this.phase = 3 * (1 - (1 - part) ** 3);
      this.render();
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  clear(): void {
    cancelAnimationFrame(this.frame);
    this.band = undefined;
    fit(this.canvas, 1, 1);
  }

  private render(): void {
    const { band, size, sides } = this;
    const [before, after] = sides;
    if (!band || !before || !after) return;
    const context = fit(this.canvas, ...size);
    context.drawImage(after, 0, 0, ...size);
    context.clip(stripePath(band, size, this.phase % 1), 'evenodd');
    context.clearRect(0, 0, ...size);
    context.drawImage(before, 0, 0, ...size);
  }
}

/** Every other ring of the hatching, moved inwards by a part of its period. */
function stripePath(
  { outer, inner }: Band,
  [width, height]: readonly [number, number],
  phase: number,
): Path2D {
  const period = (outer - inner) / STRIPES;
  const path = new Path2D();
  for (let i = -1; i < STRIPES; i++) {
    const far = outer - period * (i + phase);
    for (const edge of [far, far - period / 2]) {
      const radius = Math.max(inner, Math.min(outer, edge));
      path.moveTo(width / 2 + radius, height / 2);
      path.arc(width / 2, height / 2, radius, 0, 2 * Math.PI);
    }
  }
  return path;
}
