import type { EnsembleSample } from '../../metrics/ensembleSample';
import { evaluate, type Evaluation } from '../plan/evaluate';
import type { PlanInput } from '../plan/inputFields';
import { isProblems } from '../result';
import type { Problem } from '../../placement/types';
import { type ConfigKey, configDrift, type ServerConf } from './configDrift';
import { driftOfLoad, driftOfService, driftOfState } from './driftOfNumbers';
import { driftOfTopology } from './driftOfTopology';
import { type Headroom, headroom, type LoadPoint } from './headroom';
import type { Observation } from './observation';

export type DriftKind = 'workload' | 'service' | 'topology' | 'state' | 'config';

/** One thing that was compared. */
export interface Comparison {
  readonly kind: DriftKind;
  /** Stable: `writes`, `syncLimit`. */
  readonly name: string;
  /** `unknown`: the servers don't tell, so that nobody may call it equal. */
  readonly verdict: 'same' | 'drift' | 'unknown';
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

/**
 * Holds a plan against what runs. `desired` are the values that the plan wants in `zoo.cfg`, by key
 * as `conf` calls them. Fails when the plan itself is infeasible.
 */
export function driftOf(
  input: PlanInput,
  reality: Reality,
  desired: (planned: Evaluation) => readonly ConfigKey[],
): Drift | Problem[] {
  const planned = evaluate(input);
  if (isProblems(planned)) return planned;
  const { seen, sample, confs, history } = reality;
  return {
    comparisons: [
      ...driftOfTopology(input, planned, sample),
      ...driftOfLoad(input, planned, seen),
      ...driftOfService(input, planned, seen),
      ...driftOfState(input, planned, seen),
      ...configDrift(desired(planned), confs),
    ],
    headroom: headroom(planned, seen, history),
  };
}
