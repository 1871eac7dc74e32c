import type { VirtualNode } from '../../src/domain/placement/types';
import type { RingKeys, RingSnapshot } from '../../src/protocol/ring';
import type { Colours } from '../shared/colours';
import { element, setText } from '../shared/dom';
import { distanceAt, frameOf, placeAt, NOW_ONLY, WITH_AFTER, type Frame } from './frame';
import { boundsOf, countIn, partOf, positionOf, SPACE, type RingArcs } from './geometry';
import { labelWidthOf, namesOf } from './names';
import {
  boxOfSpot,
  describeSpot,
  spotAt,
  spotCount,
  spotInStrip,
  spotOfHash,
  type Spot,
} from './needle';
import { Overlay } from './overlay';
import { isCalm, type Theme } from './paint';
import { Scene, STRIP_GAP } from './scene';
import { stageKeys, type StageAction } from './stageKeys';
import { watchPointer } from './stagePointer';
import {
  around,
  isWhole,
  panBy,
  placeOfTurn,
  reveal,
  turnAt,
  WHOLE,
  zoomAt,
  type View,
} from './view';
import { ZoomButtons } from './zoomButtons';

export interface StageInput {
  readonly snapshot: RingSnapshot;
  readonly typed: RingKeys['typed'];
  readonly positions: Uint32Array;
  readonly selected: number;
  readonly theme: Theme;
}

export interface StageEvents {
  /** A server was chosen, or -1: none. */
  readonly choose: (server: number) => void;
  /** What lies at a hash is wanted, see `setPoint`. */
  readonly ask: (position: number) => void;
}

const STRIP_HEIGHT = 240;
const ASK_DELAY_MS = 60;
const CLOSER = 2;
/** The radius in pixels below which the middle of a ring has room for few words only. */
const TIGHT = 92;

/** The picture with its needle, and how one gets around in it. */
export class Stage {
  readonly area = element('div', { className: 'picture-area' });
  readonly readout = element('p', { className: 'readout', id: 'readout' });
  private readonly stage = element('div', { className: 'stage', id: 'stage', tabIndex: 0 });
  private readonly scene: Scene;
  private readonly overlay: Overlay;
  private readonly zoomButtons: ZoomButtons;
  private input: StageInput | undefined;
  private frame: Frame = frameOf(0);
  private view = WHOLE;
  private spot: Spot | undefined;
  private point: VirtualNode | undefined;
  private timer = 0;

  constructor(
    private readonly colours: Colours,
    private readonly events: StageEvents,
    centre: HTMLElement,
  ) {
    const { stage } = this;
    this.scene = new Scene(colours);
    this.overlay = new Overlay((server) => this.toggle(server));
    this.zoomButtons = new ZoomButtons((action) => this.act(action));
    this.scene.overlay.className = 'moves';
    stage.append(this.scene.canvas, this.scene.overlay, this.overlay.svg);
    this.area.append(stage, centre, this.zoomButtons.bar);
    stage.setAttribute('role', 'slider');
    stage.setAttribute('aria-valuemin', '0');
    stage.addEventListener('keydown', (event) => {
      const action = stageKeys(event);
      if (action && this.act(action)) event.preventDefault();
    });
    watchPointer(stage, {
      hover: (x, y) => this.aim(this.spotUnder(x, y)),
      click: (x, y) => this.toggle(this.spotUnder(x, y)?.owner ?? -1),
      drag: (x, y, dx, dy) => this.drag(x, y, dx, dy),
      zoom: (x, y, factor) => this.zoomTo(zoomAt(this.view, placeAt(this.frame, x, y), factor)),
      canZoomOut: () => this.ring !== undefined && !isWhole(this.view),
      canZoom: () => this.ring !== undefined,
    });
    new ResizeObserver(() => {
      // A hidden panel is laid out with a size that it doesn't have.
      if (stage.clientWidth > 0 && stage.clientWidth !== this.frame.width) this.draw();
    }).observe(stage);
  }

  show(input: StageInput): void {
    const wasAfter = this.input?.snapshot.after;
    const { snapshot } = input;
    this.input = input;
    if (snapshot.now?.picture.kind !== 'ring') this.view = WHOLE;
    if (this.spot && this.spot.index >= spotCount(snapshot)) this.spot = undefined;
    if (this.spot?.position !== undefined && this.ring) {
      this.spot = spotOfHash(this.ring, this.spot.position);
    }
    this.draw();
    if (snapshot.after && snapshot.after !== wasAfter && !isCalm()) this.scene.playMoves();
  }

  /** Shows where a hash lies, moving the section there if need be. */
  pointTo(position: number): void {
    const { ring } = this;
    if (!ring) return;
    this.view = reveal(this.view, position / SPACE);
    this.draw();
    this.aim(spotOfHash(ring, position));
  }

  setPoint(point: VirtualNode | undefined): void {
    this.point = point;
    this.renderNeedle();
  }

  private get ring(): RingArcs | undefined {
    const picture = this.input?.snapshot.now?.picture;
    return picture?.kind === 'ring' && picture.ends.length > 0 ? picture : undefined;
  }

