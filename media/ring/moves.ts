import type { Run } from './geometry';

/** An arc that changes owner, as parts of the view. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** Pieces that have another owner in the second list; both cover the view from 0 to 1. */
export function movesBetween(before: readonly Run[], after: readonly Run[]): Move[] {
  const moves: Move[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const [one, other] = [before[i], after[j]];
    if (!one || !other) break;
    const from = Math.max(one.from, other.from);
    const to = Math.min(one.to, other.to);
    if (one.owner !== other.owner && to > from) {
      moves.push({ from, to, before: one.owner, after: other.owner });
    }
    if (one.to <= other.to) i++;
    if (other.to <= one.to) j++;
  }
  return moves;
}
