import { select } from 'd3';
import type { RingServer, RingSnapshot } from '../../src/protocol/ring';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped, percent, ratio } from './numbers';
import type { KeySummary } from './placerMessages';
import { showHead } from './tableHead';

/** What a what-if costs and gains: in one sentence, and before beside after. */
export class WhatIfResult {
  readonly element = element('div', { className: 'result-area' });
  private readonly sentence = element('p', { className: 'result' });
  private readonly caption = element('caption');
  private readonly table: HTMLTableElement;

  constructor() {
    this.sentence.setAttribute('role', 'status');
    this.table = element('table', { className: 'before-after' }, this.caption);
    this.table.append(element('thead', {}, element('tr')), element('tbody'));
    this.element.append(this.sentence, this.table);
  }

  show(snapshot: RingSnapshot, keys: KeySummary | undefined): void {
    const { strings, now, after } = snapshot;
    this.table.classList.toggle('hidden', !now || !after);
    if (!now || !after) return setText(this.sentence, '');
    setText(this.sentence, sentenceOf(snapshot, keys));
    setText(this.caption, strings.beforeAfter);
    const rows = [
      [strings.measure, strings.before, strings.after],
      [strings.servers, grouped(now.summary.servers), grouped(after.summary.servers)],
      [strings.points, grouped(now.summary.points), grouped(after.summary.points)],
      [strings.maxMeanTitle, ratio(now.summary.maxOverMean), ratio(after.summary.maxOverMean)],
      [strings.variation, percent(now.summary.variation), percent(after.summary.variation)],
      [strings.verdict, now.summary.verdict, after.summary.verdict],
      ...busiest(snapshot, keys),
    ];
    const [head = [], ...body] = rows;
    showHead(this.table, head);
    select(this.table.tBodies[0] ?? null)
      .selectAll('tr')
      .data(body)
      .join('tr')
      .each(function ([title = '', ...cells]) {
        select(this).selectAll('th').data([title]).join('th').attr('scope', 'row').text(title);
        select(this)
          .selectAll('td')
          .data(cells)
          .join('td')
          .text((text) => text);
      });
  }
}

function sentenceOf({ strings, after }: RingSnapshot, keys: KeySummary | undefined): string {
  if (!after) return '';
  const moved =
    after.error === 0
      ? fill(strings.movedExact, percent(after.moved))
      : fill(strings.movedAbout, percent(after.moved), percent(after.error));
  if (!keys || keys.total === 0) return moved;
  return `${moved} · ${fill(strings.keysMoved, grouped(keys.total), grouped(keys.moved))}`;
}

/** Who gets most and who gives most, and the keys of who has most. */
function busiest({ strings, servers }: RingSnapshot, keys: KeySummary | undefined): string[][] {
  const most = (value: (server: RingServer) => number): string => {
    const best = servers.reduce<RingServer | undefined>(
      (top, one) => (top === undefined || value(one) > value(top) ? one : top),
      undefined,
    );
    return best && value(best) > 0 ? `${best.label} ${percent(value(best))}` : '–';
  };
  return [
    ...(keys && keys.total > 0
      ? [
          [
            strings.mostKeys,
            grouped(Math.max(...keys.counts)),
            grouped(Math.max(...(keys.countsAfter ?? keys.counts))),
          ],
        ]
      : []),
    [strings.mostLost, most((server) => server.after?.loss ?? 0), ''],
    [strings.mostGained, '', most((server) => server.after?.gain ?? 0)],
  ];
}
