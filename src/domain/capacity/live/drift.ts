import type { EnsembleSample } from '../../metrics/ensembleSample';
import { planFacts } from '../../config/facts';
import { limitKeys, timeoutKeys } from '../../config/zooKeys';
import type { PlanInput } from '../plan/inputFields';
import { isProblems } from '../result';
import type { Problem } from '../../placement/types';
import { configDrift, type ServerConf } from './configDrift';
import { driftOfLoad, driftOfService, driftOfState } from './driftOfNumbers';
import { driftOfTopology } from './driftOfTopology';
import { type Headroom, headroom, type LoadPoint } from './headroom';
import type { Observation } from './observation';

export type DriftKind = 'workload' | 'service' | 'topology' | 'state' | 'config';

/**
 * `within` and `below` are amounts that the plan has room for, the latter for more than twice as
 * much; `unknown`: the servers don't tell, so that nobody may call it equal.
 */
export type Verdict = 'drift' | 'unknown' | 'below' | 'within' | 'same';

/** One thing that was compared. */
export interface Comparison {
  readonly kind: DriftKind;
  /** Stable: `writes`, `syncLimit`. */
  readonly name: string;
  readonly verdict: Verdict;
  /** The input of the plan that it is about: `ensemble.voters`. */
  readonly field: string;
  readonly message: string;
  /** The measured value for an input, where one would make the plan right. */
  readonly fix?: { readonly field: string; readonly value: number; readonly from: string };
}

/** What runs, as far as it tells. */
export interface Reality {
  readonly seen: Observation;
  readonly sample: EnsembleSample;
  /** What `conf` says, by address. */
  readonly confs: ReadonlyMap<string, ServerConf>;
  /** Earlier rates, the oldest first, for the growth. */
  readonly history: readonly LoadPoint[];
}

export interface Drift {
  readonly comparisons: readonly Comparison[];
  readonly headroom: Headroom;
}

/** How many points have a verdict. */
export function countOf({ comparisons }: Pick<Drift, 'comparisons'>, verdict: Verdict): number {
  return comparisons.filter((one) => one.verdict === verdict).length;
}

/** Holds a plan against what runs. Fails when the plan itself is infeasible. */
export function driftOf(input: PlanInput, reality: Reality): Drift | Problem[] {
  const facts = planFacts(input);
  if (isProblems(facts)) return facts;
  const { computed } = facts;
  const { seen, sample, confs, history } = reality;
  return {
    comparisons: [
      ...driftOfTopology(input, computed, sample),
      ...driftOfLoad(input, computed, seen),
      ...driftOfService(input, computed, seen),
      ...driftOfState(input, computed, seen),
      ...configDrift([...timeoutKeys(facts), ...limitKeys(facts)], confs),
    ],
    headroom: headroom(computed, seen, history),
  };
}
