import type {
  ReportAdvice,
  ReportCase,
  ReportCurves,
  ReportPlan,
  ReportStrings,
} from '../../src/protocol/report';
import type { Disclosures } from '../shared/disclosure';
import { element } from '../shared/dom';
import { fill } from '../shared/text';
import { table } from '../shared/table';
import { tell } from './api';
import { barTable } from './bars';
import { axisText, CurvePicture } from './curves';
import type { Figures } from './figures';

/** What the sections of a report are made with. */
export interface Parts {
  readonly plan: ReportPlan;
  readonly strings: ReportStrings;
  readonly figures: Figures;
  readonly disclosures: Disclosures;
}

function section(title: string, ...children: (HTMLElement | undefined)[]): HTMLElement {
  const present = children.filter((child) => child !== undefined);
  return element('section', {}, element('h2', {}, title), ...present);
}

/** A name that leads to an input in the file of the plan. */
export function place(name: string, where: string, strings: ReportStrings): HTMLButtonElement {
  const button = element('button', { type: 'button', className: 'place' }, name);
  const said = fill(strings.showInput, name);
  button.setAttribute('aria-label', said);
  button.title = said;
  button.addEventListener('click', () => tell({ type: 'showInput', where }));
  return button;
}

/** The verdict, and the numbers that a reader wants first. */
export function headline({ plan, strings, figures }: Parts): HTMLElement {
  const { met, missed, headline: names } = plan;
  const verdict =
    missed.length === 0
      ? fill(strings.allMet, met)
      : fill(strings.missed, missed.length, met + missed.length);
  const icon = element('span', { className: 'icon' }, missed.length === 0 ? '✓' : '!');
  icon.setAttribute('aria-hidden', 'true');
  const banner = element(
    'p',
    { className: missed.length === 0 ? 'verdict good' : 'verdict bad' },
    icon,
    verdict,
  );
  banner.setAttribute('role', 'status');
  const cards = figures.of(names).map((figure) => {
    const value = element('dd', {}, figures.value(figure));
    return element('div', { className: 'card' }, element('dt', {}, figure.label), value);
  });
  const list = element(
    'ul',
    { className: 'missed' },
    ...missed.map(({ label, text, where }) =>
      element('li', {}, place(label, where, strings), `: ${text}`),
    ),
  );
  if (missed.length === 0) list.classList.add('hidden');
  return element('section', {}, banner, list, element('dl', { className: 'cards' }, ...cards));
}

/** The pictures with curves; each also as a table. */
export function curveSections(parts: Parts): HTMLElement[] {
  const { plan, strings } = parts;
  const [latency, throughput] = [
    plan.curves.filter(({ id }) => id !== 'throughput'),
    plan.curves.filter(({ id }) => id === 'throughput'),
  ];
  const grid = (curves: readonly ReportCurves[]): HTMLElement =>
    element('div', { className: 'charts' }, ...curves.map((one) => curveFigure(one, parts)));
  return [section(strings.latency, grid(latency)), section(strings.throughput, grid(throughput))];
}

function curveFigure(picture: ReportCurves, { strings, figures, disclosures }: Parts): HTMLElement {
  const { title, chart, curveLabels, xLabel } = picture;
  const drawn = new CurvePicture(picture, strings);
  const rest = figures.of(picture.figures).map((figure) => {
    return element('span', { className: 'pair' }, `${figure.label} `, figures.value(figure));
  });
  const asTable = disclosures.make(`curve-${picture.id}`, strings.asTable, () => {
    const columns = [xLabel, ...chart.curves.map(({ id }) => curveLabels[id] ?? id)];
    const xs = chart.curves[0]?.points.map(([x]) => x) ?? [];
    const rows = xs
      .map((x, i) => [
        axisText(x, chart.x),
        ...chart.curves.map(({ points }) => {
          const point = points[i];
          return point === undefined ? '–' : axisText(point[1], chart.y);
        }),
      ])
      .filter((_, i) => i % 5 === 0);
    return table(columns, rows, title);
  });
  return element(
    'figure',
    {},
    element('h3', {}, title),
    drawn.stage,
    drawn.readout,
    element('p', { className: 'pairs' }, ...rest),
    asTable,
  );
}

/** What binds, and the layouts. */
export function barSections({ plan, strings, figures }: Parts): HTMLElement[] {
  const of = (ids: readonly string[]): HTMLElement[] =>
    plan.bars
      .filter(({ id }) => ids.includes(id))
      .map((one) => {
        const hint = element('p', { className: 'note' }, one.hint);
        return element('figure', {}, element('h3', {}, one.title), hint, barTable(one, figures));
      });
  return [
    section(strings.constraints, ...of(['needs', 'goals'])),
    section(strings.outages, ...of(['outages'])),
  ];
}

