import { scaleLinear, scaleLog } from 'd3';
import type { ReportBar, ReportBars } from '../../src/protocol/report';
import { element } from '../shared/dom';
import type { Figures } from './figures';

/** Part of the track that a value takes, 0 to 1. */
export function barScale({ scale, bars, limit }: ReportBars): (value: number) => number {
  const values = [...bars.map(({ value }) => value), ...(limit === undefined ? [] : [limit])];
  const most = Math.max(...values, Number.MIN_VALUE);
  if (scale === 'linear') {
    const linear = scaleLinear([0, most], [0, 1]);
    return (value) => linear(value);
  }
  const least = Math.min(...values.filter((value) => value > 0), most);
  const log = scaleLog([least / 3, most], [0, 1]);
  return (value) => (value > 0 ? Math.max(0, log(value)) : 0);
}

/** Bars in a table: the picture and its numbers in one. */
export function barTable(picture: ReportBars, figures: Figures): HTMLElement {
  const partOf = barScale(picture);
  const { columns, bars, limit } = picture;
  const [label, value, note] = columns;
  const head = element(
    'tr',
    {},
    ...[label, value, note].map((title) => element('th', { scope: 'col' }, title)),
  );
  const rows = bars.map((bar) => row(bar, figures, partOf, limit));
  return element(
    'table',
    { className: `bars ${picture.id}` },
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
}

function row(
  bar: ReportBar,
  figures: Figures,
  partOf: (value: number) => number,
  limit: number | undefined,
): HTMLTableRowElement {
  const fillBar = element('span', { className: `fill ${bar.state}` });
  fillBar.style.width = `${100 * Math.min(1, partOf(bar.value))}%`;
  const track = element('span', { className: 'track' }, fillBar);
  track.setAttribute('aria-hidden', 'true');
  if (limit !== undefined) {
    const mark = element('span', { className: 'mark' });
    mark.style.left = `${100 * partOf(limit)}%`;
    track.append(mark);
  }
  const { label, text, note: why, basis } = bar;
  const value = element(
    'span',
    { className: 'value' },
    figures.derived({ label, text, why, basis }),
  );
  return element(
    'tr',
    { className: bar.state },
    element('th', { scope: 'row' }, bar.label),
    element('td', { className: 'bar-cell' }, track, value),
    element('td', { className: 'note' }, bar.note),
  );
}