  private draw(): void {
    const { input, stage } = this;
    if (!input || stage.clientWidth < 20) return;
    const { snapshot, selected, theme, positions } = input;
    const isRing = snapshot.now?.picture.kind === 'ring';
    const frame = frameOf(stage.clientWidth, isRing ? labelWidthOf(snapshot) : 0);
    const tall = snapshot.after ? 2 * STRIP_HEIGHT + STRIP_GAP : STRIP_HEIGHT;
    this.frame = isRing ? frame : { ...frame, height: tall, radius: 0, labelWidth: 0 };
    stage.style.height = `${this.frame.height}px`;
    const scene = { snapshot, positions, selected, theme, view: this.view, frame: this.frame };
    const runs = this.scene.draw(scene);
    const { colours } = this;
    if (isRing) this.overlay.show(this.frame, this.view, namesOf({ ...scene, runs, colours }));
    else this.overlay.showStrip(this.frame);
    this.area.classList.toggle('is-ring', isRing);
    const room = (snapshot.after ? WITH_AFTER : NOW_ONLY).keys[1] * this.frame.radius;
    // Around the middle of a section is the whole ring in small.
    const isTight = isRing && (room < TIGHT || !isWhole(this.view));
    this.area.classList.toggle('is-tight', isTight);
    this.zoomButtons.show(snapshot.strings, {
      isRing,
      isWhole: isWhole(this.view),
      arcs: this.ring ? countIn(this.ring.ends, this.view) : 0,
    });
    stage.setAttribute('aria-label', snapshot.strings.needle);
    stage.setAttribute('aria-description', snapshot.strings.needleHelp);
    stage.setAttribute('aria-valuemax', String(Math.max(0, spotCount(snapshot) - 1)));
    this.renderNeedle();
  }

  private aim(spot: Spot | undefined): void {
    if (!spot) return;
    this.spot = spot;
    this.point = undefined;
    clearTimeout(this.timer);
    const { position } = spot;
    if (position !== undefined) {
      this.timer = window.setTimeout(() => this.events.ask(position), ASK_DELAY_MS);
    }
    this.renderNeedle();
  }

  private renderNeedle(): void {
    const { input, spot, stage, ring } = this;
    if (!input) return;
    const inner = input.snapshot.after ? WITH_AFTER.keys[1] : 0.6;
    const marks = [
      { name: 'key', position: input.typed?.position, inner: inner - 0.04 },
      { name: 'needle', position: spot?.position, inner },
    ].flatMap(({ name, position, inner: from }) => {
      const place = position !== undefined && ring && placeOfTurn(this.view, position / SPACE);
      return typeof place === 'number' ? [{ name, place, inner: from }] : [];
    });
    this.overlay.mark(marks);
    const isStrip = !ring && spot !== undefined;
    this.overlay.markBox(isStrip ? boxOfSpot(input.snapshot, spot, this.stripSize) : undefined);
    const { strings } = input.snapshot;
    const text = spot ? describeSpot(input.snapshot, spot, this.point) : '';
    setText(this.readout, text || strings.needleHint);
    stage.setAttribute('aria-valuenow', String(spot?.index ?? 0));
    stage.setAttribute('aria-valuetext', text || strings.needleHint);
  }

  private spotUnder(x: number, y: number): Spot | undefined {
    const { ring, frame, input } = this;
    if (!input) return undefined;
    if (ring) {
      const distance = distanceAt(frame, x, y);
      if (distance < 0.3 || distance > 1.25) return undefined;
      return spotOfHash(ring, positionOf(turnAt(this.view, placeAt(frame, x, y))));
    }
    const [width, height] = this.stripSize;
    return spotInStrip(input.snapshot, [x / width, y / height], [width, height]);
  }

  /** The strip of now, which has another one below it under a what-if. */
  private get stripSize(): readonly [width: number, height: number] {
    const { width, height } = this.frame;
    return [width, this.input?.snapshot.after ? (height - STRIP_GAP) / 2 : height];
  }

  private drag(x: number, y: number, dx: number, dy: number): void {
    if (!this.ring || isWhole(this.view)) return;
    const before = placeAt(this.frame, x - dx, y - dy);
    const change = ((placeAt(this.frame, x, y) - before + 1.5) % 1) - 0.5;
    this.zoomTo(panBy(this.view, -change));
  }

  private zoomTo(view: View): void {
    this.view = view;
    this.draw();
  }

  private toggle(server: number): void {
    this.events.choose(server === this.input?.selected ? -1 : server);
  }

  /** Whether the action did something. */
  private act(action: StageAction): boolean {
    const { input, ring, spot } = this;
    if (!input) return false;
    switch (action.type) {
      case 'step':
        return this.stepTo(stepped(spot?.index, action.by, spotCount(input.snapshot)));
      case 'edge':
        return this.stepTo(action.edge === 'first' ? 0 : spotCount(input.snapshot) - 1);
      case 'choose':
        if (spot) this.toggle(spot.owner);
        return spot !== undefined;
      case 'leave':
        if (input.selected < 0) return false;
        this.events.choose(-1);
        return true;
      case 'zoom': {
        if (!ring) return false;
        const turn = spot?.position !== undefined ? spot.position / SPACE : undefined;
        const place = turn === undefined ? undefined : placeOfTurn(this.view, turn);
        this.zoomTo(zoomAt(this.view, place ?? 0.5, action.isCloser ? CLOSER : 1 / CLOSER));
        return true;
      }
      case 'arc': {
        if (!ring || !spot) return false;
        this.zoomTo(around(boundsOf(ring, spot.index).from / SPACE, partOf(ring, spot.index)));
        return true;
      }
      case 'whole':
        this.zoomTo(WHOLE);
        return ring !== undefined;
    }
  }

  private stepTo(index: number): boolean {
    const { input } = this;
    if (!input || spotCount(input.snapshot) === 0) return false;
    const spot = spotAt(input.snapshot, index);
    if (spot.position !== undefined) {
      const view = reveal(this.view, spot.position / SPACE);
      if (view !== this.view) this.zoomTo(view);
    }
    this.aim(spot);
    return true;
  }
}

/** From nowhere the first step goes to the first spot, or backwards to the last. */
function stepped(index: number | undefined, by: number, count: number): number {
  if (index === undefined) return by > 0 ? 0 : count - 1;
  return (((index + by) % count) + count) % count;
}
