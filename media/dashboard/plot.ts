import { scaleLinear, scaleTime, type ScaleLinear, type ScaleTime } from 'd3';
import type { Unit } from '../../src/domain/capacity/result';
import type { Band } from '../../src/domain/dashboard/bands';
import { CHARTS } from '../../src/domain/dashboard/charts';
import { type Row, valueAt } from '../../src/domain/dashboard/rows';
import type { DashboardMarker } from '../../src/protocol/dashboard';
import { tickClock } from './clock';
import { firstAfter, hasValues, runsOf, thinned, topOf } from './series';
import { ticksOf } from './ticks';

/** How a line looks. `server` -1 is the whole ensemble. */
export interface Line {
  readonly server: number;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
}

/** Colours of the theme that a canvas needs as they are. */
export interface Ink {
  readonly text: string;
  readonly grid: string;
  readonly gridAlpha: number;
  readonly band: string;
  readonly limit: string;
  readonly marker: string;
  readonly font: string;
}

/** Everything that one chart is drawn from. */
export interface PlotInput {
  readonly chart: number;
  readonly unit: Unit;
  readonly rows: readonly Row[];
  readonly times: readonly [from: number, to: number];
  readonly lines: readonly Line[];
  readonly markers: readonly DashboardMarker[];
  readonly band: Band | undefined;
  readonly intervalMs: number;
  readonly ink: Ink;
}

const READS = CHARTS.indexOf('reads');
const BATCH = CHARTS.indexOf('batch');

/** Pixels that share their lowest and highest value. */
const STEP = 4;

export const MARGIN = { top: 8, right: 10, bottom: 20, left: 58 };

