import { element } from './dom';

const MARGIN = 8;
/** How long a tip stays when the pointer leaves, so that it can get onto the tip. */
const LINGER_MS = 150;

/** What a tip says: pairs of a heading and a text, then a last line. */
export interface Tip {
  readonly title: string;
  readonly rows: readonly (readonly [heading: string, text: string])[];
  readonly hint: string;
}

/**
 * One tip for all targets of a page: shown on hover and on focus, stays while the pointer is on it,
 * goes with Escape. The text is of the moment when it is shown.
 */
export class Tooltips {
  private readonly tip = element('div', { className: 'tooltip hidden', id: 'tooltip' });
  private target: HTMLElement | undefined;
  private timer: number | undefined;

  constructor() {
    this.tip.setAttribute('role', 'tooltip');
    document.body.append(this.tip);
    this.tip.addEventListener('pointerenter', () => this.stay());
    this.tip.addEventListener('pointerleave', () => this.leave());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
    window.addEventListener('resize', () => this.hide());
  }

  /** Gives a target its tip. */
  attach(target: HTMLElement, tipOf: () => Tip | undefined): void {
    target.addEventListener('pointerenter', () => this.show(target, tipOf()));
    target.addEventListener('pointerleave', () => this.leave());
    target.addEventListener('focus', () => this.show(target, tipOf()));
    target.addEventListener('blur', () => this.hide());
  }

  hide(): void {
    this.stay();
    this.target?.removeAttribute('aria-describedby');
    this.target = undefined;
    this.tip.classList.add('hidden');
  }

  private show(target: HTMLElement, tip: Tip | undefined): void {
    this.hide();
    if (!tip) return;
    this.target = target;
    const rows = tip.rows
      .filter(([, text]) => text !== '')
      .map(([heading, text]) => element('p', {}, element('b', {}, heading), ` ${text}`));
    this.tip.replaceChildren(
      element('p', { className: 'tooltip-title' }, tip.title),
      ...rows,
      element('p', { className: 'note' }, tip.hint),
    );
    target.setAttribute('aria-describedby', this.tip.id);
    this.tip.classList.remove('hidden');
    this.place(target.getBoundingClientRect());
  }

  /** Below the target where there is room, else above, and always within the page. */
  private place({ left, top, bottom }: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const room = document.documentElement;
    const x = Math.max(MARGIN, Math.min(left, room.clientWidth - width - MARGIN));
    const isBelow = bottom + MARGIN + height <= room.clientHeight || top < height + MARGIN;
    const y = isBelow ? bottom + 4 : top - height - 4;
    this.tip.style.left = `${x + window.scrollX}px`;
    this.tip.style.top = `${y + window.scrollY}px`;
  }

  private leave(): void {
    this.stay();
    this.timer = window.setTimeout(() => {
      if (this.target !== document.activeElement) this.hide();
    }, LINGER_MS);
  }

  private stay(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }
}
