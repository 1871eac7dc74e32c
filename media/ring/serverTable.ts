import { select } from 'd3';
import type { RingServer, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { element } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped, percent, ratio } from './numbers';
import type { Theme } from './paint';
import type { KeySummary } from './placerMessages';
import { VirtualTable, type Column } from './virtualTable';

export interface ServerTableInput {
  readonly snapshot: RingSnapshot;
  readonly keys: KeySummary | undefined;
  /** Index of a server, -1 = none. */
  readonly selected: number;
  readonly theme: Theme;
}

export interface ServerTableActions {
  readonly choose: (server: number) => void;
  /** Takes a server away, or takes back what was tried on it. */
  readonly toggle: (server: RingServer) => void;
}

interface Row extends RingServer {
  readonly index: number;
  /** What its bar shows: of the requests for keys where there are keys, of the hash space otherwise. */
  readonly part: number;
  readonly partAfter: number | undefined;
}

const ROW_HEIGHT = 36;

/** The servers with their shares as bars: the picture once more, for eyes and for screen readers. */
export class ServerTable {
  readonly table: VirtualTable<Row>;
  private input: ServerTableInput | undefined;
  private rows: readonly Row[] = [];
  private most = 1;

  constructor(
    private readonly colours: Colours,
    private readonly actions: ServerTableActions,
  ) {
    this.table = new VirtualTable<Row>({
      className: 'servers',
      rowHeight: ROW_HEIGHT,
      idOf: ({ address }) => address,
      newRow: () => this.newRow(),
      fixedEnd: 1,
      fillRow: (line, row) => this.fillRow(line, row),
      need: (first, end) => this.table.fill(first, this.rows.slice(first, end)),
    });
  }

  show(input: ServerTableInput): void {
    const wasSelected = this.input?.selected;
    this.input = input;
    const { snapshot, keys, selected } = input;
    const { strings } = snapshot;
    this.rows = snapshot.servers
      .map((server, index) => ({ ...server, index, ...partsOf(server, index, keys) }))
      .sort((a, b) => most(b) - most(a) || a.address.localeCompare(b.address));
    this.most = Math.max(...this.rows.map((row) => Math.max(most(row), row.fair)), Number.EPSILON);
    const columns = columnsOf(snapshot, keys);
    const share = hasKeys(keys) ? strings.keyShare : strings.share;
    const titles = [strings.server, share, ...columns.map(({ title }) => title)];
    this.table.show(strings.serversCaption, [...titles, strings.whatIf], columns, this.rows.length);
    if (selected !== wasSelected && selected >= 0) {
      this.table.scrollTo(this.rows.findIndex(({ index }) => index === selected));
    }
  }

  private fillRow(line: HTMLTableRowElement, row: Row): void {
    const { input, most, colours } = this;
    if (!input) return;
    const { strings } = input.snapshot;
    const { address, label, part, partAfter, fair, after, change, index } = row;
    const isSelected = index === input.selected;
    const colour = colours.of(address, input.theme.palette);
    const width = (part: number): string => `${(100 * part) / most}%`;
    const target = select(line)
      .attr('class', change ?? '')
      .classed('selected', isSelected);
    line.dataset['address'] = address;
    target.select<HTMLElement>('.swatch').style('background-color', colour);
    target
      .select<HTMLButtonElement>('button.name')
      .attr('aria-pressed', String(isSelected))
      .attr('title', label)
      .text(label)
      .on('click', () => this.actions.choose(isSelected ? -1 : index));
    target
      .select('.value')
      .text(partAfter === undefined ? percent(part) : `${percent(part)} → ${percent(partAfter)}`);
    target
      .select<HTMLElement>('.now')
      .style('width', width(part))
      .style('background-color', colour);
    target
      .select<HTMLElement>('.later')
      .classed('hidden', (partAfter ?? 0) === 0)
      .style('width', width(partAfter ?? 0))
      .style('border-color', colour);
    target.select<HTMLElement>('.fair').style('left', width(after?.fair ?? fair));
    const name = fill(change ? strings.restore : strings.remove, label);
    target
      .select<HTMLButtonElement>('.action button')
      .attr('aria-label', name)
      .attr('title', name)
      .text(change ? '↺' : '×')
      .on('click', () => this.actions.toggle(row));
  }

