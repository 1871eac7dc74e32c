import { element } from './dom';

/** Remembers which of a page's foldable parts are open. */
export class Disclosures {
  private readonly open: Set<string>;

  constructor(
    saved: readonly string[],
    private readonly onDidChange: () => void,
  ) {
    this.open = new Set(saved);
  }

  get saved(): string[] {
    return [...this.open];
  }

  /** A foldable part; its content is made when it is first opened. */
  make(id: string, title: string, content: () => HTMLElement): HTMLDetailsElement {
    const details = element('details', { open: this.open.has(id) }, element('summary', {}, title));
    const fill = (): void => {
      if (details.open && details.childElementCount === 1) details.append(content());
    };
    fill();
    details.addEventListener('toggle', () => {
      if (details.open === this.open.has(id)) return fill();
      if (details.open) this.open.add(id);
      else this.open.delete(id);
      fill();
      this.onDidChange();
    });
    return details;
  }
}
