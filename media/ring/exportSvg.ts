import { arc, group } from 'd3';
import type { RingPicture, RingSnapshot } from '../../src/protocol/ring';
import { shorten } from '../../src/domain/znode/displayName';
import { cellRuns, gridOf, WITH_AFTER, NOW_ONLY } from './frame';
import { ownerAt, runsOf, type RingArcs, type Run } from './geometry';
import { movesBetween } from './moves';
import { bandsText, percent, ratio } from './numbers';

const WIDTH = 1240;
const RADIUS = 300;
const BINS = 3000;
const LINE = 22;
const MAX_LISTED = 24;
const MAX_NAME = 42;
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
  const height = Math.max(2 * RADIUS + 160, 140 + LINE * (listed + 2));
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
    ...(after ? [text(30, height - 20, bandsText(snapshot), 'opacity="0.8"')] : []),
    '</svg>',
  ].join('\n');
}

function summaryText({ now, after, strings }: RingSnapshot): string {
  if (!now) return '';
  const one = `${strings.maxMeanTitle} ${ratio(now.summary.maxOverMean)}, ${now.summary.verdict}`;
  if (!after) return one;
  return `${one} → ${ratio(after.summary.maxOverMean)}, ${after.summary.verdict} · ${percent(after.moved)}`;
}

function ring({ snapshot, fill }: ExportInput, height: number): string {
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
  const { strings } = snapshot;
  const figures = [snapshot.now, snapshot.after].flatMap((view) =>
    view ? [ratio(view.summary.maxOverMean)] : [],
  );
  const middle = `translate(${30 + RADIUS} ${height / 2 + 10})`;
  return [
    `<g transform="${middle}">${parts.join('')}`,
    text(0, 0, figures.join(' → '), `${CENTRED} font-size="34" font-weight="600"`),
    text(0, 24, strings.maxMeanTitle, `${CENTRED} opacity="0.8"`),
    '</g>',
  ].join('');
}

const CENTRED = 'text-anchor="middle"';

/** One path for each colour; pieces overlap a little, or the ground would shine through. */
function band<R extends Pick<Run, 'from' | 'to'>>(
  runs: readonly R[],
  [outer, inner]: readonly [number, number],
  fill: (run: R) => string,
): string {
  const shape = arc<R>()
    .innerRadius(inner * RADIUS)
    .outerRadius(outer * RADIUS)
    .startAngle(({ from }) => from * FULL)
    .endAngle(({ to }) => to * FULL + 0.3 / RADIUS)
    .digits(2);
  return [...group(runs, fill)]
    .map(([colour, those]) => {
      return `<path fill="${colour}" d="${those.map((run) => shape(run) ?? '').join('')}"/>`;
    })
    .join('');
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

/** One path for each owner, in units of cells: a table of 65,537 is no file of megabytes. */
function cells(owners: Uint16Array, fill: (owner: number) => string, y: number): string {
  const grid = gridOf(owners.length, STRIP.width, STRIP.height);
  const { columns, rows } = grid;
  const runs = cellRuns(owners.length, grid, (one, other) => owners[one] === owners[other]);
  const scale = `scale(${STRIP.width / columns} ${STRIP.height / rows})`;
  const drawn = [...group(runs, ({ start }) => owners[start] ?? 0)].map(([owner, those]) => {
    const parts = those.map(({ start, end }) => {
      return `M${start % columns} ${Math.floor(start / columns)}h${end - start}v1h${start - end}z`;
    });
    return `<path fill="${fill(owner)}" d="${parts.join('')}"/>`;
  });
  return `<g transform="translate(30 ${y}) ${scale}" shape-rendering="crispEdges">${drawn.join('')}</g>`;
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
    return [
      rect(x, y - 11, 12, 12, fill(index)),
      text(x + 20, y, shorten(label, MAX_NAME)),
      text(WIDTH - 30, y, value, 'text-anchor="end"'),
    ].join('');
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
