import type { RingPicture, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { NOW_ONLY, WITH_AFTER, type Bands, type Frame } from './frame';
import { ownerAt, runsOf, type RingArcs, type Run } from './geometry';
import { drawKeys } from './keyBand';
import { fillsOf, fit, type Paint, type Theme } from './paint';
import { drawBand, type Band } from './ringBands';
import { drawStrip } from './strip';
import { movesBetween } from './moves';
import { Stripes } from './stripes';
import type { View } from './view';

export interface SceneInput {
  readonly snapshot: RingSnapshot;
  /** Sorted positions of keys. */
  readonly positions: Uint32Array;
  /** A server to bring out, as index; -1 for none. */
  readonly selected: number;
  readonly view: View;
  readonly frame: Frame;
  readonly theme: Theme;
}

/** Between the strips of now and after. */
export const STRIP_GAP = 10;

/** Draws what is under the needle and the labels, in pixels rather than in elements. */
export class Scene {
  readonly canvas = document.createElement('canvas');
  readonly overlay = document.createElement('canvas');
  private readonly stripes = new Stripes(this.overlay);

  constructor(private readonly colours: Colours) {}

  /** Gives the pieces of the ring as they were drawn, for labels; none of other pictures. */
  draw(input: SceneInput): readonly Run[] {
    const { snapshot, selected, frame, theme } = input;
    const context = fit(this.canvas, frame.width, frame.height);
    const addresses = snapshot.servers.map(({ address }) => address);
    const paint: Paint = {
      context,
      theme,
      fill: fillsOf(addresses, this.colours, theme),
      isDimmed: (owner) => selected >= 0 && owner !== selected,
    };
    const { now, after } = snapshot;
    if (now?.picture.kind === 'ring') {
      return this.drawRing(paint, now.picture, ringOf(after?.picture), input);
    }
    this.stripes.clear();
    if (now) drawStrips(paint, now.picture, input);
    return [];
  }

  /** Shows once, by motion, what goes where. */
  playMoves(): void {
    this.stripes.run();
  }

  private drawRing(
    paint: Paint,
    now: RingArcs,
    after: RingArcs | undefined,
    { view, frame, positions }: SceneInput,
  ): readonly Run[] {
    const { context } = paint;
    const bands = after ? WITH_AFTER : NOW_ONLY;
    const bandOf = (name: keyof Bands): Band => ({
      outer: bands[name][0] * frame.radius,
      inner: bands[name][1] * frame.radius,
      view,
    });
    const bins = Math.ceil(2 * Math.PI * frame.radius * window.devicePixelRatio);
    const runs = runsOf(bins, (at) => ownerAt(now, at), view);
    context.save();
    context.translate(frame.width / 2, frame.height / 2);
    drawBand(paint, runs, bandOf('now'));
    if (after) {
      const later = runsOf(bins, (at) => ownerAt(after, at), view);
      drawBand(paint, later, bandOf('after'));
      const moves = movesBetween(runs, later);
      this.stripes.draw(paint, moves, bandOf('moves'), [frame.width, frame.height]);
    } else this.stripes.clear();
    drawKeys(paint, positions, bandOf('keys'));
    context.restore();
    return runs;
  }
}

function drawStrips(paint: Paint, now: RingPicture, { snapshot, frame }: SceneInput): void {
  const { servers, after } = snapshot;
  const { width, height } = frame;
  const half = after ? (height - STRIP_GAP) / 2 : height;
  const shares = servers.map(({ share }) => share);
  drawStrip(paint, now, shares, { y: 0, width, height: half });
  if (!after) return;
  const later = servers.map((server) => server.after?.share ?? 0);
  const { picture } = after;
  const isComparable =
    picture.kind === 'table' && now.kind === 'table' && picture.cells.length === now.cells.length;
  const isStill = (cell: number): boolean =>
    isComparable && now.cells[cell] === picture.cells[cell];
  drawStrip(paint, picture, later, { y: half + STRIP_GAP, width, height: half }, isStill);
}

const ringOf = (picture: RingPicture | undefined): RingArcs | undefined =>
  picture?.kind === 'ring' ? picture : undefined;
