/** How many events a second one watched root may bring before its watches cost more than they give. */
export const DEFAULT_EVENT_RATE = 200;

const WINDOW_MS = 1_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 80_000;
/** A root that trips again sooner than this after its pause gets twice the pause. */
const RELAPSE_MS = 30_000;

interface Root {
  windowStart: number;
  count: number;
  /** Until when it is not watched; undefined while it is. */
  until: number | undefined;
  pauseMs: number;
}

/**
 * Decides for which roots watches are worth their events: one that brings more than the limit is
 * paused for 10 s, and twice as long each time it relapses. Pure but for the clock it is given.
 */
export class RateGuard {
  private readonly roots = new Map<string, Root>();

  constructor(
    private readonly now: () => number,
    private readonly limit = DEFAULT_EVENT_RATE,
  ) {}

  /** Counts an event; true when it is the one that goes over the limit. */
  hit(name: string): boolean {
    const now = this.now();
    const root = this.roots.get(name) ?? newRoot(now);
    this.roots.set(name, root);
    if (root.until !== undefined) return false;
    if (now - root.windowStart >= WINDOW_MS) {
      root.windowStart = now;
      root.count = 0;
    }
    if (++root.count <= this.limit) return false;
    root.until = now + root.pauseMs;
    return true;
  }

  isPaused(name: string): boolean {
    return this.roots.get(name)?.until !== undefined;
  }

  /** The roots that are paused now. */
  paused(): string[] {
    return [...this.roots.keys()].filter((name) => this.isPaused(name));
  }

  /** Ends the pauses that are over and names their roots, which may be watched again. */
  recover(): string[] {
    const now = this.now();
    const recovered: string[] = [];
    for (const [name, root] of this.roots) {
      if (root.until === undefined) {
        if (now - root.windowStart > RELAPSE_MS) this.roots.delete(name);
      } else if (now >= root.until) {
        root.until = undefined;
        root.windowStart = now;
        root.count = 0;
        root.pauseMs = Math.min(2 * root.pauseMs, LONGEST_PAUSE_MS);
        recovered.push(name);
      }
    }
    return recovered;
  }
}

function newRoot(now: number): Root {
  return { windowStart: now, count: 0, until: undefined, pauseMs: FIRST_PAUSE_MS };
}
