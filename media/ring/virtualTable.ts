import { select } from 'd3';
import { element, setText } from '../shared/dom';
import { rowWindow, scrollToRow, type ListShape } from './virtual';
import { showHead } from './tableHead';

export interface Column<R> {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly text: (row: R) => string;
}

export interface VirtualTableOptions<R> {
  readonly className: string;
  /** In pixels, the same as in the style sheet. */
  readonly rowHeight: number;
  readonly idOf: (row: R) => string;
  /** A new row with its own cells; columns are put before its last `fixedEnd` cells. */
  readonly newRow: () => HTMLTableRowElement;
  readonly fixedEnd: number;
  /** Fills the cells that no column fills. */
  readonly fillRow: (line: HTMLTableRowElement, row: R) => void;
  /** Rows from `first` to `end`, exclusive, are in sight: give them to `fill`. */
  readonly need: (first: number, end: number) => void;
}

/** A table of any length of which only the rows around the visible ones are in the document. */
export class VirtualTable<R> {
  readonly scroller = element('div', { className: 'scroll rows', tabIndex: 0 });
  private readonly caption = element('caption');
  private readonly table: HTMLTableElement;
  private readonly room = element('div', { className: 'room' });
  private columns: readonly Column<R>[] = [];
  private total = 0;

  constructor(private readonly options: VirtualTableOptions<R>) {
    this.table = element('table', { className: options.className }, this.caption);
    this.table.append(element('thead', {}, element('tr')), element('tbody'));
    this.room.append(this.table);
    this.scroller.append(this.room);
    this.scroller.setAttribute('role', 'group');
    this.scroller.addEventListener('scroll', () => this.ask(), { passive: true });
    new ResizeObserver(() => this.ask()).observe(this.scroller);
  }

  /** New columns or rows; asks for those in sight. `before` and `behind` are titles of own cells. */
  show(
    caption: string,
    titles: readonly string[],
    columns: readonly Column<R>[],
    total: number,
  ): void {
    setText(this.caption, caption);
    this.scroller.setAttribute('aria-label', caption);
    this.table.setAttribute('aria-rowcount', String(total + 1));
    this.columns = columns;
    this.total = total;
    showHead(this.table, titles);
    this.ask();
  }

  /** Puts rows into the document that `need` asked for. */
  fill(first: number, rows: readonly R[]): void {
    const { options, columns, shape } = this;
    const { above, below } = rowWindow(this.scroller.scrollTop, shape);
    this.room.style.paddingTop = `${above}px`;
    this.room.style.paddingBottom = `${below}px`;
    const { fixedEnd } = options;
    select(this.table.tBodies[0] ?? null)
      .selectAll<HTMLTableRowElement, R>('tr')
      .data(rows, options.idOf)
      .join((enter) => enter.append(options.newRow))
      .order()
      .attr('aria-rowindex', (_, i) => first + i + 2)
      .each(function (row) {
        options.fillRow(this, row);
        const own = this.querySelectorAll<HTMLTableCellElement>(':scope > .column');
        const last = this.cells[this.cells.length - fixedEnd] ?? null;
        columns.forEach(({ text, isNumber }, i) => {
          const cell = own[i] ?? this.insertBefore(element('td'), last);
          cell.className = isNumber === false ? 'column' : 'column number';
          setText(cell, text(row));
        });
        for (let i = columns.length; i < own.length; i++) own[i]?.remove();
      });
  }

  scrollTo(row: number): void {
    this.scroller.scrollTop = scrollToRow(row, this.scroller.scrollTop, this.shape);
  }

  private get shape(): ListShape {
    const height = Math.max(this.scroller.clientHeight, 10 * this.options.rowHeight);
    return { total: this.total, rowHeight: this.options.rowHeight, height };
  }

  private ask(): void {
    const { first, end } = rowWindow(this.scroller.scrollTop, this.shape);
    this.options.need(first, end);
  }
}
