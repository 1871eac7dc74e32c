import { select } from 'd3';
import type { RingSnapshot } from '../../src/protocol/ring';
import { element, labelled, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped } from './numbers';
import type { KeyRow, KeySummary, RowPage, RowQuery } from './placerMessages';
import { VirtualTable, type Column } from './virtualTable';

const ROW_HEIGHT = 24;
const FILTER_DELAY_MS = 150;

export interface KeyTableActions {
  readonly ask: (query: RowQuery) => void;
  readonly choose: (key: KeyRow) => void;
}

/** The keys of the list with their owners, however many they are. */
export class KeyTable {
  readonly section = element('div', { className: 'key-list' });
  private readonly count = element('p', { className: 'note' });
  private readonly filter = element('input', { type: 'search', id: 'key-filter', maxLength: 200 });
  private readonly moved = element('input', { type: 'checkbox', id: 'key-moved' });
  private readonly texts = { filter: element('span'), moved: element('span') };
  private readonly tools: HTMLElement;
  private readonly table: VirtualTable<KeyRow>;
  private snapshot: RingSnapshot | undefined;
  private keys: KeySummary | undefined;
  private selected = -1;
  private asked: RowQuery | undefined;
  private matching = 0;
  /** The rows that were wanted last: what comes anew is wanted there too. */
  private inSight: readonly [first: number, end: number] = [0, 60];
  private timer = 0;

  constructor(private readonly actions: KeyTableActions) {
    this.count.setAttribute('role', 'status');
    this.table = new VirtualTable<KeyRow>({
      className: 'key-table',
      rowHeight: ROW_HEIGHT,
      idOf: ({ index }) => String(index),
      newRow: () => newRow(),
      fixedEnd: 0,
      fillRow: (line, row) => {
        select(line)
          .select<HTMLButtonElement>('button')
          .attr('title', row.key)
          .text(row.key)
          .on('click', () => this.actions.choose(row));
      },
      need: (first, end) => this.ask(first, end),
    });
    const check = element('label', { className: 'check' }, this.moved, this.texts.moved);
    this.tools = element(
      'div',
      { className: 'controls' },
      labelled(this.texts.filter, this.filter),
    );
    this.tools.append(check);
    this.section.append(this.count, this.tools, this.table.scroller);
    this.filter.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.reload(), FILTER_DELAY_MS);
    });
    this.moved.addEventListener('change', () => this.reload());
  }

  show(snapshot: RingSnapshot, keys: KeySummary | undefined, selected: number): void {
    this.snapshot = snapshot;
    this.keys = keys;
    this.selected = selected;
    const { strings } = snapshot;
    setText(this.texts.filter, strings.filterKeys);
    setText(this.texts.moved, strings.onlyMoved);
    const hasKeys = keys !== undefined && keys.total > 0;
    for (const one of [this.tools, this.table.scroller]) one.classList.toggle('hidden', !hasKeys);
    this.moved.parentElement?.classList.toggle('hidden', !snapshot.after);
    if (!snapshot.after) this.moved.checked = false;
    if (hasKeys) this.reload();
    else setText(this.count, '');
  }

  /** Rows that were asked for. */
  receive({ from, rows, matching }: RowPage): void {
    if (matching !== this.matching) {
      this.matching = matching;
      this.showCount();
      this.showTable();
    }
    this.table.fill(from, rows);
  }

  private reload(): void {
    this.asked = undefined;
    this.matching = -1;
    this.ask(...this.inSight);
  }

  private ask(first: number, end: number): void {
    const query: RowQuery = {
      from: first,
      count: end - first,
      text: this.filter.value,
      movedOnly: this.moved.checked,
      ...(this.selected >= 0 && { server: this.selected }),
    };
    this.inSight = [first, end];
    if (JSON.stringify(query) === JSON.stringify(this.asked)) return;
    this.asked = query;
    this.actions.ask(query);
  }

  private showCount(): void {
    const { keys, snapshot, matching, selected } = this;
    if (!keys || !snapshot) return;
    const { strings, servers } = snapshot;
    const all = snapshot.after
      ? fill(strings.keysMoved, grouped(keys.total), grouped(keys.moved))
      : fill(strings.keysTotal, grouped(keys.total));
    const name = servers[selected]?.label;
    const some = name
      ? fill(strings.keysOf, grouped(matching), name)
      : fill(strings.keysMatching, grouped(matching));
    setText(this.count, matching === keys.total ? all : `${all} · ${some}`);
  }

  private showTable(): void {
    const { snapshot } = this;
    if (!snapshot) return;
    const { strings, servers, after, choices } = snapshot;
    const nameOf = (index: number): string => servers[index]?.label ?? strings.nobody;
    const columns: (Column<KeyRow> | false)[] = [
      { title: strings.hash, text: ({ hash }) => `0x${hash}` },
      {
        title: strings.owner,
        isNumber: false,
        text: ({ owner, answer }) => servers[owner]?.label ?? (answer || strings.nobody),
      },
      (choices.replicas ?? 1) > 1 && {
        title: strings.replicas,
        isNumber: false,
        text: ({ replicas }) => replicas.map(nameOf).join(', '),
      },
      after !== undefined && {
        title: strings.movesTo,
        isNumber: false,
        text: ({ movesTo }) => (movesTo === undefined ? '' : `→ ${nameOf(movesTo)}`),
      },
    ];
    const shown = columns.filter((column) => column !== false);
    const titles = [strings.key, ...shown.map(({ title }) => title)];
    this.table.show(strings.keysCaption, titles, shown, this.matching);
  }
}

function newRow(): HTMLTableRowElement {
  const head = element('th', {}, element('button', { className: 'name', type: 'button' }));
  head.scope = 'row';
  return element('tr', {}, head);
}
