import {
  axisBottom,
  axisLeft,
  line,
  type ScaleContinuousNumeric,
  scaleLinear,
  scaleLog,
  select,
  type Selection,
} from 'd3';
import type { Curve, CurveChart, Point } from '../../src/domain/capacity/charts/chart';
import { percent, short } from '../../src/domain/capacity/plan/report';
import { valueText } from '../../src/domain/capacity/plan/text';
import type { Unit } from '../../src/domain/capacity/result';
import type { ReportCurves, ReportStrings } from '../../src/protocol/report';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { Probe } from '../shared/probe';
import { apart, bottomOf, logTicks, nearest, topOf } from './scales';

const HEIGHT = 250;
/** Between the names of curves that end at nearly the same place. */
const LABEL_GAP = 12;
const MARGIN = { top: 16, right: 70, bottom: 40, left: 62 };

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;
type Scale = ScaleContinuousNumeric<number, number>;

/** A value on an axis or in a readout. */
export function axisText(value: number, unit: Unit): string {
  return unit === '1' ? percent(value) : valueText(value, unit);
}

/** Curves with the operating point, the goal and the limits of the plan. */
export class CurvePicture {
  readonly stage = element('div', { className: 'stage' });
  readonly readout = element('p', { className: 'readout' });
  private readonly svg: Svg;
  private x: Scale = scaleLinear();
  private y: Scale = scaleLinear();

  constructor(
    private readonly picture: ReportCurves,
    private readonly strings: ReportStrings,
  ) {
    this.svg = select(this.stage).append('svg').attr('aria-hidden', 'true');
    this.draw();
    this.stage.setAttribute('aria-label', fill(strings.probe, picture.title));
    new Probe(this.stage, {
      count: () => this.own.points.length,
      indexAt: (px) => nearest(this.own.points, this.x.invert(px)),
      show: (index) => this.show(index),
    });
    new ResizeObserver(() => this.draw()).observe(this.stage);
  }

  private get own(): Curve {
    const { chart, ownCurve } = this.picture;
    return chart.curves.find(({ id }) => id === ownCurve) ?? { id: '', points: [] };
  }

  private show(index: number | undefined): string {
    const { chart, curveLabels, summary } = this.picture;
    const at = index === undefined ? undefined : this.own.points[index]?.[0];
    this.svg
      .selectAll('line.probe')
      .data(at === undefined ? [] : [this.x(at)])
      .join('line')
      .attr('class', 'probe')
      .attr('x1', (x) => x)
      .attr('x2', (x) => x)
      .attr('y1', MARGIN.top)
      .attr('y2', HEIGHT - MARGIN.bottom);
    const values =
      at === undefined
        ? []
        : chart.curves.flatMap(({ id, points }) => {
            const y = points[nearest(points, at)]?.[1];
            return y === undefined ? [] : [`${curveLabels[id] ?? id} ${axisText(y, chart.y)}`];
          });
    const text = at === undefined ? summary : `${axisText(at, chart.x)}: ${values.join(' · ')}`;
    setText(this.readout, text);
    return text;
  }

  private draw(): void {
    const width = this.stage.clientWidth;
    if (width < 120) return;
    const { svg, picture } = this;
    const { chart } = picture;
    this.x = xScale(chart, width);
    this.y = yScale(chart);
    svg.attr('width', width).attr('height', HEIGHT).attr('viewBox', `0 0 ${width} ${HEIGHT}`);
    svg.selectAll('*').remove();
    this.drawAxes(width);
    this.drawLimits(width);
    this.drawCurves();
    this.drawPlanned();
  }

