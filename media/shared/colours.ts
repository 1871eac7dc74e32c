import { interpolateRgb } from 'd3';

const HUES = 8;
/** Further rounds through the hues are paler, or darker on a dark ground. */
const FADES = [0, 0.4, 0.65] as const;

/** Colours of servers: the first free one for who comes, kept for who leaves and comes back. */
export class Colours {
  private readonly indexes: Map<string, number>;

  constructor(saved: readonly (readonly [string, number])[] = []) {
    this.indexes = new Map(saved);
  }

  /** Gives a colour to each server; those that left give theirs away only when hues run short. */
  assign(addresses: readonly string[]): void {
    const present = new Set(addresses);
    if (this.indexes.size > 4 * HUES) {
      for (const address of this.indexes.keys()) {
        if (!present.has(address)) this.indexes.delete(address);
      }
    }
    const used = new Set(this.indexes.values());
    let next = 0;
    for (const address of addresses) {
      if (this.indexes.has(address)) continue;
      while (used.has(next)) next++;
      used.add(next);
      this.indexes.set(address, next);
    }
  }

  get saved(): [string, number][] {
    return [...this.indexes];
  }

  /** The colour as the theme has it now. */
  of(address: string, theme: CSSStyleDeclaration): string {
    const index = this.indexes.get(address) ?? 0;
    const name = `--vscode-zookeeperWorkbench-ringServer${(index % HUES) + 1}`;
    const hue = theme.getPropertyValue(name).trim() || 'gray';
    const ground = theme.getPropertyValue('--vscode-editor-background').trim() || 'white';
    const fade = FADES[Math.floor(index / HUES) % FADES.length] ?? 0;
    return fade === 0 ? hue : interpolateRgb(hue, ground)(fade);
  }
}