export function caseSection(parts: Parts): HTMLElement {
  const { plan, strings } = parts;
  const cards = plan.cases.map((one) => caseCard(one, parts));
  return section(strings.whatIf, element('div', { className: 'cases' }, ...cards));
}

function caseCard(
  { title, holds, because, figures: those }: ReportCase,
  { strings, figures }: Parts,
): HTMLElement {
  const state = element(
    'span',
    { className: holds ? 'badge good' : 'badge bad' },
    `${holds ? '✓' : '!'} ${holds ? strings.holds : strings.fails}`,
  );
  const rows = those.map(({ label, basis, before, after, factor }) => {
    const times = factor === undefined ? '' : ` (×${Number(factor.toPrecision(3))})`;
    const value = figures.derived({ label, basis, text: after + times, why: because });
    return [label, before, element('span', {}, value, ...change(factor, holds))];
  });
  return element(
    'article',
    { className: 'case' },
    element('h3', {}, title, ' ', state),
    ...(rows.length > 0 ? [table([strings.name, strings.now, strings.then], rows, title)] : []),
    element('p', { className: 'note' }, because),
  );
}

/** A bar that ends at its mark when nothing changes, and is full at three times as much. */
function change(factor: number | undefined, holds: boolean): HTMLElement[] {
  if (factor === undefined) return [];
  const bar = element('span', { className: factor > 1 && !holds ? 'fill over' : 'fill planned' });
  bar.style.width = `${(100 * Math.min(3, factor)) / 3}%`;
  const track = element(
    'span',
    { className: 'track' },
    bar,
    element('span', { className: 'mark' }),
  );
  track.setAttribute('aria-hidden', 'true');
  return [track];
}

export function adviceSection({ plan, strings, figures }: Parts): HTMLElement {
  const { advice } = plan;
  if (advice.length === 0) {
    return section(strings.advice, element('p', { className: 'note' }, strings.noAdvice));
  }
  return section(
    strings.advice,
    element('ol', { className: 'advice' }, ...advice.map((one) => adviceItem(one, figures))),
  );
}

function adviceItem(one: ReportAdvice, figures: Figures): HTMLLIElement {
  const { effort, text, label, basis, before, after, gain, price } = one;
  const bar = element('span', { className: 'fill planned' });
  bar.style.width = `${100 * Math.max(0, Math.min(1, gain))}%`;
  const track = element('span', { className: 'track' }, bar);
  track.setAttribute('aria-hidden', 'true');
  const percent = `−${Math.round(100 * gain)} %`;
  return element(
    'li',
    {},
    element('p', {}, element('span', { className: 'badge' }, effort), ` ${text}`),
    element(
      'p',
      { className: 'effect' },
      `${label}: ${before} → `,
      figures.derived({ label, basis, text: `${after} (${percent})`, why: text }),
      ...(price === '' ? [] : [element('b', {}, ` · ${price}`)]),
    ),
    track,
  );
}

/** From the demand to the ensemble: each number with its reason. */
export function chainSection({ plan, strings, figures }: Parts): HTMLElement {
  const items = figures
    .of(plan.chain)
    .map((figure) =>
      element(
        'li',
        {},
        element('span', { className: 'step' }, `${figure.label} `, figures.value(figure)),
        element('span', { className: 'note' }, figure.because),
      ),
    );
  return section(strings.chain, element('ol', { className: 'chain' }, ...items));
}

export function restSections(parts: Parts): HTMLElement[] {
  const { plan, strings, figures, disclosures } = parts;
  const numbers = plan.groups.map(({ title, names }) =>
    disclosures.make(`group-${title}`, title, () =>
      table(
        [strings.name, strings.value, strings.accuracy, strings.why],
        figures.of(names).map((one) => [one.label, figures.value(one), one.accuracy, one.because]),
        title,
      ),
    ),
  );
  const mistakes = plan.mistakes.map(({ wrong, right, why }) =>
    element(
      'li',
      {},
      element('s', {}, wrong),
      ' → ',
      element('b', {}, right),
      element('p', { className: 'note' }, why),
    ),
  );
  const notes = plan.notes.map((one) => element('li', {}, one));
  return [
    section(strings.allNumbers, ...numbers),
    ...(mistakes.length > 0
      ? [section(strings.mistakes, element('ul', { className: 'mistakes' }, ...mistakes))]
      : []),
    ...(notes.length > 0 ? [section(strings.notes, element('ul', {}, ...notes))] : []),
  ];
}
