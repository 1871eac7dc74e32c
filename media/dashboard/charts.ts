import { valueText } from '../../src/domain/capacity/plan/text';
import { type Row, valueAt } from '../../src/domain/dashboard/rows';
import type { DashboardChart, DashboardStrings } from '../../src/protocol/dashboard';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { Probe } from '../shared/probe';
import { clock } from './clock';
import { type Line, Plot, type PlotInput } from './plot';
import { firstAfter, nearestRow } from './series';
import { shortText } from './values';

/** A line with its name, for values in words. */
export interface NamedLine extends Line {
  /** Short: the number of the server, or the word for all of them. */
  readonly badge: string;
  readonly label: string;
}

/** All that the charts have in common. */
export interface ChartView extends Omit<PlotInput, 'chart' | 'unit' | 'band' | 'lines'> {
  readonly strings: DashboardStrings;
  /** The lines that are shown; the whole ensemble comes first. */
  readonly lines: readonly NamedLine[];
}

/** One chart with its title, its crosshair and the values under it. */
export class ChartFigure {
  readonly figure: HTMLElement;
  isOnScreen = true;
  private readonly plot: Plot;
  private readonly stage = element('div', { className: 'stage' });
  private readonly event = element('span', { className: 'event' });
  private readonly time = element('span', { className: 'time' });
  private readonly hair = element('div', { className: 'hair hidden' }, this.event, this.time);
  private readonly empty = element('p', { className: 'empty hidden' });
  private readonly values = element('p', { className: 'values' });
  private readonly plan = element('p', { className: 'note plan' });
  private readonly probe: Probe;
  private view: ChartView | undefined;

  constructor(
    private readonly chart: DashboardChart,
    private readonly index: number,
    strings: DashboardStrings,
    /** Called with the time under the crosshair, for all charts to show it. */
    private readonly point: (time: number | undefined) => void,
  ) {
    const canvas = element('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    this.plot = new Plot(canvas);
    this.empty.textContent = strings.noValues;
    this.stage.append(canvas, this.hair, this.empty);
    this.stage.setAttribute('aria-label', fill(strings.probe, chart.title));
    const hint = element('p', { className: 'note' }, chart.hint);
    const title = element('h2', {}, chart.title);
    this.figure = element('figure', {}, title, hint, this.stage, this.values, this.plan);
    this.figure.dataset['chart'] = chart.id;
    this.probe = new Probe(this.stage, {
      count: () => this.rows.length - this.first,
      indexAt: (x) => nearestRow(this.rows, this.plot.timeAt(x)) - this.first,
      show: (index) => this.say(index),
    });
  }

  draw(view: ChartView, band: PlotInput['band']): void {
    this.view = view;
    if (!this.isOnScreen) return;
    const { chart, index } = this;
    this.plot.draw({ ...view, chart: index, unit: chart.unit, band, lines: this.lines });
    this.empty.classList.toggle('hidden', !this.plot.hasNone);
    this.showPlan(band, view.strings);
  }

  /** Moves the crosshair, from this chart or another one, and says the values there. */
  showAt(time: number | undefined): void {
    const { rows } = this;
    const row = time === undefined ? rows.at(-1) : rows[nearestRow(rows, time)];
    this.hair.classList.toggle('hidden', time === undefined || row === undefined);
    setText(this.event, '');
    if (time !== undefined && row) {
      const x = this.plot.xOf(row.at);
      this.hair.style.left = `${x}px`;
      this.hair.classList.toggle('right', x > this.stage.clientWidth / 2);
      setText(this.time, clock(new Date(row.at)));
    }
    this.showValues(row);
  }

  /** What the plan says, in words; an arrow where that lies above the picture. */
  private showPlan(band: PlotInput['band'], strings: DashboardStrings): void {
    const text = (value: number): string => valueText(value, this.chart.unit);
    const above = (value: number): string => (this.plot.holds(value) ? '' : ' ↑');
    const parts: [kind: string, words: string][] = [];
    if (band) {
      const from = band.low > 0 ? `${text(band.low)} – ` : '';
      parts.push(['band', `${strings.planned} ${from}${text(band.high)}${above(band.high)}`]);
      if (band.limit !== undefined) {
        parts.push(['limit', `${fill(strings.limit, text(band.limit))}${above(band.limit)}`]);
      }
    }
    const words = parts.map(([, one]) => one).join('');
    if (this.plan.textContent === words) return;
    this.plan.replaceChildren(
      ...parts.map(([kind, one]) =>
        element('span', { className: 'value' }, element('span', { className: `key ${kind}` }), one),
      ),
    );
  }

  private get rows(): readonly Row[] {
    return this.view?.rows ?? [];
  }

  /** The index of the first row that the chart shows. */
  private get first(): number {
    return firstAfter(this.rows, this.view?.times[0] ?? 0);
  }

  private get lines(): readonly NamedLine[] {
    return (this.view?.lines ?? []).filter(({ server }) => server >= 0 || this.chart.hasTotal);
  }

  private say(index: number | undefined): string {
    const row = index === undefined ? undefined : this.rows[this.first + index];
    this.point(row?.at);
    if (!row) return '';
    const events = (this.view?.markers ?? []).filter(({ at }) => at === row.at);
    const happened = events.map(({ text }) => text).join(' · ');
    setText(this.event, happened);
    const time = clock(new Date(row.at));
    const values = this.lines.map(({ label, server }) => `${label} ${this.text(row, server)}`);
    return `${time}: ${[...values, ...(happened === '' ? [] : [happened])].join(', ')}`;
  }

  private text(row: Row | undefined, server: number): string {
    const value = row ? valueAt(row, this.index, server) : NaN;
    if (Number.isNaN(value)) return '–';
    const words = shortText(value, this.chart.unit);
    const isPart = server < 0 && row?.isPartial === true && this.chart.id === 'reads';
    return isPart ? fill(this.view?.strings.incomplete ?? '', words) : words;
  }

  private showValues(row: Row | undefined): void {
    const { lines, values } = this;
    if (values.childElementCount !== lines.length) {
      values.replaceChildren(
        ...lines.map(() => {
          const badge = element('span', { className: 'badge' });
          return element('span', { className: 'value' }, badge, element('span'));
        }),
      );
    }
    lines.forEach((line, i) => {
      const [badge, text] = values.children[i]?.children ?? [];
      if (!(badge instanceof HTMLElement) || !(text instanceof HTMLElement)) return;
      setText(badge, line.badge);
      badge.style.borderColor = line.colour;
      setText(text, this.text(row, line.server));
    });
  }
}
