import { type Row, trimmed, unpacked } from '../../src/domain/dashboard/rows';
import type { DashboardNow, DashboardSnapshot } from '../../src/protocol/dashboard';
import { Colours } from '../shared/colours';
import { Disclosures } from '../shared/disclosure';
import { element } from '../shared/dom';
import { onThemeChange } from '../shared/theme';
import { listen, saveState, savedState, tell } from './api';
import { ChartFigure } from './charts';
import { Head } from './head';
import { inkOf, linesOf } from './lines';
import { type Span, timesOf } from './series';
import { Tables } from './tables';
import '../shared/page.css';
import './dashboard.css';

const saved = savedState();
const colours = new Colours(saved?.colours);
const hidden = new Set(saved?.hidden);
const disclosures = new Disclosures(saved?.open ?? [], () => {
  save();
  draw();
});
let span: Span = saved?.span ?? 15;
let snapshot: DashboardSnapshot | undefined;
let now: DashboardNow | undefined;
let rows: readonly Row[] = [];
let figures: readonly ChartFigure[] = [];
let tables: Tables | undefined;
let pointed: number | undefined;
let isDrawing = false;

const head = new Head({
  tell,
  setSpan: (chosen) => {
    span = chosen;
    save();
    draw();
  },
  toggle: (address) => {
    if (!hidden.delete(address)) hidden.add(address);
    save();
    draw();
  },
});
const grid = element('div', { className: 'grid' });
const below = element('div');
document.getElementById('dashboard')?.append(head.element, grid, below);

/** Draws all of it in the next frame, once, however much has changed until then. */
function draw(): void {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    const start = performance.now();
    drawNow();
    document.body.dataset['drawMs'] = (performance.now() - start).toFixed(2);
    document.body.dataset['rows'] = String(rows.length);
  });
}

function drawNow(): void {
  if (!snapshot || !now) return;
  const { strings, charts, bands, intervalMs } = snapshot;
  const lines = linesOf(now.servers, colours, { hidden, strings });
  const isWaiting = rows.length < 2 && now.message === '';
  head.show(snapshot, isWaiting ? { ...now, message: strings.waiting } : now, lines);
  const view = {
    strings,
    rows,
    times: timesOf(rows, span),
    lines,
    markers: now.markers,
    intervalMs,
    ink: inkOf(),
  };
  figures.forEach((figure, i) => {
    figure.draw(
      view,
      bands.find(({ chart }) => chart === charts[i]?.id),
    );
    figure.showAt(pointed);
  });
  tables?.show(now, rows.at(-1));
}

function build(received: DashboardSnapshot): void {
  const { charts, strings } = received;
  figures = charts.map((chart, i) => new ChartFigure(chart, i, strings, point));
  grid.replaceChildren(...figures.map(({ figure }) => figure));
  for (const figure of figures) watch.observe(figure.figure);
  tables = new Tables(received, disclosures);
  below.replaceChildren(tables.element);
}

function point(time: number | undefined): void {
  if (time === pointed) return;
  pointed = time;
  for (const figure of figures) figure.showAt(time);
}

function save(): void {
  if (!snapshot) return;
  const { state } = snapshot;
  saveState({
    ...state,
    span,
    hidden: [...hidden],
    colours: colours.saved,
    open: disclosures.saved,
  });
}

/** What is scrolled away is drawn when it comes back. */
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const figure = figures.find((one) => one.figure === target);
    if (figure) figure.isOnScreen = isIntersecting;
  }
  draw();
});

listen((received) => {
  if (received.type === 'snapshot') {
    const isFirst = snapshot === undefined;
    snapshot = received;
    now = received.now;
    rows = unpacked(received.rows);
    if (isFirst) build(received);
    head.showTexts(received, span);
    save();
  } else {
    now = received.now;
    if (received.row) rows = trimmed([...rows, received.row]);
  }
  draw();
});
new ResizeObserver(draw).observe(grid);
onThemeChange(draw);
tell({ type: 'ready' });
