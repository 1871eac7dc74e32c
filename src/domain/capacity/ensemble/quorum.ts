/** More voters than this cost writes and bring nothing; it bounds what models compute. */
export const MOST_VOTERS = 15;

/** Votes that decide: a majority of all voters, floor(n/2) + 1. Observers do not vote. */
export function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** How many voters may be down while the others still decide. */
export function tolerated(voters: number): number {
  return voters - majority(voters);
}
