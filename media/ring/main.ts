import { select } from 'd3';
import type { RingKeys, RingSnapshot } from '../../src/protocol/ring';
import { listen, saveState, savedState, tell } from './api';
import { Colours } from '../shared/colours';
import { Controls } from './controls';
import { element, fill, setText } from '../shared/dom';
import { onThemeChange } from '../shared/theme';
import { KeysPanel } from './keys';
import { Needle } from './keyboard';
import { grouped, percent, ratio } from './numbers';
import { Scene } from './scene';
import { ServerTable } from './table';
import '../shared/page.css';
import './ring.css';

const saved = savedState();
const colours = new Colours(saved?.colours);
let snapshot: RingSnapshot | undefined;
let keys: RingKeys | undefined;
let selected: string | undefined;
let typed = saved?.typed ?? '';

const title = element('h1');
const message = element('p', { className: 'message' });
message.setAttribute('role', 'status');
const controls = new Controls(tell);
const canvas = element('canvas');
canvas.setAttribute('aria-hidden', 'true');
const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
svg.setAttribute('viewBox', '0 0 100 100');
svg.setAttribute('aria-hidden', 'true');
const centre = element('div', { className: 'centre' });
const stage = element('div', { className: 'stage', id: 'stage' }, canvas, svg, centre);
const readout = element('p', { className: 'readout', id: 'readout' });
const bands = element('p', { className: 'note' });
const scene = new Scene(canvas, colours);
const needle = new Needle(stage, svg, readout);
const serversTitle = element('h2');
const scroll = element('div', { className: 'scroll', tabIndex: 0 });
const table = new ServerTable(scroll, colours, {
  select: (address) => {
    selected = address;
    show();
  },
  toggleRemoved: (address) => controls.toggle(address),
});
const keysPanel = new KeysPanel(
  (key) => {
    typed = key;
    tell({ type: 'typed', key });
    save();
  },
  (list) => tell(list.length > 0 ? { type: 'keySource', source: { list } } : { type: 'keySource' }),
);
const events = {
  title: element('h2'),
  none: element('p', { className: 'note' }),
  list: element('ol'),
};
const notes = element('section', { className: 'notes' });
const lists = [0, 1].map(() => ({ title: element('h2'), list: element('ul') }));
for (const { title: heading, list } of lists) notes.append(heading, list);

document
  .getElementById('ring')
  ?.append(
    element('header', {}, title, controls.top, message),
    element(
      'div',
      { className: 'columns' },
      element(
        'div',
        {},
        element('section', { className: 'picture' }, stage, readout, bands),
        keysPanel.section,
      ),
      element(
        'div',
        {},
        element('section', {}, serversTitle, scroll),
        notes,
        controls.whatIf,
        element('section', { className: 'events' }, events.title, events.none, events.list),
      ),
    ),
  );

function show(): void {
  if (!snapshot) return;
  const { strings, servers, now, after } = snapshot;
  colours.assign(servers.map(({ address }) => address));
  setText(title, snapshot.title);
  setText(message, snapshot.message);
  controls.show(snapshot);
  keysPanel.showTexts(strings);
  const { keys: source } = snapshot.choices;
  keysPanel.showList(source && 'list' in source ? source.list : []);
  setText(serversTitle, strings.servers);
  table.show({ snapshot, keys, selected });
  setText(bands, after && now?.picture.kind === 'ring' ? strings.outerInner : '');
  showCentre(snapshot);
  showEvents(snapshot);
  const { warnings, problems } = snapshot;
  showNotes(
    0,
    strings.warnings,
    warnings.map((warning) => warning.message),
  );
  showNotes(1, strings.problems, problems);
  stage.classList.toggle('is-ring', now?.picture.kind === 'ring');
  draw();
  save();
  document.body.dataset['version'] = String(snapshot.version);
}

function draw(): void {
  if (!snapshot) return;
  const index = snapshot.servers.findIndex(({ address }) => address === selected);
  scene.draw({ snapshot, keys, selected: index });
  needle.show(snapshot, keys?.typed);
  stage.classList.toggle('hidden', snapshot.now === undefined);
}

function showCentre({ strings, now }: RingSnapshot): void {
  const { summary, picture } = now ?? {};
  const shape = picture?.kind === 'ring' ? strings.virtualNodes : strings.cells;
  const texts = summary
    ? [
        fill(shape, grouped(summary.servers), grouped(summary.points)),
        fill(strings.maxMean, ratio(summary.maxOverMean)),
        summary.verdict,
      ]
    : [];
  select(centre)
    .selectAll('span')
    .data(texts)
    .join('span')
    .text((text) => text);
}

function showEvents({ strings, events: all }: RingSnapshot): void {
  setText(events.title, strings.events);
  setText(events.none, all.length === 0 ? strings.noEvents : '');
  select(events.list)
    .selectAll('li')
    .data(all)
    .join('li')
    .text(({ time, text, moved }) => {
      const clock = new Date(time).toLocaleTimeString();
      return `${clock} ${text} · ${fill(strings.moved, percent(moved))}`;
    });
}

function showNotes(index: number, heading: string, texts: readonly string[]): void {
  const target = lists[index];
  if (!target) return;
  setText(target.title, texts.length === 0 ? '' : heading);
  target.title.classList.toggle('hidden', texts.length === 0);
  select(target.list)
    .selectAll('li')
    .data(texts)
    .join('li')
    .text((text) => text);
}

function save(): void {
  if (snapshot) saveState({ choices: snapshot.choices, typed, colours: colours.saved });
}

listen((received) => {
  if (received.type === 'snapshot') {
    snapshot = received;
    if (!received.servers.some(({ address }) => address === selected)) selected = undefined;
    show();
  } else if (received.type === 'keys') {
    if (received.version !== snapshot?.version) return;
    keys = received;
    keysPanel.show(keys, snapshot);
    table.show({ snapshot, keys, selected });
    draw();
    document.body.dataset['keys'] = typed;
  }
});
new ResizeObserver(draw).observe(stage);
onThemeChange(show);
keysPanel.restore(typed);
tell({ type: 'ready' });
