/** Where the picture of a ring lies in its stage, in pixels; the middle of the ring is the middle. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Room for labels on each side; 0 where there is none. */
  readonly labelWidth: number;
}

const MAX_RADIUS = 270;
const MAX_LABEL = 150;
/** A ring with labels is at least this part of the size that it had without them. */
const WORTH = 0.62;
/** Above and below the ring, for hashes written beside it. */
const MARGIN = 22;
/** Between the ring and its labels, for leader lines. */
export const LEADER = 20;

/** Labels get the room that they want, unless the ring would be too small beside them. */
export function frameOf(width: number, wantedLabel = 0): Frame {
  const radiusWith = (side: number): number => {
    return Math.max(40, Math.min(MAX_RADIUS, width / 2 - side));
  };
  const alone = radiusWith(MARGIN + 8);
  const label = Math.min(MAX_LABEL, wantedLabel, Math.max(0, width / 2 - LEADER - WORTH * alone));
  const isWorth = wantedLabel > 0 && label >= Math.min(wantedLabel, MAX_LABEL / 2);
  const radius = isWorth ? radiusWith(label + LEADER) : alone;
  return { width, height: 2 * (radius + MARGIN), radius, labelWidth: isWorth ? label : 0 };
}

/** Bands of a ring as parts of its radius, from outside to inside. */
export interface Bands {
  readonly now: readonly [outer: number, inner: number];
  readonly moves: readonly [outer: number, inner: number];
  readonly after: readonly [outer: number, inner: number];
  readonly keys: readonly [outer: number, inner: number];
}

export const NOW_ONLY: Bands = {
  now: [1, 0.74],
  moves: [0, 0],
  after: [0, 0],
  keys: [0.725, 0.62],
};
export const WITH_AFTER: Bands = {
  now: [1, 0.84],
  moves: [0.825, 0.715],
  after: [0.7, 0.56],
  keys: [0.55, 0.48],
};

/** A part of a stage, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place on the circle (0 at the top, clockwise, to 1) of a point of the stage. */
export function placeAt({ width, height }: Frame, x: number, y: number): number {
  const turn = Math.atan2(x - width / 2, height / 2 - y) / (2 * Math.PI);
  return (turn + 1) % 1;
}

/** How far from the middle a point of the stage is, as a part of the radius. */
export function distanceAt({ width, height, radius }: Frame, x: number, y: number): number {
  return Math.hypot(x - width / 2, y - height / 2) / radius;
}

/** Cells of a table in rows of equal length that fill a rectangle. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

export function gridOf(cells: number, width: number, height: number): Grid {
  const columns = Math.max(1, Math.ceil(Math.sqrt((cells * width) / Math.max(1, height))));
  return { columns, rows: Math.max(1, Math.ceil(cells / columns)) };
}

/** Cells from `start` to `end`, exclusive, that are neighbours in a row and of one kind. */
export interface CellRun {
  readonly start: number;
  readonly end: number;
}

export function cellRuns(
  count: number,
  { columns }: Grid,
  isSame: (one: number, other: number) => boolean,
): CellRun[] {
  const runs: CellRun[] = [];
  for (let start = 0; start < count;) {
    const rowEnd = Math.min(count, (Math.floor(start / columns) + 1) * columns);
    let end = start + 1;
    while (end < rowEnd && isSame(start, end)) end++;
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

/** The cell at a part of the width and the height of a grid; undefined behind the last one. */
export function cellAt(
  { columns, rows }: Grid,
  cells: number,
  x: number,
  y: number,
): number | undefined {
  if (x < 0 || x >= 1 || y < 0 || y >= 1) return undefined;
  const cell = Math.floor(y * rows) * columns + Math.floor(x * columns);
  return cell < cells ? cell : undefined;
}

/** Which of the shares, side by side, holds a part of the width. */
export function shareAt(shares: readonly number[], x: number): number | undefined {
  let end = 0;
  const index = shares.findIndex((share) => (end += share) > x);
  return index < 0 ? undefined : index;
}
