import { select } from 'd3';
import type { RingKeys, RingServer, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { element, fill } from '../shared/dom';
import { grouped, percent, ratio } from './numbers';

export interface TableInput {
  readonly snapshot: RingSnapshot;
  readonly keys: RingKeys | undefined;
  readonly selected: string | undefined;
}

export interface TableActions {
  readonly select: (address: string | undefined) => void;
  readonly toggleRemoved: (address: string) => void;
}

interface Row extends RingServer {
  readonly index: number;
}

interface Column {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly isNumber: boolean;
}

/** The servers with their shares as bars: the picture once more, for eyes and for screen readers. */
export class ServerTable {
  private readonly table = element('table', { className: 'servers' });

  constructor(
    parent: HTMLElement,
    private readonly colours: Colours,
    private readonly actions: TableActions,
  ) {
    parent.append(this.table);
    this.table.append(element('thead'), element('tbody'));
  }

  show({ snapshot, keys, selected }: TableInput): void {
    const { strings, servers } = snapshot;
    const rows = servers
      .map((server, index) => ({ ...server, index }))
      .sort((a, b) => b.share - a.share || a.address.localeCompare(b.address));
    const most = Math.max(
      ...rows.map(({ share, fair, after }) => Math.max(share, fair, after?.share ?? 0)),
      Number.EPSILON,
    );
    const columns = this.columns(snapshot, rows, keys);
    const titles = [
      strings.server,
      strings.share,
      ...columns.map(({ title }) => title),
      strings.whatIf,
    ];
    select(this.table.tHead)
      .selectAll('tr')
      .data([titles])
      .join('tr')
      .selectAll('th')
      .data((texts) => texts)
      .join('th')
      .attr('scope', 'col')
      .text((text) => text);
    const theme = getComputedStyle(document.documentElement);
    const lines = select(this.table.tBodies[0] ?? null)
      .selectAll<HTMLTableRowElement, Row>('tr')
      .data(rows, ({ address }) => address)
      .join((enter) => enter.append(() => this.newRow()))
      .order()
      .attr('data-address', ({ address }) => address)
      .attr('class', ({ change }) => change ?? '')
      .classed('selected', ({ address }) => address === selected);
    lines
      .select<HTMLElement>('.swatch')
      .style('background-color', ({ address }) => this.colours.of(address, theme));
    lines
      .select<HTMLButtonElement>('button.name')
      .attr('aria-pressed', ({ address }) => String(address === selected))
      .attr('title', ({ label }) => label)
      .text(({ label }) => label)
      .on('click', (_event, { address }) =>
        this.actions.select(address === selected ? undefined : address),
      );
    lines
      .select('.value')
      .text(({ share, after }) =>
        after ? `${percent(share)} → ${percent(after.share)}` : percent(share),
      );
    const width = (part: number): string => `${(100 * part) / most}%`;
    lines
      .select<HTMLElement>('.now')
      .style('width', ({ share }) => width(share))
      .style('background-color', ({ address }) => this.colours.of(address, theme));
    lines
      .select<HTMLElement>('.later')
      .classed('hidden', ({ after }) => after === undefined)
      .style('width', ({ after }) => width(after?.share ?? 0))
      .style('border-color', ({ address }) => this.colours.of(address, theme));
    lines
      .select<HTMLElement>('.fair')
      .style('left', ({ fair, after }) => width(after?.fair ?? fair));
    lines
      .selectAll<HTMLTableCellElement, Column>('td.more')
      .data((row) => columns.map(({ text, isNumber }) => ({ text: text(row), isNumber })))
      .join((enter) => enter.insert('td', 'td.action').attr('class', 'more'))
      .classed('number', ({ isNumber }) => isNumber)
      .text(({ text }) => text);
    lines
      .select<HTMLButtonElement>('.action button')
      .attr('aria-label', ({ change, label }) =>
        fill(change ? strings.restore : strings.remove, label),
      )
      .attr('title', ({ change, label }) => fill(change ? strings.restore : strings.remove, label))
      .text(({ change }) => (change ? '↺' : '×'))
      .on('click', (_event, { address }) => this.actions.toggleRemoved(address));
  }

  private columns(
    { strings, after }: RingSnapshot,
    rows: readonly Row[],
    keys: RingKeys | undefined,
  ): Column[] {
    const column = (title: string, text: (row: Row) => string, isNumber = true): Column => ({
      title,
      text,
      isNumber,
    });
    const gained = (part: number, sign: string): string =>
      part > 0 ? `${sign}${percent(part)}` : '';
    return [
      column(strings.fair, ({ fair }) => percent(fair)),
      column(strings.ratio, ({ share, fair }) => (fair > 0 ? ratio(share / fair) : '')),
      ...(after
        ? [
            column(strings.gain, (row) => gained(row.after?.gain ?? 0, '+')),
            column(strings.loss, (row) => gained(row.after?.loss ?? 0, '−')),
          ]
        : []),
      ...(keys && keys.total > 0
        ? [column(strings.keys, ({ index }) => grouped(keys.counts[index] ?? 0))]
        : []),
      ...(rows.some(({ weight }) => weight !== 1)
        ? [column(strings.weight, ({ weight }) => String(weight))]
        : []),
      ...(rows.some(({ zone }) => zone !== '')
        ? [column(strings.zone, ({ zone }) => zone, false)]
        : []),
      column(strings.state, ({ state }) => state, false),
    ];
  }

  private newRow(): HTMLTableRowElement {
    const swatch = element('span', { className: 'swatch' });
    const name = element('button', { className: 'name', type: 'button' });
    const bar = element(
      'div',
      { className: 'bar' },
      element('div', { className: 'now' }),
      element('div', { className: 'later' }),
      element('div', { className: 'fair' }),
    );
    bar.setAttribute('aria-hidden', 'true');
    const head = element('th', {}, swatch, name);
    head.scope = 'row';
    return element(
      'tr',
      {},
      head,
      element('td', { className: 'share' }, element('span', { className: 'value' }), bar),
      element('td', { className: 'action' }, element('button', { type: 'button' })),
    );
  }
}
