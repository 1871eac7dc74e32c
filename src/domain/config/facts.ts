import { evaluate, type Evaluation } from '../capacity/plan/evaluate';
import type { PlanInput } from '../capacity/plan/inputFields';
import { plan, type Plan } from '../capacity/plan/plan';
import { isProblems } from '../capacity/result';
import type { Problem } from '../placement/types';

/** A plan with all that was computed for it, for writers that need numbers and reasons. */
export interface PlanFacts {
  readonly input: PlanInput;
  readonly plan: Plan;
  readonly computed: Evaluation;
}

/** Computes the plan; or says what makes it impossible. */
export function planFacts(input: PlanInput): PlanFacts | Problem[] {
  const computed = evaluate(input);
  if (isProblems(computed)) return computed;
  const planned = plan(input);
  return isProblems(planned) ? planned : { input, plan: planned, computed };
}

/** The reason that the plan gives for a result; names are those of `plan.results`. */
export const because = ({ plan: { results } }: PlanFacts, name: string): string =>
  results.find((one) => one.name === name)?.because ?? '';

const MIB = 2 ** 20;

/** -Xmx in MiB, rounded up to 64. */
export const heapMiB = ({ computed }: PlanFacts): number =>
  64 * Math.ceil(computed.sizing.heap.maximum / MIB / 64);

/** Memory of the process: the heap, a quarter more for what Java has beside it, 128 MiB. */
export const processMiB = (facts: PlanFacts): number => Math.ceil(heapMiB(facts) * 1.25) + 128;
