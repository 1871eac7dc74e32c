const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** What a probe goes along. */
export interface ProbeTarget {
  /** How many places there are. */
  count(): number;
  /** The place under a pointer, in pixels from the left of the stage. */
  indexAt(x: number): number;
  /** What is at a place, as words; also draws the mark. Undefined: nothing is probed. */
  show(index: number | undefined): string;
}

/** Lets a picture be read by pointer and by keyboard: a slider whose value is said in words. */
export class Probe {
  private index: number | undefined;

  constructor(
    private readonly stage: HTMLElement,
    private readonly target: ProbeTarget,
  ) {
    stage.tabIndex = 0;
    stage.setAttribute('role', 'slider');
    stage.setAttribute('aria-valuemin', '0');
    stage.addEventListener('pointermove', ({ clientX }) => {
      this.move(target.indexAt(clientX - stage.getBoundingClientRect().left));
    });
    stage.addEventListener('pointerleave', () => {
      if (stage !== document.activeElement) this.move(undefined);
    });
    stage.addEventListener('blur', () => this.move(undefined));
    stage.addEventListener('keydown', (event) => this.press(event));
    this.refresh();
  }

  /** Says again what is probed, after the data changed. */
  refresh(): void {
    this.move(this.index);
  }

  private press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.target.count() - 1;
    const step = STEPS[event.key];
    if (step !== undefined) this.move((this.index ?? (step > 0 ? -1 : last + 1)) + step);
    else if (event.key === 'Home') this.move(0);
    else if (event.key === 'End') this.move(last);
    else if (event.key === 'Escape') this.move(undefined);
    else return;
    event.preventDefault();
  }

  private move(index: number | undefined): void {
    const last = Math.max(0, this.target.count() - 1);
    this.index = index === undefined ? undefined : Math.max(0, Math.min(last, index));
    const text = this.target.show(this.index);
    this.stage.setAttribute('aria-valuemax', String(last));
    this.stage.setAttribute('aria-valuenow', String(this.index ?? last));
    this.stage.setAttribute('aria-valuetext', text);
  }
}