  private drawAxes(width: number): void {
    const { chart, xLabel, yLabel } = this.picture;
    const bottom = HEIGHT - MARGIN.bottom;
    const ticks = Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / 90));
    this.svg
      .append('g')
      .attr('class', 'axis')
      .attr('transform', `translate(0,${bottom})`)
      .call(
        axisBottom(this.x)
          .ticks(ticks)
          .tickSize(4)
          .tickFormat((v) => tickText(+v, chart.x)),
      );
    this.svg
      .append('g')
      .attr('class', 'axis grid')
      .attr('transform', `translate(${MARGIN.left},0)`)
      .call(
        axisLeft(this.y)
          .tickValues(chart.isLog ? logTicks(bottomOf(chart), topOf(chart)) : this.y.ticks(4))
          .tickSize(-(width - MARGIN.left - MARGIN.right))
          .tickFormat((v) => tickText(+v, chart.y)),
      );
    const end = width - MARGIN.right;
    this.label('axis-label', end, HEIGHT - 6, xLabel, 'end');
    this.label('axis-label', 4, 11, yLabel, 'start');
  }

  private drawLimits(width: number): void {
    const right = width - MARGIN.right;
    this.drawAllowed(right);
    this.drawGoal(right);
  }

  /** What lies beyond the load that the plan allows is shaded. */
  private drawAllowed(right: number): void {
    const { allowed, saturation, x } = this.picture.chart;
    if (allowed === undefined || saturation === undefined) return;
    const [from, bottom] = [this.x(allowed), HEIGHT - MARGIN.bottom];
    this.svg
      .append('rect')
      .attr('class', 'forbidden')
      .attr('x', from)
      .attr('y', MARGIN.top)
      .attr('width', Math.max(0, right - from))
      .attr('height', bottom - MARGIN.top);
    this.rule('limit', [from, MARGIN.top], [from, bottom]);
    const isLeft = from > MARGIN.left + 150;
    const at = from + (isLeft ? -5 : 5);
    const text = `${this.strings.allowed} ${axisText(allowed, x)}`;
    this.label('limit-label', at, MARGIN.top + 10, text, isLeft ? 'end' : 'start');
  }

  /** A goal above the picture is named at its upper edge. */
  private drawGoal(right: number): void {
    const { chart } = this.picture;
    const { goal } = chart;
    if (goal === undefined) return;
    const text = `${this.strings.goal} ${axisText(goal, chart.y)}`;
    const left = MARGIN.left + 6;
    if (goal > topOf(chart)) {
      return this.label('goal-label', left, MARGIN.top + 24, `${text} ↑`, 'start');
    }
    const y = this.y(goal);
    this.rule('goal', [MARGIN.left, y], [right, y]);
    this.label('goal-label', left, y - 5, text, 'start');
  }

  private drawCurves(): void {
    const { chart, curveLabels, ownCurve } = this.picture;
    const top = topOf(chart);
    const path = line<Point>(
      ([x]) => this.x(x),
      ([, y]) => this.y(y),
    );
    const drawn = chart.curves.map(({ id, points }) => ({
      own: id === ownCurve,
      text: curveLabels[id] ?? id,
      visible: points.filter(([, y]) => y <= top),
    }));
    for (const { own, visible } of drawn) {
      const curve = this.svg.append('path').attr('class', own ? 'curve own' : 'curve');
      curve.attr('d', path(visible));
    }
    if (drawn.length === 1) return;
    const ends = drawn
      .flatMap(({ own, text, visible }) => {
        const end = visible.at(-1);
        return end ? [{ own, text, x: this.x(end[0]), y: this.y(end[1]) }] : [];
      })
      .sort((a, b) => b.y - a.y);
    const heights = apart(
      ends.map(({ y }) => y),
      LABEL_GAP,
    );
    ends.forEach(({ own, text, x, y }, i) => {
      const kind = own ? 'curve-label own' : 'curve-label';
      this.label(kind, x + 5, (heights[i] ?? y) + 4, text, 'start');
    });
  }

  private drawPlanned(): void {
    const { chart } = this.picture;
    const least = chart.isLog ? bottomOf(chart) : 0;
    const shown = Math.min(Math.max(chart.planned[1], least), topOf(chart));
    const [x, y] = [this.x(chart.planned[0]), this.y(shown)];
    this.rule('drop', [x, y], [x, HEIGHT - MARGIN.bottom]);
    this.rule('drop', [MARGIN.left, y], [x, y]);
    this.svg.append('circle').attr('class', 'planned').attr('cx', x).attr('cy', y).attr('r', 5);
    const far = chart.planned[1] < least ? ' ↓' : '';
    const text = `${this.strings.planned} ${axisText(chart.planned[1], chart.y)}${far}`;
    // Latency rises to the right: on the left is room.
    const isLeft = x - MARGIN.left > 130;
    this.label('planned-label', x + (isLeft ? -9 : 9), y - 8, text, isLeft ? 'end' : 'start');
  }

  private rule(kind: string, [x1, y1]: Point, [x2, y2]: Point): void {
    const rule = this.svg.append('line').attr('class', kind);
    rule.attr('x1', x1).attr('y1', y1).attr('x2', x2).attr('y2', y2);
  }

  private label(kind: string, x: number, y: number, text: string, anchor: 'start' | 'end'): void {
    this.svg
      .append('text')
      .attr('class', kind)
      .attr('x', x)
      .attr('y', y)
      .attr('text-anchor', anchor)
      .text(text);
  }
}

function xScale({ x, curves, planned, saturation }: CurveChart, width: number): Scale {
  const last = Math.max(...curves.map(({ points }) => points.at(-1)?.[0] ?? 0), planned[0]);
  const most = x === '1' ? 1 : Math.max(last, saturation ?? 0);
  return scaleLinear([0, most || 1], [MARGIN.left, width - MARGIN.right]);
}

function yScale(chart: CurveChart): Scale {
  const range = [HEIGHT - MARGIN.bottom, MARGIN.top];
  return chart.isLog
    ? scaleLog([bottomOf(chart), topOf(chart)], range)
    : scaleLinear([0, topOf(chart)], range);
}

/** Large numbers short, so that ticks don't touch. */
function tickText(value: number, unit: Unit): string {
  if (unit !== '1/s') return axisText(value, unit);
  if (value >= 1e6) return `${short(value / 1e6)}M/s`;
  return value >= 1e3 ? `${short(value / 1e3)}k/s` : `${short(value)}/s`;
}
