import { arc } from 'd3';
import type { RingKeys, RingPicture, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { NOBODY, ownerAt, runsOf, SPACE, type Run } from './geometry';

const FULL = 2 * Math.PI;
/** Up to this many pieces have a line between them; more would be nothing but lines. */
const MAX_SEPARATED = 240;

export interface SceneInput {
  readonly snapshot: RingSnapshot;
  readonly keys: RingKeys | undefined;
  /** A server to bring out, as index; -1 for none. */
  readonly selected: number;
}

/** Radii of the bands as parts of half the width. */
export const RADII = { outer: 0.92, inner: 0.66, after: [0.62, 0.42] } as const;

/** Draws what is under the needle and the labels, in pixels rather than in elements. */
export class Scene {
  private readonly context: CanvasRenderingContext2D;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly colours: Colours,
  ) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    this.context = context;
  }

  draw({ snapshot, keys, selected }: SceneInput): void {
    const { canvas, context } = this;
    const size = canvas.clientWidth;
    if (size < 20) return;
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(size * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const theme = getComputedStyle(document.documentElement);
    const fills = snapshot.servers.map(({ address }) => this.colours.of(address, theme));
    const paint: Paint = {
      context,
      ratio,
      fill: (owner) => fills[owner] ?? theme.getPropertyValue('--vscode-disabledForeground'),
      ground: theme.getPropertyValue('--vscode-editor-background'),
      ink: theme.getPropertyValue('--vscode-foreground'),
      isDimmed: (owner) => selected >= 0 && owner !== selected,
    };
    const { now, after } = snapshot;
    if (now?.picture.kind === 'ring') {
      const other = after?.picture.kind === 'ring' ? after.picture : undefined;
      drawRing(paint, size, now.picture, other, keys);
    } else if (now) {
      const height = canvas.clientHeight;
      const half = after ? (height - 8) / 2 : height;
      const shares = snapshot.servers.map(({ share }) => share);
      drawStrip(paint, now.picture, shares, { y: 0, width: size, height: half });
      const later = snapshot.servers.map((server) => server.after?.share ?? 0);
      if (after) drawStrip(paint, after.picture, later, { y: half + 8, width: size, height: half });
    }
  }
}

interface Paint {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly fill: (owner: number) => string;
  readonly ground: string;
  readonly ink: string;
  readonly isDimmed: (owner: number) => boolean;
}

type Ring = Extract<RingPicture, { kind: 'ring' }>;

function drawRing(
  paint: Paint,
  size: number,
  now: Ring,
  after: Ring | undefined,
  keys: RingKeys | undefined,
): void {
  const { context, ratio } = paint;
  const radius = size / 2;
  context.save();
  context.translate(radius, radius);
  const bins = Math.ceil(FULL * radius * ratio);
  const outer = after ? [0.92, 0.74] : [RADII.outer, RADII.inner];
  drawBand(
    paint,
    runsOf(bins, (at) => ownerAt(now, at)),
    radius,
    outer,
  );
  if (after) {
    const moved = runsOf(bins, (at) => (ownerAt(now, at) === ownerAt(after, at) ? NOBODY : 1));
    context.fillStyle = paint.ink;
    for (const run of moved) if (run.owner === 1) piece(context, run, radius, [0.72, 0.7]);
    drawBand(
      paint,
      runsOf(bins, (at) => ownerAt(after, at)),
      radius,
      [0.68, 0.5],
    );
  }
  drawKeys(paint, keys, radius, after ? 0.49 : RADII.inner - 0.01);
  context.restore();
}

function drawBand(
  paint: Paint,
  runs: readonly Run[],
  radius: number,
  band: readonly number[],
): void {
  const { context } = paint;
  for (const run of runs) {
    context.globalAlpha = paint.isDimmed(run.owner) ? 0.15 : 1;
    context.fillStyle = paint.fill(run.owner);
    piece(context, run, radius, band);
  }
  context.globalAlpha = 1;
  if (runs.length > MAX_SEPARATED || runs.length < 2) return;
  const [far = 1, near = 0] = band;
  context.strokeStyle = paint.ground;
  context.lineWidth = 1;
  context.beginPath();
  for (const { from } of runs) ray(context, from, radius * near, radius * far);
  context.stroke();
}

function piece(
  context: CanvasRenderingContext2D,
  { from, to }: Run,
  radius: number,
  [far = 1, near = 0]: readonly number[],
): void {
  context.beginPath();
  const shape = arc<null>()
    .innerRadius(radius * near)
    .outerRadius(radius * far)
    .startAngle(from * FULL)
    .endAngle(to * FULL)
    .context(context);
  shape(null);
  context.fill();
}

function ray(context: CanvasRenderingContext2D, turn: number, near: number, far: number): void {
  const [x, y] = [Math.sin(turn * FULL), -Math.cos(turn * FULL)];
  context.moveTo(x * near, y * near);
  context.lineTo(x * far, y * far);
}

/** Keys of the list as ticks; where there are many, their density. */
function drawKeys(paint: Paint, keys: RingKeys | undefined, radius: number, from: number): void {
  if (!keys || keys.rows.length === 0) return;
  const { context } = paint;
  context.strokeStyle = paint.ink;
  context.globalAlpha = Math.max(0.08, Math.min(1, 100 / keys.rows.length));
  context.beginPath();
  for (const { hash } of keys.rows) {
    const turn = parseInt(hash.slice(0, 8), 16) / SPACE;
    ray(context, turn, radius * (from - 0.05), radius * from);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Cells row by row, or where there are none the shares side by side. */
function drawStrip(
  paint: Paint,
  picture: RingPicture,
  shares: readonly number[],
  { y, width, height }: { y: number; width: number; height: number },
): void {
  const { context } = paint;
  const put = (owner: number, x: number, top: number, w: number, h: number): void => {
    context.globalAlpha = paint.isDimmed(owner) ? 0.15 : 1;
    context.fillStyle = paint.fill(owner);
    context.fillRect(x, top, w, h);
  };
  if (picture.kind === 'table') {
    const { cells } = picture;
    const columns = Math.max(1, Math.ceil(Math.sqrt((cells.length * width) / height)));
    const rows = Math.ceil(cells.length / columns);
    const [w, h] = [width / columns, height / rows];
    const gap = w > 6 ? 1 : 0;
    cells.forEach((owner, i) => {
      put(owner, (i % columns) * w, y + Math.floor(i / columns) * h, w - gap, h - gap);
    });
  } else {
    let x = 0;
    shares.forEach((share, owner) => {
      put(owner, x, y, Math.max(0, share * width - 1), height);
      x += share * width;
    });
  }
  context.globalAlpha = 1;
}
