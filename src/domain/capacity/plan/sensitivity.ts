import { HEAP_SHARE } from '../ensemble/heap';
import { constraintName, poolState } from '../pool/sizing';
import { isProblems, type Unit } from '../result';
import { evaluate, type Evaluation } from './evaluate';
import type { PlanInput } from './inputFields';
import { bytes, ms, percent, sentence, short } from './report';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

/** How the planned servers fare when something is not as planned. */
export interface Sensitivity {
  readonly id: 'doubleLoad' | 'zoneLost' | 'slowLogDevice';
  /** Whether the goals that this case touches still hold with the servers planned. */
  readonly holds: boolean;
  readonly figures: readonly Figure[];
  readonly because: string;
}

/** Twice the load, one zone lost, and a log device three times as slow. */
export function sensitivities(input: PlanInput, planned: Evaluation): Sensitivity[] {
  return [doubleLoad(input, planned), zoneLost(input, planned), slowDevice(input, planned)];
}

function doubleLoad(input: PlanInput, planned: Evaluation): Sensitivity {
  const id = 'doubleLoad';
  const figures: Figure[] = [];
  let holds = true;
  const said: string[] = [];
  if (planned.pool !== undefined) {
    const { load, size } = planned.pool;
    const now = poolState({ ...load, lambda: 2 * load.lambda }, size.survivors);
    holds = now.utilisation <= load.utilisation && now.quantile(load.percentile) <= load.response;
    figures.push({ name: 'pool.utilisation', value: now.utilisation, unit: '1' });
    said.push(`the fullest of ${size.survivors} servers would be ${percent(now.utilisation)} busy`);
  }
  const utilisation = 2 * planned.shape.utilisation;
  holds &&= utilisation <= input.ensemble.utilisationGoal;
  figures.push({ name: 'ensemble.utilisation', value: utilisation, unit: '1' });
  said.push(`the ensemble would be ${percent(utilisation)} busy`);
  const again = evaluate(input, { loadFactor: 2 }, planned);
  if (isProblems(again)) {
    holds = false;
    said.push(`no plan for it: ${again[0]?.message ?? ''}`);
  } else {
    const shortages = shortagesOf(input, planned, again);
    holds &&= shortages.length === 0;
    said.push(...shortages);
    if (again.pool !== undefined) {
      figures.push({ name: 'pool.servers', value: again.pool.size.servers, unit: '1' });
      said.push(
        `planned for it, the pool has ${again.pool.size.servers} servers, and ${constraintName(again.pool.size.binding.id)} binds`,
      );
    }
    figures.push({ name: 'ensemble.observers', value: again.shape.shape.observers, unit: '1' });
  }
  return { id, holds, figures, because: sentence(said.join('; ')) };
}

/** What a server of the ensemble lacks with another load, beyond what it lacks as planned. */
function shortagesOf({ ensemble }: PlanInput, planned: Evaluation, now: Evaluation): string[] {
  const shortages = ({ sizing, shape }: Evaluation): ReadonlyMap<string, string> => {
    const { maximum } = sizing.heap;
    const { total } = shape.write;
    return new Map([
      ...(maximum > HEAP_SHARE * ensemble.memoryBytes
        ? [['heap', `its servers would need a heap of ${bytes(maximum)}`] as const]
        : []),
      ...(total > ensemble.writeGoalMs / 1000
        ? [['write', `a write would take ${ms(total)}`] as const]
        : []),
      ...sizing.limits
        .filter(({ fits }) => !fits)
        .map(({ id, limitedBy }) => [id, `${limitedBy} would be too low`] as const),
    ]);
  };
  const known = shortages(planned);
  return [...shortages(now)].filter(([id]) => !known.has(id)).map(([, text]) => text);
}

function zoneLost(input: PlanInput, { pool, shape }: Evaluation): Sensitivity {
  const { layout } = shape;
  const figures: Figure[] = [];
  let holds = layout.survivesAnyZone;
  const said = [
    layout.survivesAnyZone
      ? `the quorum stays with ${layout.voters - (layout.layout[0] ?? 0)} of ${layout.voters} voters`
      : 'the quorum is lost with the fullest zone',
  ];
  if (pool !== undefined) {
    const left = pool.size.servers - Math.ceil(pool.size.servers / input.pool.zones);
    figures.push({ name: 'pool.survivors', value: left, unit: '1' });
    if (left < 1) {
      holds = false;
      said.push('the pool lies in that one zone');
    } else {
      const now = poolState(pool.load, left);
      const p99 = now.quantile(pool.load.percentile);
      holds &&= now.utilisation <= pool.load.utilisation && p99 <= pool.load.response;
      figures.push({ name: 'pool.utilisation', value: now.utilisation, unit: '1' });
      said.push(`the fullest of ${left} servers is ${percent(now.utilisation)} busy`);
    }
  }
  return { id: 'zoneLost', holds, figures, because: sentence(said.join('; ')) };
}

function slowDevice(input: PlanInput, planned: Evaluation): Sensitivity {
  const id = 'slowLogDevice';
  const slow = evaluate(input, { fsyncFactor: 3 }, planned);
  if (isProblems(slow)) {
    return { id, holds: false, figures: [], because: slow[0]?.message ?? '' };
  }
  const before = planned.shape.write.total;
  const { total } = slow.shape.write;
  return {
    id,
    holds: total <= input.ensemble.writeGoalMs / 1000,
    figures: [{ name: 'ensemble.writeLatency', value: total, unit: 's' }],
    because: `A write takes ${ms(total)} instead of ${ms(before)}: ${short(total / before)} times as long, since a flush takes along what waits.`,
  };
}
