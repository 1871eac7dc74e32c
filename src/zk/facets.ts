import type { ZPath } from '../domain/znode/path';
import type { Facet, Reading } from './znodeChange';

/** One facet of one znode that somebody shows, as last read. */
export interface Known extends Reading {
  names: Reading['names'];
  stat: Reading['stat'];
  error: Reading['error'];
  holders: number;
  isLoaded: boolean;
  /** When it was read, in milliseconds. */
  readAt: number;
  /** Whether a one-shot watch of our own will tell of the next change. */
  isArmed: boolean;
  loading: Promise<void> | undefined;
}

/** The facets that somebody shows. */
export class Facets {
  private readonly byKey = new Map<string, Known>();

  get(path: ZPath, facet: Facet): Known | undefined {
    return this.byKey.get(keyOf(path, facet));
  }

  /** The facet with one holder more. */
  hold(path: ZPath, facet: Facet): Known {
    const known = this.get(path, facet) ?? emptyFacet(path, facet);
    this.byKey.set(keyOf(path, facet), known);
    known.holders++;
    return known;
  }

  /** True when that was the last holder and the facet is forgotten. */
  release(known: Known): boolean {
    if (--known.holders > 0 || this.get(known.path, known.facet) !== known) return false;
    this.byKey.delete(keyOf(known.path, known.facet));
    return true;
  }

  all(): Known[] {
    return [...this.byKey.values()];
  }

  clear(): void {
    this.byKey.clear();
  }
}

/** A facet of which nothing is known yet. */
export function emptyFacet(path: ZPath, facet: Facet): Known {
  return {
    path,
    facet,
    names: undefined,
    stat: undefined,
    error: undefined,
    holders: 0,
    isLoaded: false,
    readAt: 0,
    isArmed: false,
    loading: undefined,
  };
}

function keyOf(path: ZPath, facet: Facet): string {
  return `${facet}:${path}`;
}
