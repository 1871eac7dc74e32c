import { evaluate, type Evaluation } from '../capacity/plan/evaluate';
import type { PlanInput } from '../capacity/plan/inputFields';
import { plan, type Plan } from '../capacity/plan/plan';
import { bytes, type Goal, short } from '../capacity/plan/report';
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

/** The goal of this name where the plan misses it: what is written beside a value must say so. */
export const missedGoal = ({ plan: { goals } }: PlanFacts, name: string): Goal | undefined =>
  goals.find((goal) => goal.name === name && !goal.isMet);

/** Whether one server serves alone: it is no ensemble, and has no leader. */
export const isPlannedAlone = ({ computed: { shape } }: PlanFacts): boolean =>
  shape.shape.voters + shape.shape.observers === 1;

/** Why a server may open so many files, or what becomes of it when they are too few. */
export function openFilesReason(facts: PlanFacts): string {
  const connections = short(facts.computed.sizing.connections);
  const missed = missedGoal(facts, 'limit.openFiles');
  return missed === undefined
    ? `${connections} connections at one server while another is down, servers and files`
    : `below the ${short(missed.value, 6)} files that ${connections} connections at one server need ` +
        'while another is down: clients will be refused';
}

export const MIB = 2 ** 20;

/** -Xmx in MiB, rounded up to 64. */
export const heapMiB = ({ computed }: PlanFacts): number =>
  64 * Math.ceil(computed.sizing.heap.maximum / MIB / 64);

/** Memory of the process: the heap, a quarter more for what Java has beside it, 128 MiB. */
export const processMiB = (facts: PlanFacts): number => Math.ceil(heapMiB(facts) * 1.25) + 128;

/** What that memory is for, and whether the server of the plan has so much. */
export function processReason(facts: PlanFacts): string {
  const { memoryBytes } = facts.input.ensemble;
  const parts = 'heap, a quarter more for what Java has beside it, and 128 MiB';
  return processMiB(facts) * MIB <= memoryBytes
    ? parts
    : `${parts}: more than the ${bytes(memoryBytes)} of a server in the plan`;
}
