import { shorten } from '../../src/domain/znode/displayName';
import type { RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import type { Frame } from './frame';
import { NOBODY, type Run } from './geometry';
import { placeLabels, shortNames, type Wanted } from './labels';
import type { Names } from './overlay';
import type { Theme } from './paint';
import { placeOf, type View } from './view';

const LINE_HEIGHT = 17;
/** Average width of a character of the small type of labels, in pixels. */
const CHARACTER = 6.6;
const LABEL_PADDING = 16;

interface NamesInput {
  readonly snapshot: RingSnapshot;
  readonly runs: readonly Run[];
  readonly view: View;
  readonly frame: Frame;
  readonly colours: Colours;
  readonly theme: Theme;
  readonly selected: number;
}

/** The width that the names of these servers ask for, in pixels. */
export function labelWidthOf({ servers }: RingSnapshot): number {
  if (servers.length < 2) return 0;
  const lengths = shortNames(servers.map(({ label }) => label)).map(({ length }) => length);
  return LABEL_PADDING + CHARACTER * Math.max(...lengths);
}

/** Each server once, beside the widest of its arcs in sight; those with most of what is shown first. */
export function namesOf(input: NamesInput): Names {
  const { snapshot, runs, view, frame, colours, theme, selected } = input;
  const { servers, strings } = snapshot;
  const widest = new Map<number, Run>();
  const sums = new Map<number, number>();
  for (const run of runs) {
    const { owner, from, to } = run;
    if (owner === NOBODY || !servers[owner]) continue;
    sums.set(owner, (sums.get(owner) ?? 0) + to - from);
    const best = widest.get(owner);
    if (!best || to - from > best.to - best.from) widest.set(owner, run);
  }
  const wanted = [...widest].map(([id, { from, to }]): Wanted => ({
    id,
    place: placeOf(view, (from + to) / 2),
    priority: id === selected ? Infinity : (sums.get(id) ?? 0),
  }));
  const room = {
    radius: frame.radius,
    lineHeight: LINE_HEIGHT,
    height: frame.labelWidth === 0 ? 0 : frame.height / 2 - LINE_HEIGHT,
  };
  const { placed, hidden } = placeLabels(wanted, room);
  const short = shortNames(servers.map(({ label }) => label));
  const length = Math.max(3, Math.floor((frame.labelWidth - LABEL_PADDING) / CHARACTER));
  const labels = placed.map((one) => {
    const server = servers[one.id];
    return {
      ...one,
      text: shorten(short[one.id] ?? '', length),
      title: server?.label ?? '',
      colour: colours.of(server?.address ?? '', theme.palette),
    };
  });
  return { labels, hidden, more: strings.moreServers };
}