/** Draws one chart, in pixels: a redraw of all of them has to fit into one frame. */
export class Plot {
  private readonly context: CanvasRenderingContext2D;
  private x: ScaleTime<number, number> = scaleTime();
  private y: ScaleLinear<number, number> = scaleLinear();
  private width = 0;
  private height = 0;
  private top = Infinity;
  private isEmpty = true;

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    this.context = context;
  }

  /** Pixels from the left for a time. */
  xOf(time: number): number {
    return this.x(time);
  }

  /** Whether there was no value to draw. */
  get hasNone(): boolean {
    return this.isEmpty;
  }

  /** Whether a value is below the upper edge of what was drawn last. */
  holds(value: number): boolean {
    return value <= this.top;
  }

  timeAt(x: number): number {
    return this.x.invert(x).getTime();
  }

  draw(input: PlotInput): void {
    if (!this.resize()) return;
    const { width, height, context } = this;
    const first = firstAfter(input.rows, input.times[0]) - 1;
    const servers = input.lines.map(({ server }) => server);
    const shown = { chart: input.chart, servers };
    const top = topOf(input.rows, first, shown, input.band);
    this.isEmpty = !hasValues(input.rows, first, shown);
    this.x = scaleTime(input.times, [MARGIN.left, width - MARGIN.right]);
    this.y = scaleLinear([0, top], [height - MARGIN.bottom, MARGIN.top]);
    context.clearRect(0, 0, width, height);
    context.font = input.ink.font;
    // Round joins and caps take the most of a redraw.
    context.lineJoin = 'bevel';
    this.top = top;
    this.drawBand(input, top);
    this.drawGrid(input);
    context.save();
    context.beginPath();
    context.rect(MARGIN.left, 0, width - MARGIN.left - MARGIN.right, height);
    context.clip();
    this.drawMarkers(input);
    for (const line of input.lines) this.drawLine(line, input, first);
    this.drawIncomplete(input, first);
    context.restore();
  }

  /** Gives the canvas as many pixels as it has on the screen; false while it has none. */
  private resize(): boolean {
    const { canvas, context } = this;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width < 60 || height < 40) return false;
    const ratio = window.devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    [this.width, this.height] = [width, height];
    return true;
  }

  private drawBand({ band, ink }: PlotInput, top: number): void {
    if (!band) return;
    const { context, width } = this;
    if (band.high <= top) {
      const [upper, lower] = [this.y(band.high), this.y(band.low)];
      context.fillStyle = ink.band;
      context.globalAlpha = 0.16;
      context.fillRect(MARGIN.left, upper, width - MARGIN.left - MARGIN.right, lower - upper);
      context.globalAlpha = 1;
      this.rule(upper, ink.band);
    }
    if (band.limit !== undefined && band.limit <= top) this.rule(this.y(band.limit), ink.limit);
  }

  private rule(y: number, colour: string): void {
    const { context, width } = this;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash([5, 4]);
    context.beginPath();
    context.moveTo(MARGIN.left, y);
    context.lineTo(width - MARGIN.right, y);
    context.stroke();
    context.setLineDash([]);
  }

  /** No axis says what nobody knows: no values without any or a plan's, no times without rows. */
  private drawGrid({ ink, unit, chart, rows, band }: PlotInput): void {
    const { context, width, height, x, y } = this;
    context.strokeStyle = ink.grid;
    context.lineWidth = 1;
    context.beginPath();
    // Counts have no halves.
    const ticks = (this.isEmpty && !band ? [] : ticksOf(this.top, unit)).filter(
      ({ value }) => unit !== '1' || chart === BATCH || Number.isInteger(value),
    );
    for (const { value } of ticks) {
      context.moveTo(MARGIN.left, Math.round(y(value)) + 0.5);
      context.lineTo(width - MARGIN.right, Math.round(y(value)) + 0.5);
    }
    context.globalAlpha = ink.gridAlpha;
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = ink.text;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const { value, text } of ticks) context.fillText(text, MARGIN.left - 6, y(value));
    if (rows.length === 0) return;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    for (const tick of x.ticks(Math.max(2, Math.floor(width / 130)))) {
      const half = context.measureText(tickClock(tick)).width / 2;
      context.fillText(tickClock(tick), Math.min(x(tick), width - half - 1), height - 5);
    }
  }

  private drawMarkers({ markers, times, ink }: PlotInput): void {
    const { context, height } = this;
    context.strokeStyle = ink.marker;
    context.fillStyle = ink.marker;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    for (const { at } of markers) {
      if (at < times[0]) continue;
      const x = Math.round(this.x(at)) + 0.5;
      context.beginPath();
      context.moveTo(x, MARGIN.top);
      context.lineTo(x, height - MARGIN.bottom);
      context.stroke();
      context.beginPath();
      context.moveTo(x - 4, MARGIN.top - 6);
      context.lineTo(x + 4, MARGIN.top - 6);
      context.lineTo(x, MARGIN.top);
      context.fill();
    }
    context.setLineDash([]);
  }

  /** The sum of reads is dotted where a server's part is missing. */
  private drawIncomplete(input: PlotInput, first: number): void {
    const total = input.lines.find(({ server }) => server < 0);
    if (!total || input.chart !== READS) return;
    this.drawLine({ ...total, dash: [1, 3] }, input, first, true);
  }

  private drawLine(
    line: Line,
    { rows, chart, times, intervalMs }: PlotInput,
    first: number,
    isPartial = false,
  ): void {
    const { context } = this;
    const isSum = line.server < 0 && chart === READS;
    const isKnown = (row: Row): boolean =>
      !Number.isNaN(valueAt(row, chart, line.server)) && (!isSum || row.isPartial === isPartial);
    // Scales are for ticks: here are tens of thousands of points.
    const [left, bottom] = [MARGIN.left, this.height - MARGIN.bottom];
    const perMs = (this.width - MARGIN.right - left) / (times[1] - times[0]);
    const perUnit = (bottom - MARGIN.top) / this.top;
    context.strokeStyle = line.colour;
    context.lineWidth = line.width;
    context.setLineDash([...line.dash]);
    context.beginPath();
    const xOf = (i: number): number => left + ((rows[i]?.at ?? 0) - times[0]) * perMs;
    const yOf = (i: number): number => {
      const row = rows[i];
      return row ? bottom - valueAt(row, chart, line.server) * perUnit : bottom;
    };
    for (const run of runsOf(rows, first, isKnown, intervalMs)) {
      const [from, to] = run;
      context.moveTo(xOf(from), yOf(from));
      // A value alone between gaps is a dot.
      if (from === to) context.lineTo(xOf(from) + line.width, yOf(from));
      else thinned(run, { xOf, yOf }, STEP, (x, y) => context.lineTo(x, y));
    }
    context.stroke();
    context.setLineDash([]);
  }
}
