/** The rows of a branch that are shown, out of all that match its filter. */
export interface Page {
  readonly shown: readonly string[];
  readonly matching: number;
}

export interface PageOptions {
  readonly limit: number;
  readonly matches?: ((name: string) => boolean) | undefined;
  /** Shown wherever they stand, because the user went to them. */
  readonly pinned: ReadonlySet<string>;
}

/** The first `limit` matching names, and the pinned ones at their place in the order. */
export function pageOf(sorted: readonly string[], { limit, matches, pinned }: PageOptions): Page {
  const matching = matches ? sorted.filter((name) => matches(name) || pinned.has(name)) : sorted;
  const shown =
    pinned.size === 0
      ? matching.slice(0, limit)
      : matching.filter((name, index) => index < limit || pinned.has(name));
  return { shown, matching: matching.length };
}
