import { arc } from 'd3';
import type { RingPicture, RingSnapshot } from '../../src/protocol/ring';
import { gridOf, WITH_AFTER, NOW_ONLY } from './frame';
import { ownerAt, runsOf, type RingArcs, type Run } from './geometry';
import { movesBetween } from './moves';
import { percent, ratio } from './numbers';

const WIDTH = 1000;
const RADIUS = 300;
const BINS = 4000;
const LINE = 22;
const MAX_LISTED = 24;
const FULL = 2 * Math.PI;

/** What an exported picture is made of besides the snapshot; colours are the theme's. */
export interface ExportInput {
  readonly snapshot: RingSnapshot;
  readonly fill: (owner: number) => string;
  readonly ink: string;
  readonly ground: string;
  readonly font: string;
}

/** The whole picture as a document of its own: no script, no style sheet, nothing to load. */
export function pictureSvg(input: ExportInput): string {
  const { snapshot, ink, ground, font } = input;
  const { now, after, title, servers } = snapshot;
  const listed = Math.min(servers.length, MAX_LISTED);
  const height = Math.max(2 * RADIUS + 120, 120 + LINE * (listed + 2));
  const picture = now?.picture.kind === 'ring' ? ring(input, height) : strips(input);
  const summary = now ? summaryText(snapshot) : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="${escape(font)}" font-size="14" fill="${ink}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="${ground}"/>`,
    text(30, 36, title, 'font-size="18" font-weight="600"'),
    text(30, 60, summary, 'opacity="0.8"'),
    picture,
    legend(input, listed),
    ...(after ? [text(30, height - 20, snapshot.strings.outerInner, 'opacity="0.8"')] : []),
    '</svg>',
  ].join('\n');
}

function summaryText({ now, after, strings }: RingSnapshot): string {
  if (!now) return '';
  const one = `${strings.maxMeanTitle} ${ratio(now.summary.maxOverMean)}, ${now.summary.verdict}`;
  if (!after) return one;
  return `${one} → ${ratio(after.summary.maxOverMean)}, ${after.summary.verdict} · ${percent(after.moved)}`;
}

function ring({ snapshot, fill, ground }: ExportInput, height: number): string {
  const now = snapshot.now?.picture as RingArcs;
  const later = snapshot.after?.picture;
  const bands = later?.kind === 'ring' ? WITH_AFTER : NOW_ONLY;
  const runs = runsOf(BINS, (at) => ownerAt(now, at));
  const parts = [band(runs, bands.now, (run) => fill(run.owner))];
  if (later?.kind === 'ring') {
    const laterRuns = runsOf(BINS, (at) => ownerAt(later, at));
    const moves = movesBetween(runs, laterRuns);
    const [outer, inner] = bands.moves;
    const step = (outer - inner) / 8;
    for (let i = 0; i < 8; i++) {
      const stripe = [outer - i * step, outer - (i + 1) * step] as const;
      parts.push(band(moves, stripe, (move) => fill(i % 2 === 0 ? move.before : move.after)));
    }
    parts.push(band(laterRuns, bands.after, (run) => fill(run.owner)));
  }
  const middle = `translate(${30 + RADIUS} ${height / 2 + 30})`;
  return `<g transform="${middle}" stroke="${ground}" stroke-width="0.2">${parts.join('')}</g>`;
}

function band<R extends Pick<Run, 'from' | 'to'>>(
  runs: readonly R[],
  [outer, inner]: readonly [number, number],
  fill: (run: R) => string,
): string {
  const shape = arc<R>()
    .innerRadius(inner * RADIUS)
    .outerRadius(outer * RADIUS)
    .startAngle(({ from }) => from * FULL)
    .endAngle(({ to }) => to * FULL)
    .digits(2);
  return runs.map((run) => `<path fill="${fill(run)}" d="${shape(run) ?? ''}"/>`).join('');
}

function strips({ snapshot, fill }: ExportInput): string {
  const { now, after, servers } = snapshot;
  const draw = (picture: RingPicture, shares: readonly number[], y: number): string =>
    picture.kind === 'table' ? cells(picture.cells, fill, y) : bars(shares, fill, y);
  const first = now
    ? draw(
        now.picture,
        servers.map(({ share }) => share),
        100,
      )
    : '';
  const second = after
    ? draw(
        after.picture,
        servers.map((server) => server.after?.share ?? 0),
        370,
      )
    : '';
  return first + second;
}

const STRIP = { width: 2 * RADIUS, height: 250 };

/** Neighbours of one owner in a row are one rectangle. */
function cells(owners: Uint16Array, fill: (owner: number) => string, y: number): string {
  const { columns, rows } = gridOf(owners.length, STRIP.width, STRIP.height);
  const [w, h] = [STRIP.width / columns, STRIP.height / rows];
  const parts: string[] = [];
  for (let start = 0; start < owners.length;) {
    const owner = owners[start] ?? 0;
    const rowEnd = Math.min(owners.length, (Math.floor(start / columns) + 1) * columns);
    let end = start + 1;
    while (end < rowEnd && owners[end] === owner) end++;
    const x = 30 + (start % columns) * w;
    const top = y + Math.floor(start / columns) * h;
    parts.push(rect(x, top, (end - start) * w, h, fill(owner)));
    start = end;
  }
  return parts.join('');
}

function bars(shares: readonly number[], fill: (owner: number) => string, y: number): string {
  let x = 30;
  return shares
    .map((share, owner) => {
      const width = share * STRIP.width;
      x += width;
      return rect(x - width, y, Math.max(0, width - 1), STRIP.height, fill(owner));
    })
    .join('');
}

function legend({ snapshot, fill }: ExportInput, listed: number): string {
  const { servers, strings } = snapshot;
  const rows = servers
    .map((server, index) => ({ ...server, index }))
    .sort((a, b) => b.share - a.share)
    .slice(0, listed);
  const x = 2 * RADIUS + 80;
  const lines = rows.map(({ label, share, after, index }, i) => {
    const y = 120 + i * LINE;
    const value = after ? `${percent(share)} → ${percent(after.share)}` : percent(share);
    return rect(x, y - 11, 12, 12, fill(index)) + text(x + 20, y, `${label}  ${value}`);
  });
  const rest = servers.length - listed;
  if (rest > 0) {
    lines.push(text(x, 120 + listed * LINE, strings.moreServers.replace('{0}', String(rest))));
  }
  return lines.join('\n');
}

const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}" fill="${fill}"/>`;

const text = (x: number, y: number, content: string, attributes = ''): string =>
  `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`;

/** Names come from znodes: nothing of them may be read as markup, and XML has no controls. */
function escape(content: string): string {
  return content
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
