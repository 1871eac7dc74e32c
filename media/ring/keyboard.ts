import { select } from 'd3';
import type { RingPicture, RingSnapshot } from '../../src/protocol/ring';
import { arcAt, boundsOf, NOBODY, partOf, SPACE } from './geometry';
import { percent } from './numbers';

type Ring = Extract<RingPicture, { kind: 'ring' }>;

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 25,
  PageDown: -25,
};

/** The needle: follows the pointer, goes from arc to arc by keys, says what lies under it. */
export class Needle {
  private position: number | undefined;
  private snapshot: RingSnapshot | undefined;

  constructor(
    private readonly stage: HTMLElement,
    private readonly svg: SVGSVGElement,
    private readonly readout: HTMLElement,
  ) {
    stage.addEventListener('pointermove', (event) => this.point(event));
    stage.addEventListener('keydown', (event) => this.step(event));
    select(svg)
      .selectAll('text.quarter')
      .data([0, 1, 2, 3])
      .join('text')
      .attr('class', 'quarter')
      .attr('x', (quarter) => 50 + 48.2 * Math.sin((quarter * Math.PI) / 2))
      .attr('y', (quarter) => 50 - 48.2 * Math.cos((quarter * Math.PI) / 2))
      .text((quarter) => `${(quarter * 4).toString(16)}…`);
  }

  show(snapshot: RingSnapshot, key: { position?: number; key: string } | undefined): void {
    this.snapshot = snapshot;
    const ring = this.ring;
    this.svg.classList.toggle('hidden', ring === undefined);
    const { stage } = this;
    if (ring) {
      stage.tabIndex = 0;
      stage.setAttribute('role', 'slider');
      stage.setAttribute('aria-valuemin', '0');
      stage.setAttribute('aria-valuemax', String(ring.ends.length - 1));
      stage.setAttribute('aria-label', snapshot.strings.needle);
      stage.setAttribute('aria-description', snapshot.strings.needleHelp);
    } else {
      stage.removeAttribute('tabindex');
      stage.setAttribute('role', 'img');
      stage.setAttribute('aria-label', snapshot.strings.ring);
    }
    this.mark('key', ring && key?.position);
    this.render();
  }

  private get ring(): Ring | undefined {
    const picture = this.snapshot?.now?.picture;
    return picture?.kind === 'ring' && picture.ends.length > 0 ? picture : undefined;
  }

  private point(event: PointerEvent): void {
    const box = this.stage.getBoundingClientRect();
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    if (Math.hypot(x, y) < box.width / 8) return;
    const turn = (Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1;
    this.position = Math.min(SPACE - 1, Math.floor(turn * SPACE));
    this.render();
  }

  private step(event: KeyboardEvent): void {
    const { ring } = this;
    if (!ring) return;
    const count = ring.ends.length;
    const at = this.position === undefined ? -1 : arcAt(ring, this.position);
    const by = STEPS[event.key];
    const ends: Readonly<Record<string, number>> = { Home: 0, End: count - 1 };
    const next = by === undefined ? ends[event.key] : (at + by + count * 25) % count;
    if (next === undefined) return;
    event.preventDefault();
    this.position = ring.ends[next] ?? 0;
    this.render();
  }

  private render(): void {
    const { ring, snapshot, position } = this;
    this.mark('needle', ring && position);
    if (!ring || !snapshot || position === undefined) {
      this.readout.textContent = '';
      return;
    }
    const index = arcAt(ring, position);
    const owner = ring.owners[index] ?? NOBODY;
    const name = snapshot.servers[owner]?.label ?? snapshot.strings.nobody;
    const { from, to } = boundsOf(ring, index);
    const text = `0x${hex(position)} → ${name} · 0x${hex(from)}–0x${hex(to)} · ${percent(partOf(ring, index))}`;
    this.readout.textContent = text;
    this.stage.setAttribute('aria-valuenow', String(index));
    this.stage.setAttribute('aria-valuetext', text);
  }

  /** A line from the centre to a place on the ring, or none. */
  private mark(name: 'needle' | 'key', position: number | undefined): void {
    const angle = ((position ?? 0) / SPACE) * 2 * Math.PI;
    const [x, y] = [Math.sin(angle), -Math.cos(angle)];
    select(this.svg)
      .selectAll(`line.${name}`)
      .data(position === undefined ? [] : [position])
      .join('line')
      .attr('class', name)
      .attr('x1', 50 + 20 * x)
      .attr('y1', 50 + 20 * y)
      .attr('x2', 50 + 47 * x)
      .attr('y2', 50 + 47 * y);
  }
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
