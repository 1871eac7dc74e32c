/** A label that is wanted at a place on the circle (0 at the top, clockwise, to 1). */
export interface Wanted {
  readonly id: number;
  readonly place: number;
  /** Who has more stays when there is no room for all. */
  readonly priority: number;
}

/** Where a label goes: beside the circle at height `y`, 0 in its middle. */
export interface Placed {
  readonly id: number;
  readonly place: number;
  readonly side: 'left' | 'right';
  readonly y: number;
}

export interface LabelRoom {
  /** Of the circle that leader lines start from. */
  readonly radius: number;
  readonly lineHeight: number;
  /** Labels stay between -height and height. */
  readonly height: number;
}

/** More names than these beside a circle are not read any more. */
const MOST_IN_COLUMN = 10;

/** Labels in two columns beside a circle, none over another; `hidden` found no room. */
export function placeLabels(
  wanted: readonly Wanted[],
  room: LabelRoom,
): { readonly placed: Placed[]; readonly hidden: number } {
  const fitting = Math.max(0, Math.floor((2 * room.height) / room.lineHeight));
  const capacity = Math.min(MOST_IN_COLUMN, fitting);
  const placed = (['right', 'left'] as const).flatMap((side) => {
    const all = wanted
      .filter(({ place }) => side === (place < 0.5 ? 'right' : 'left'))
      .sort((a, b) => b.priority - a.priority || a.id - b.id);
    const best = all.length <= capacity ? all : spread(all, room);
    return column(best.slice(0, capacity), side, room);
  });
  return { placed, hidden: wanted.length - placed.length };
}

/** Of many, those that can stay beside their arcs: leader lines shall not run across the ring. */
function spread(wanted: readonly Wanted[], room: LabelRoom): Wanted[] {
  const kept: Wanted[] = [];
  for (const one of wanted) {
    const y = heightOf(one, room);
    const isFree = kept.every((other) => Math.abs(heightOf(other, room) - y) >= room.lineHeight);
    if (isFree) kept.push(one);
  }
  return kept;
}

const heightOf = ({ place }: Wanted, { radius }: LabelRoom): number =>
  -radius * Math.cos(2 * Math.PI * place);

/** One pass down pushes labels apart, one pass up brings back those that went below the edge. */
function column(wanted: readonly Wanted[], side: 'left' | 'right', room: LabelRoom): Placed[] {
  const { lineHeight, height } = room;
  const yOf = (one: Wanted): number => heightOf(one, room);
  const sorted = [...wanted].sort((a, b) => yOf(a) - yOf(b) || a.id - b.id);
  const edge = height - lineHeight / 2;
  const ys = sorted.map((one) => Math.max(-edge, Math.min(edge, yOf(one))));
  for (let i = 1; i < ys.length; i++) {
    ys[i] = Math.max(ys[i] ?? 0, (ys[i - 1] ?? 0) + lineHeight);
  }
  let limit = edge;
  for (let i = ys.length - 1; i >= 0; i--) {
    ys[i] = Math.min(ys[i] ?? 0, limit);
    limit = (ys[i] ?? 0) - lineHeight;
  }
  return sorted.map(({ id, place }, i) => ({ id, place, side, y: ys[i] ?? 0 }));
}

/** Names without the ending (domain, port) that all of them share: only what differs needs room. */
export function shortNames(names: readonly string[]): string[] {
  const [first = ''] = names;
  if (names.length < 2) return [...names];
  let cut = 0;
  for (let i = 1; i < first.length; i++) {
    const ending = first.slice(-i);
    if (!names.every((name) => name.length > i && name.endsWith(ending))) break;
    if (ending.startsWith('.') || ending.startsWith(':')) cut = i;
  }
  // An address cut in the middle of its numbers is none.
  const port = /:\d+$/.exec(first)?.[0].length ?? 0;
  const isNumeric = names.some((name) => /^[\d.]+(:\d+)?$/.test(name));
  const length = isNumeric ? Math.min(cut, port) : cut;
  return names.map((name) => (length === 0 ? name : name.slice(0, -length)));
}
