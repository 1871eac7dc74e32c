import { select } from 'd3';
import type { RingSnapshot } from '../../src/protocol/ring';
import { element } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped, ratio } from './numbers';

/** The one line that matters, in the middle of the ring. */
export class Summary {
  readonly element = element('div', { className: 'centre' });

  show({ strings, now, after }: RingSnapshot): void {
    const { summary, picture } = now ?? {};
    const later = after?.summary;
    const shape = picture?.kind === 'ring' ? strings.virtualNodes : strings.cells;
    const pair = (before: string, next: string | undefined): string =>
      next === undefined || next === before ? before : `${before} → ${next}`;
    const lines = summary
      ? [
          {
            name: 'figure',
            text: pair(ratio(summary.maxOverMean), later && ratio(later.maxOverMean)),
          },
          { name: 'meaning', text: strings.maxMeanTitle },
          { name: 'verdict', text: pair(summary.verdict, later?.verdict) },
          {
            name: 'size',
            text:
              summary.points === 0
                ? fill(strings.serverCount, grouped(summary.servers))
                : fill(shape, grouped(summary.servers), grouped(summary.points)),
          },
        ]
      : [];
    select(this.element)
      .selectAll('span')
      .data(lines)
      .join('span')
      .attr('class', ({ name }) => name)
      .text(({ text }) => text);
  }
}
