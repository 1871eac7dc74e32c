import { select } from 'd3';
import type { RingServer, RingSnapshot } from '../../src/protocol/ring';
import { element } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped, ratio } from './numbers';
import type { KeySummary } from './placerMessages';

/** The one line that matters, in the middle of the ring. */
export class Summary {
  readonly element = element('div', { className: 'centre' });

  show({ strings, now, after, servers }: RingSnapshot, keys: KeySummary | undefined): void {
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
          ...(keys && keys.total > 0
            ? [{ name: 'meaning', text: fill(strings.keysMaxMean, ratio(keyRatio(servers, keys))) }]
            : []),
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

/** The greatest part of requests over the fair part, of the server that has it worst. */
function keyRatio(servers: readonly RingServer[], { loads }: KeySummary): number {
  return Math.max(...servers.map(({ fair }, i) => (fair > 0 ? (loads[i] ?? 0) / fair : 0)));
}
