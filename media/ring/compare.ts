import { select } from 'd3';
import type { RingComparison, RingSnapshot, RingStrategy } from '../../src/protocol/ring';
import type { RingStrings } from '../../src/protocol/ringStrings';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped, percent, ratio } from './numbers';
import { showHead } from './tableHead';

const MAX_BAR = 2;

/** All strategies on the same servers and keys: one table. */
export class ComparePanel {
  readonly section = element('section', { className: 'compare' });
  private readonly title = element('h2');
  private readonly hint = element('p', { className: 'note' });
  private readonly button = element('button', { type: 'button', className: 'secondary' });
  private readonly note = element('p', { className: 'note' });
  private readonly caption = element('caption');
  private readonly table: HTMLTableElement;
  private readonly scroll: HTMLElement;
  private comparison: RingComparison | undefined;

  constructor(ask: () => void) {
    this.table = element('table', { className: 'strategies' }, this.caption);
    this.table.append(element('thead', {}, element('tr')), element('tbody'));
    this.scroll = element('div', { className: 'scroll hidden', tabIndex: 0 }, this.table);
    this.scroll.setAttribute('role', 'group');
    this.note.setAttribute('role', 'status');
    this.section.append(this.title, this.hint, this.button, this.note, this.scroll);
    this.button.addEventListener('click', () => {
      this.button.setAttribute('aria-busy', 'true');
      ask();
    });
  }

  show({ strings, version, servers }: RingSnapshot): void {
    setText(this.title, strings.compare);
    setText(this.hint, strings.compareHint);
    setText(this.button, strings.compareNow);
    this.button.disabled = servers.length === 0;
    // Figures of other members would mislead.
    if (this.comparison && this.comparison.version !== version) this.clear();
  }

  showComparison(comparison: RingComparison, { strings, preset }: RingSnapshot): void {
    this.button.removeAttribute('aria-busy');
    this.comparison = comparison;
    const { strategies, keys, leaver } = comparison;
    setText(
      this.note,
      keys > 0 ? fill(strings.comparedKeys, grouped(keys)) : strings.comparedShares,
    );
    setText(this.caption, strings.compareCaption);
    this.scroll.setAttribute('aria-label', strings.compareCaption);
    this.scroll.classList.remove('hidden');
    const titles = [
      strings.strategy,
      strings.maxMeanTitle,
      strings.variation,
      strings.joinMoves,
      fill(strings.leaveMoves, leaver),
      strings.lookup,
    ];
    showHead(this.table, titles);
    const lines = select(this.table.tBodies[0] ?? null)
      .selectAll<HTMLTableRowElement, RingStrategy>('tr')
      .data(sorted(strategies), ({ id }) => id)
      .join((enter) => enter.append(newRow))
      .order()
      .attr('class', ({ use }) => use)
      .classed('selected', ({ id }) => id === preset);
    lines.select('.program').text(({ program }) => program);
    lines.select('.title').text(({ title }) => title);
    lines.select('.use').text(({ use }) => useText(use, strings));
    lines.select('.ratio').text(({ problem, maxOverMean }) => problem ?? ratio(maxOverMean));
    lines.select<HTMLElement>('.excess').style('width', ({ problem, maxOverMean }) => {
      const part = problem === undefined ? (maxOverMean - 1) / (MAX_BAR - 1) : 0;
      return `${100 * Math.max(0, Math.min(1, part))}%`;
    });
    lines
      .selectAll('td.figure')
      .data((strategy) => figures(strategy))
      .join('td')
      .attr('class', 'figure number')
      .text((text) => text);
  }

  private clear(): void {
    this.comparison = undefined;
    this.button.removeAttribute('aria-busy');
    this.scroll.classList.add('hidden');
    setText(this.note, '');
  }
}

/** The most even first; those that can't be used last. */
function sorted(strategies: readonly RingStrategy[]): RingStrategy[] {
  const rank = ({ problem, maxOverMean }: RingStrategy): number =>
    problem === undefined ? maxOverMean : Infinity;
  return [...strategies].sort(
    (a, b) => Number(rank(a) === Infinity) - Number(rank(b) === Infinity) || rank(a) - rank(b),
  );
}

function figures(strategy: RingStrategy): string[] {
  const { problem, variation, joinMoves, leaveMoves, nanoseconds, lookup } = strategy;
  if (problem !== undefined) return ['', '', '', ''];
  const moves = (part: number | undefined): string => (part === undefined ? '–' : percent(part));
  const time = nanoseconds === undefined ? '' : `${Math.round(nanoseconds)} ns · `;
  return [percent(variation), moves(joinMoves), moves(leaveMoves), `${time}O(${lookup})`];
}

function useText(use: RingStrategy['use'], strings: RingStrings): string {
  if (use === 'placement') return '';
  return use === 'policy' ? strings.requestBased : strings.comparisonOnly;
}

function newRow(): HTMLTableRowElement {
  const bar = element('div', { className: 'bar' }, element('div', { className: 'excess' }));
  bar.setAttribute('aria-hidden', 'true');
  const head = element(
    'th',
    {},
    element('span', { className: 'title' }),
    element('span', { className: 'program note' }),
    element('span', { className: 'use note' }),
  );
  head.scope = 'row';
  return element(
    'tr',
    {},
    head,
    element('td', { className: 'evenness' }, element('span', { className: 'ratio' }), bar),
  );
}
