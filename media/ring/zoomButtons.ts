import type { RingStrings } from '../../src/protocol/ringStrings';
import { element, setText } from '../shared/dom';
import { fill } from '../shared/text';
import { grouped } from './numbers';
import type { StageAction } from './stageKeys';

export interface ZoomState {
  readonly isRing: boolean;
  readonly isWhole: boolean;
  /** How many arcs are in sight. */
  readonly arcs: number;
}

/** Closer, further, and the way back to the whole ring. */
export class ZoomButtons {
  readonly bar = element('div', { className: 'zoom' });
  private readonly closer = element('button', { type: 'button', className: 'icon' }, '+');
  private readonly further = element('button', { type: 'button', className: 'icon' }, '−');
  private readonly whole = element('button', { type: 'button', className: 'secondary' });
  private readonly count = element('span', { className: 'note' });

  constructor(act: (action: StageAction) => void) {
    this.bar.append(this.further, this.closer, this.whole, this.count);
    this.closer.addEventListener('click', () => act({ type: 'zoom', isCloser: true }));
    this.further.addEventListener('click', () => act({ type: 'zoom', isCloser: false }));
    this.whole.addEventListener('click', () => {
      act({ type: 'whole' });
      this.closer.focus();
    });
  }

  show(strings: RingStrings, { isRing, isWhole, arcs }: ZoomState): void {
    this.bar.classList.toggle('hidden', !isRing);
    for (const [button, name] of [
      [this.closer, strings.zoomIn],
      [this.further, strings.zoomOut],
    ] as const) {
      button.setAttribute('aria-label', name);
      button.title = name;
    }
    setText(this.whole, strings.wholeRing);
    // A button that goes must not take the focus with it.
    if (isWhole && document.activeElement === this.further) this.closer.focus();
    this.further.disabled = isWhole;
    this.whole.classList.toggle('hidden', isWhole);
    setText(this.count, isWhole ? '' : fill(strings.arcsShown, grouped(arcs)));
  }
}
