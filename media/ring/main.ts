import type { RingComparison, RingKeyList, RingKeys, RingSnapshot } from '../../src/protocol/ring';
import { Colours } from '../shared/colours';
import { onThemeChange } from '../shared/theme';
import '../shared/page.css';
import { AdjustPanel } from './adjust';
import { listen, saveState, savedState, tell } from './api';
import { ComparePanel } from './compare';
import { Controls } from './controls';
import { KeysPanel } from './keys';
import { KeyTable } from './keyTable';
import { arrange, Notes } from './notes';
import { readTheme } from './paint';
import { Placer } from './placer';
import type { KeySummary } from './placerMessages';
import './ring.css';
import { SavePanel } from './savePanel';
import { saveImage } from './saveImage';
import { ServerTable } from './serverTable';
import { Stage } from './stage';
import { Summary } from './summary';
import { WhatIfPanel } from './whatIf';

const NO_POSITIONS = new Uint32Array();
const saved = savedState();
const colours = new Colours(saved?.colours);
let snapshot: RingSnapshot | undefined;
let typed: RingKeys['typed'];
let summary: KeySummary | undefined;
let selected: string | undefined;
let theme = readTheme();

const controls = new Controls(tell);
const centre = new Summary();
const stage = new Stage(
  colours,
  { choose, ask: (position) => placer.askPoint(position) },
  centre.element,
);
const placer = new Placer({
  summary: (received) => {
    summary = received;
    showKeys();
    document.body.dataset['placed'] = String(received.total);
  },
  rows: (page) => keyTable.receive(page),
  point: (point) => stage.setPoint(point),
});
const keyTable = new KeyTable({
  ask: (query) => placer.askRows(query),
  choose: ({ key, owner, position }) => {
    keysPanel.type(key);
    choose(owner);
    stage.pointTo(position);
  },
});
const keysPanel = new KeysPanel(tell, keyTable.section);
const whatIf = new WhatIfPanel((next) => tell({ type: 'whatIf', whatIf: next }), choose);
const servers = new ServerTable(colours, { choose, toggle: (server) => whatIf.toggle(server) });
const compare = new ComparePanel(() => tell({ type: 'compare' }));
const adjust = new AdjustPanel(tell);
const save = new SavePanel((what) => {
  if (what === 'ring' || what === 'placement' || what === 'moves' || what === 'pool') {
    tell({ type: 'save', what });
  } else if (snapshot) void saveImage(what, { snapshot, colours, theme }, tell);
});
const notes = new Notes();

arrange({
  root: document.getElementById('ring'),
  notes,
  controls: controls.bar,
  picture: [stage.area, stage.readout],
  servers: servers.table.scroller,
  panels: {
    whatIf: whatIf.section,
    keys: keysPanel.section,
    compare: compare.section,
    adjust: adjust.section,
    save: save.section,
  },
});

function show(): void {
  if (!snapshot) return;
  colours.assign(snapshot.servers.map(({ address }) => address));
  notes.show(snapshot);
  controls.show(snapshot);
  keysPanel.show(snapshot);
  compare.show(snapshot);
  adjust.show(snapshot);
  save.show(snapshot);
  showKeys();
  remember();
  document.body.dataset['version'] = String(snapshot.version);
}

/** All that depends on keys or on the selection too. */
function showKeys(): void {
  if (!snapshot) return;
  const index = selectedIndex();
  stage.show({
    snapshot,
    typed,
    positions: summary?.positions ?? NO_POSITIONS,
    selected: index,
    theme,
  });
  centre.show(snapshot, summary);
  servers.show({ snapshot, keys: summary, selected: index, theme });
  whatIf.show(snapshot, summary, index);
  keyTable.show(snapshot, summary, index);
}

function selectedIndex(): number {
  return snapshot?.servers.findIndex(({ address }) => address === selected) ?? -1;
}

function choose(server: number): void {
  selected = snapshot?.servers[server]?.address;
  showKeys();
}

function remember(): void {
  if (!snapshot) return;
  saveState({ choices: snapshot.choices, typed: keysPanel.key, colours: colours.saved });
}

function place({ placement, placementAfter, servers: all, choices }: RingSnapshot): void {
  placer.place({
    placement,
    after: placementAfter,
    servers: all.length,
    replicas: choices.replicas ?? 1,
    distinctZones: choices.distinctZones === true,
    exponent: choices.popularity ?? 0,
  });
}

function receiveKeys(keys: RingKeys): void {
  if (keys.version !== snapshot?.version) return;
  typed = keys.typed;
  keysPanel.showTyped(typed);
  showKeys();
  remember();
  document.body.dataset['keys'] = keysPanel.key;
}

function receiveList(list: RingKeyList): void {
  keysPanel.showList(list);
  placer.setKeys(list);
  if (snapshot) place(snapshot);
}

function receiveComparison(comparison: RingComparison): void {
  if (comparison.version === snapshot?.version) {
    compare.showComparison(comparison, snapshot);
  }
}

listen((message) => {
  switch (message.type) {
    case 'snapshot':
      snapshot = message;
      if (selectedIndex() < 0) selected = undefined;
      if (summary && summary.counts.length !== message.servers.length) summary = undefined;
      place(message);
      return show();
    case 'keys':
      return receiveKeys(message);
    case 'keyList':
      return receiveList(message);
    case 'comparison':
      return receiveComparison(message);
    case 'render':
      if (snapshot) void saveImage(message.format, { snapshot, colours, theme }, tell);
  }
});
onThemeChange(() => {
  theme = readTheme();
  show();
});
keysPanel.restore(saved?.typed ?? '');
tell({ type: 'ready' });
