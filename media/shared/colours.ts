import { interpolateRgb } from 'd3';
import { themeColour } from './theme';

const HUES = 8;
/** Further rounds through the hues are paler, or darker on a dark ground. */
const FADES = [0, 0.4, 0.65] as const;
const COLOURS = HUES * FADES.length;

/**
 * Colours of servers: a name has one that it prefers, so that it looks the same in every ring, and
 * gets the next free one when another server has that. Who leaves and comes back finds it again.
 */
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
    for (const address of [...addresses].sort()) {
      if (this.indexes.has(address)) continue;
      const index = freeIndex(hashOf(address), used);
      used.add(index);
      this.indexes.set(address, index);
    }
  }

  get saved(): [string, number][] {
    return [...this.indexes];
  }

  /** The colour out of a palette. */
  of(address: string, palette: readonly string[]): string {
    return palette[(this.indexes.get(address) ?? 0) % palette.length] ?? 'gray';
  }
}

/** The preferred hue, else the next free one of the same round, else of a paler one. */
function freeIndex(hash: number, used: ReadonlySet<number>): number {
  for (let round = 0; round < COLOURS; round += HUES) {
    for (let step = 0; step < HUES; step++) {
      const index = round + ((hash + step) % HUES);
      if (!used.has(index)) return index;
    }
  }
  return hash % COLOURS;
}

function hashOf(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  // The last digits of a name differ most, and neighbours shall differ clearly.
  return Math.imul(hash, 0x9e3779b1) >>> 8;
}

/** All colours of servers as the theme has them now. */
export function paletteOf(theme: CSSStyleDeclaration): string[] {
  const ground = themeColour(theme, 'editor-background') || 'white';
  return FADES.flatMap((fade) =>
    Array.from({ length: HUES }, (_, i) => {
      const hue = themeColour(theme, `zookeeperWorkbench-ringServer${i + 1}`) || 'gray';
      return fade === 0 ? hue : interpolateRgb(hue, ground)(fade);
    }),
  );
}
