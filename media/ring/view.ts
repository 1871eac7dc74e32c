/** The part of a ring that the picture shows, in turns: `from` 0 to 1, `length` above 0 up to 1. */
export interface View {
  readonly from: number;
  readonly length: number;
}

export const WHOLE: View = { from: 0, length: 1 };
/** Deep enough for the smallest arcs; far from where doubles lose hashes of 32 bits. */
const MIN_LENGTH = 2 ** -26;
/** The part of the circle that stays open between the two ends of a section. */
const SEAM = 0.05;

export const isWhole = ({ length }: View): boolean => length >= 1;

const seamOf = (view: View): number => (isWhole(view) ? 0 : SEAM);
const wrap = (turn: number): number => ((turn % 1) + 1) % 1;
const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/** Where on the circle (0 at the top, clockwise, to 1) a part of the way through the view is drawn. */
export function placeOf(view: View, part: number): number {
  const seam = seamOf(view);
  return seam / 2 + part * (1 - seam);
}

/** How far through the view a place on the circle is, 0 to 1; the seam counts as the nearer end. */
export function partAt(view: View, place: number): number {
  const seam = seamOf(view);
  return clamp((place - seam / 2) / (1 - seam));
}

/** The position on the ring, in turns, that is drawn at a place. */
export function turnAt(view: View, place: number): number {
  return wrap(view.from + partAt(view, place) * view.length);
}

/** Where a position on the ring is drawn; undefined when the view doesn't show it. */
export function placeOfTurn(view: View, turn: number): number | undefined {
  const ahead = wrap(turn - view.from);
  return ahead <= view.length ? placeOf(view, Math.min(1, ahead / view.length)) : undefined;
}

/** Zooms by a factor (above 1 is closer) so that what is drawn at `place` stays there. */
export function zoomAt(view: View, place: number, factor: number): View {
  const length = Math.max(MIN_LENGTH, view.length / factor);
  if (length >= 1) return WHOLE;
  const turn = view.from + partAt(view, place) * view.length;
  const next = { from: 0, length };
  return { from: wrap(turn - partAt(next, place) * length), length };
}

/** Turns a section on by a part of its length; a whole ring has nowhere to go. */
export function panBy(view: View, part: number): View {
  return isWhole(view) ? view : { ...view, from: wrap(view.from + part * view.length) };
}

/** The view moved as little as needed to show a position. */
export function reveal(view: View, turn: number): View {
  if (placeOfTurn(view, turn) !== undefined) return view;
  return { ...view, from: wrap(turn - view.length / 2) };
}

/** A view that shows an arc with as much again on both sides. */
export function around(from: number, length: number): View {
  const wide = Math.max(MIN_LENGTH, 3 * length);
  return wide >= 1 ? WHOLE : { from: wrap(from - (wide - length) / 2), length: wide };
}