  private newRow(): HTMLTableRowElement {
    const head = element(
      'th',
      {},
      element('span', { className: 'swatch' }),
      element('button', { className: 'name', type: 'button' }),
    );
    head.scope = 'row';
    const bar = element(
      'div',
      { className: 'bar' },
      element('div', { className: 'now' }),
      element('div', { className: 'later' }),
      element('div', { className: 'fair' }),
    );
    bar.setAttribute('aria-hidden', 'true');
    return element(
      'tr',
      {},
      head,
      element('td', { className: 'share' }, element('span', { className: 'value' }), bar),
      element('td', { className: 'action' }, element('button', { type: 'button' })),
    );
  }
}

/** Who is new has its place by what it gets. */
const most = ({ part, partAfter }: Row): number => Math.max(part, partAfter ?? 0);

const hasKeys = (keys: KeySummary | undefined): keys is KeySummary => (keys?.total ?? 0) > 0;

function partsOf(
  { share, after }: RingServer,
  index: number,
  keys: KeySummary | undefined,
): Pick<Row, 'part' | 'partAfter'> {
  if (!hasKeys(keys)) return { part: share, partAfter: after?.share };
  return { part: keys.loads[index] ?? 0, partAfter: keys.loadsAfter?.[index] };
}

/** Only columns that say something about these servers, what was asked for first. */
function columnsOf(
  { strings, servers, after }: RingSnapshot,
  keys: KeySummary | undefined,
): Column<Row>[] {
  const some = (test: (server: RingServer) => boolean): boolean => servers.some(test);
  const part = (value: number | undefined, sign = ''): string =>
    value === undefined || (sign !== '' && value === 0) ? '' : sign + percent(value);
  const pair = (before: string, later: string | undefined): string =>
    later === undefined || later === before ? before : `${before} → ${later}`;
  const keysOf = ({ index }: Row): string =>
    pair(
      grouped(keys?.counts[index] ?? 0),
      keys?.countsAfter && grouped(keys.countsAfter[index] ?? 0),
    );
  const columns: (Column<Row> | false)[] = [
    {
      title: strings.ratio,
      text: (row) => (row.fair > 0 ? ratio(row.part / row.fair) : '–'),
    },
    hasKeys(keys) && { title: strings.keys, text: keysOf },
    some(({ load }) => load !== undefined) && {
      title: strings.load,
      text: (row) =>
        pair(part(row.load), row.after?.load === undefined ? undefined : part(row.after.load)),
    },
    some(({ utilisation }) => utilisation !== undefined) && {
      title: strings.utilisation,
      text: (row) =>
        pair(
          row.utilisation === undefined ? '' : ratio(row.utilisation),
          row.after?.utilisation === undefined ? undefined : ratio(row.after.utilisation),
        ),
    },
    after !== undefined && {
      title: strings.gain,
      text: (row) => part(row.after?.gain, '+'),
    },
    after !== undefined && {
      title: strings.loss,
      text: (row) => part(row.after?.loss, '−'),
    },
    hasKeys(keys) && {
      title: strings.hashSpace,
      text: ({ share, after: later }) => pair(percent(share), later && percent(later.share)),
    },
    { title: strings.fair, text: ({ fair }) => percent(fair) },
    some((one) => one.weight !== 1 || (one.after?.weight ?? 1) !== 1) && {
      title: strings.weight,
      text: (row) => pair(String(row.weight), row.after && String(row.after.weight)),
    },
    some(({ zone }) => zone !== '') && {
      title: strings.zone,
      isNumber: false,
      text: ({ zone }) => zone,
    },
    some(({ state }) => state !== '' && state !== 'unknown') && {
      title: strings.state,
      isNumber: false,
      text: ({ state }) => state,
    },
  ];
  return columns.filter((column) => column !== false);
}
