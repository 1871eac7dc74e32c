import { arc, select, type Selection } from 'd3';
import { fill } from '../shared/text';
import { LEADER, type Box, type Frame } from './frame';
import { hex } from './numbers';
import type { Placed } from './labels';
import { isWhole, placeOf, type View } from './view';

export interface Label extends Placed {
  readonly text: string;
  readonly title: string;
  readonly colour: string;
}

export interface Names {
  readonly labels: readonly Label[];
  readonly hidden: number;
  /** "{0} more", for what found no room. */
  readonly more: string;
}

const FULL = 2 * Math.PI;
const MINIMAP = 0.43;

/** What is drawn as elements over the pixels: names, hashes at the edge, the needle, the way back. */
export class Overlay {
  readonly svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private frame: Frame = { width: 0, height: 0, radius: 0, labelWidth: 0 };
  private readonly root: Selection<SVGGElement, unknown, null, undefined>;

  constructor(private readonly choose: (server: number) => void) {
    this.svg.setAttribute('aria-hidden', 'true');
    this.root = select(this.svg).append('g');
    for (const layer of ['hashes', 'names', 'minimap', 'marks']) {
      this.root.append('g').attr('class', layer);
    }
  }

  show(frame: Frame, view: View, { labels, hidden, more }: Names): void {
    this.frame = frame;
    this.svg.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
    this.root.attr('transform', `translate(${frame.width / 2} ${frame.height / 2})`);
    this.showHashes(view);
    this.showNames(labels);
    this.showMinimap(view);
    select(this.svg)
      .selectAll('text.more')
      .data(hidden > 0 && labels.length > 0 ? [hidden] : [])
      .join('text')
      .attr('class', 'more')
      .attr('x', frame.width - 2)
      .attr('y', frame.height - 4)
      .text((count) => fill(more, count));
  }

  /** Lines from the middle to places on the circle: the needle and the typed key. */
  mark(
    marks: readonly { readonly name: string; readonly place: number; readonly inner: number }[],
  ): void {
    const { radius } = this.frame;
    this.root
      .select('.marks')
      .selectAll('line')
      .data(marks)
      .join('line')
      .attr('class', ({ name }) => name)
      .attr('x1', ({ place, inner }) => inner * radius * Math.sin(place * FULL))
      .attr('y1', ({ place, inner }) => -inner * radius * Math.cos(place * FULL))
      .attr('x2', ({ place }) => 1.035 * radius * Math.sin(place * FULL))
      .attr('y2', ({ place }) => -1.035 * radius * Math.cos(place * FULL));
  }

  /** The frame of a picture that is no ring: nothing but the cell under the needle is drawn on it. */
  showStrip(frame: Frame): void {
    this.frame = frame;
    this.svg.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
    select(this.svg).selectAll('text.more').remove();
  }

  /** Frames what lies under the needle of a strip. */
  markBox(box: Box | undefined): void {
    select(this.svg)
      .selectAll('rect.spot')
      .data(box ? [box, box] : [])
      .join('rect')
      .attr('class', (_, i) => (i === 0 ? 'spot outer' : 'spot'))
      .attr('x', ({ x }) => x - 1)
      .attr('y', ({ y }) => y - 1)
      .attr('width', ({ width }) => width + 2)
      .attr('height', ({ height }) => height + 2);
  }

  /** Of a whole ring its quarters, of a section where it begins and ends. */
  private showHashes(view: View): void {
    const { radius } = this.frame;
    const shown = isWhole(view)
      ? ['0', '4…', '8…', 'c…'].map((text, i) => ({ text, place: i / 4, anchor: 'middle' }))
      : [
          { text: hex(view.from), place: placeOf(view, 0), anchor: 'start' },
          { text: hex(view.from + view.length), place: placeOf(view, 1), anchor: 'end' },
        ];
    this.root
      .select('.hashes')
      .selectAll('text')
      .data(shown)
      .join('text')
      .attr('text-anchor', ({ anchor }) => anchor)
      .attr('x', ({ place }) => (radius + 10) * Math.sin(place * FULL))
      .attr('y', ({ place }) => -(radius + 10) * Math.cos(place * FULL))
      .text(({ text }) => text);
  }

  private showNames(labels: readonly Label[]): void {
    const { radius } = this.frame;
    const at = ({ place }: Placed, r: number): string =>
      `${r * Math.sin(place * FULL)},${-r * Math.cos(place * FULL)}`;
    const textX = ({ side }: Placed): number => (side === 'right' ? 1 : -1) * (radius + LEADER);
    this.root
      .select('.names')
      .selectAll<SVGGElement, Label>('g')
      .data(labels, ({ id }) => id)
      .join((enter) => {
        const group = enter.append('g');
        group.append('polyline');
        group.append('circle').attr('r', 3);
        group.append('text').append('title');
        group.select('text').append('tspan');
        return group;
      })
      .on('click', (_event, { id }) => this.choose(id))
      .each(function (label) {
        const group = select(this);
        const x = textX(label);
        const elbow = x - (label.side === 'right' ? 8 : -8);
        group
          .select('polyline')
          .attr(
            'points',
            `${at(label, radius + 1)} ${elbow},${label.y} ${x - Math.sign(x) * 2},${label.y}`,
          );
        group
          .select('circle')
          .attr('cx', x + Math.sign(x) * 3)
          .attr('cy', label.y)
          .attr('fill', label.colour);
        group
          .select('text')
          .attr('x', x + Math.sign(x) * 10)
          .attr('y', label.y)
          .attr('text-anchor', label.side === 'right' ? 'start' : 'end');
        group.select('tspan').text(label.text);
        group.select('title').text(label.title);
      });
  }

  /** The whole ring in small, with the section that is shown. */
  private showMinimap(view: View): void {
    const radius = this.frame.radius * MINIMAP;
    const piece = arc<{ from: number; to: number }>()
      .innerRadius(radius - 2)
      .outerRadius(radius + 2)
      .startAngle(({ from }) => from * FULL)
      .endAngle(({ to }) => to * FULL);
    // A section too small to be seen still has a mark.
    const length = Math.max(view.length, 0.008);
    const middle = view.from + view.length / 2;
    const section = { from: middle - length / 2, to: middle + length / 2 };
    this.root
      .select('.minimap')
      .selectAll('path')
      .data(isWhole(view) ? [] : [{ from: 0, to: 1 }, section])
      .join('path')
      .attr('class', (_, i) => (i === 0 ? 'whole' : 'section'))
      .attr('d', (one) => piece(one));
  }
}
