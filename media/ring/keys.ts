import { select } from 'd3';
import type { RingKeys, RingSnapshot } from '../../src/protocol/ring';
import type { RingStrings } from '../../src/protocol/ringStrings';
import { element, fill, labelled, setText } from '../shared/dom';
import { grouped } from './numbers';

/** More rows than these are counted only: nobody reads them, and each costs layout. */
const MAX_ROWS = 500;
const PASTE_DELAY_MS = 200;

/** The key box with its chain, and the table of a list of keys. */
export class KeysPanel {
  readonly section = element('section', { className: 'keys' });
  private readonly title = element('h2');
  private readonly typed = element('input', { type: 'text', id: 'key', maxLength: 4096 });
  private readonly list = element('textarea', { id: 'key-list', rows: 3, spellcheck: false });
  private readonly texts = { key: element('span'), list: element('span') };
  private readonly chain = element('dl', { className: 'chain' });
  private readonly count = element('p', { className: 'note' });
  private readonly table = element('table', { className: 'key-table' });
  private timer = 0;

  constructor(
    private readonly changed: (typed: string) => void,
    private readonly listed: (keys: readonly string[]) => void,
  ) {
    const { texts, typed, list } = this;
    this.chain.setAttribute('aria-live', 'polite');
    this.count.setAttribute('role', 'status');
    const scroll = element('div', { className: 'scroll rows', tabIndex: 0 }, this.table);
    this.table.append(element('thead'), element('tbody'));
    this.section.append(this.title, labelled(texts.key, typed), this.chain);
    this.section.append(labelled(texts.list, list), this.count, scroll);
    typed.addEventListener('input', () => this.changed(typed.value));
    list.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(
        () => this.listed(list.value.split('\n').filter((line) => line.trim() !== '')),
        PASTE_DELAY_MS,
      );
    });
  }

  restore(typed: string): void {
    this.typed.value = typed;
    this.changed(typed);
  }

  /** Shows the list that the host has, but not to who is writing it. */
  showList(list: readonly string[]): void {
    if (document.activeElement !== this.list) this.list.value = list.join('\n');
  }

  showTexts({ keys, key, keyHint, keyList, keyListHint }: RingStrings): void {
    setText(this.title, keys);
    setText(this.texts.key, key);
    setText(this.texts.list, keyList);
    this.typed.placeholder = keyHint;
    this.list.placeholder = keyListHint;
  }

  show(keys: RingKeys, { strings, servers, after }: RingSnapshot): void {
    select(this.chain)
      .selectAll('div')
      .data(keys.typed?.steps ?? [])
      .join((enter) => {
        const pair = enter.append('div');
        pair.append('dt');
        pair.append('dd');
        return pair;
      })
      .each(function ({ label, value }) {
        select(this).select('dt').text(label);
        select(this).select('dd').text(value);
      });
    const rest = keys.total - MAX_ROWS;
    const more = rest > 0 ? ` ${fill(strings.moreKeys, grouped(rest))}` : '';
    const moved = fill(strings.keysMoved, grouped(keys.total), grouped(keys.moved));
    setText(this.count, keys.total === 0 ? '' : moved + more);
    const titles = [strings.key, strings.hash, strings.owner, ...(after ? [strings.movesTo] : [])];
    const nameOf = (index: number): string => servers[index]?.label ?? strings.nobody;
    select(this.table.tHead)
      .selectAll('tr')
      .data(keys.total === 0 ? [] : [titles])
      .join('tr')
      .selectAll('th')
      .data((texts) => texts)
      .join('th')
      .attr('scope', 'col')
      .text((text) => text);
    select(this.table.tBodies[0] ?? null)
      .selectAll('tr')
      .data(keys.rows.slice(0, MAX_ROWS))
      .join('tr')
      .selectAll('td')
      .data(({ key, hash, owner, answer, movesTo }) => [
        key,
        `0x${hash}`,
        servers[owner]?.label ?? answer,
        ...(after ? [movesTo === undefined ? '' : nameOf(movesTo)] : []),
      ])
      .join('td')
      .text((text) => text);
  }
}
