/** Taller elements than this are cut off by browsers, earlier at high zoom. */
const MAX_HEIGHT = 8_000_000;

/** Which rows of a long list are in the document, and the empty room above and below them. */
export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

export interface ListShape {
  readonly total: number;
  readonly rowHeight: number;
  /** The visible height, all in pixels. */
  readonly height: number;
}

const EXTRA_ROWS = 8;

/** The height of all rows, or what a browser can take of it. */
export const listHeight = ({ total, rowHeight }: ListShape): number =>
  Math.min(MAX_HEIGHT, total * rowHeight);

/**
 * The rows around what is visible. Lists that are taller than a browser allows are scrolled
 * faster than they are tall, so that their last row can be reached.
 */
export function rowWindow(scrollTop: number, shape: ListShape): RowWindow {
  const { total, rowHeight, height } = shape;
  const real = total * rowHeight;
  const shown = listHeight(shape);
  const top = Math.max(0, Math.min(scrollTop, shown - height));
  const ratio = shown > height ? (real - height) / (shown - height) : 1;
  const firstVisible = Math.max(0, Math.floor((top * ratio) / rowHeight));
  const first = Math.max(0, Math.min(total, firstVisible - EXTRA_ROWS));
  const visible = Math.ceil(height / rowHeight) + 1;
  const end = Math.min(total, firstVisible + visible + EXTRA_ROWS);
  // The offset inside a row is kept, so that scrolling stays smooth.
  const above = Math.max(0, top - (top * ratio - first * rowHeight));
  const below = Math.max(0, shown - above - (end - first) * rowHeight);
  return { first, end, above, below };
}

/** Where to scroll so that a row is visible; the same place when it is. */
export function scrollToRow(row: number, scrollTop: number, shape: ListShape): number {
  const { total, rowHeight, height } = shape;
  const shown = listHeight(shape);
  const ratio = shown > height ? (total * rowHeight - height) / (shown - height) : 1;
  const top = scrollTop * ratio;
  if (row * rowHeight >= top && (row + 1) * rowHeight <= top + height) return scrollTop;
  const wanted = row * rowHeight - (height - rowHeight) / 2;
  return Math.max(0, Math.min(shown - height, wanted / ratio));
}
