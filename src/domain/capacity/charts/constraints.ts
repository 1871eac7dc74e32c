import type { Evaluation } from '../plan/evaluate';
import type { Plan } from '../plan/plan';
import type { Goal } from '../plan/report';
import type { Need } from '../pool/sizing';

/** Servers of the pool by what asks for them, the most first. */
export interface NeedChart {
  readonly needs: readonly (Need & { readonly binds: boolean })[];
  /** Left after the failures planned for, and what has to be built for that. */
  readonly survivors: number;
  readonly servers: number;
}

export function serversByConstraint({ pool }: Evaluation): NeedChart | undefined {
  if (pool === undefined) return undefined;
  const { needs, binding, survivors, servers } = pool.size;
  return {
    needs: needs
      .map((need) => ({ ...need, binds: need.id === binding.id }))
      .sort((a, b) => b.servers - a.servers || Number(b.binds) - Number(a.binds)),
    survivors,
    servers,
  };
}

/** How much of what a goal allows is used: 1 is its limit, more is missed. */
export interface GoalUse extends Goal {
  readonly used: number;
}

/** All goals of a plan, the one nearest to its limit first. */
export function goalUses({ goals }: Pick<Plan, 'goals'>): GoalUse[] {
  return goals.map((goal) => ({ ...goal, used: usedOf(goal) })).sort((a, b) => b.used - a.used);
}

function usedOf({ value, limit, relation }: Goal): number {
  // Rounding leaves null for what has no end.
  if (!Number.isFinite(value)) return relation === 'atMost' ? Infinity : 0;
  const [part, whole] = relation === 'atMost' ? [value, limit] : [limit, value];
  if (part === 0) return 0;
  return whole > 0 ? part / whole : Infinity;
}
