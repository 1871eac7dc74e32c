import { DisposableStore, type Disposable } from '../../../base/disposable';
import type { Logger } from '../../../base/logger';
import type { SamplersLoader } from '../../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../../zk/sessions';
import type { Answers } from '../../answers';
import { registerCommand } from '../../commands';
import { PlanCommands } from '../../contributions';
import type { UserInput } from '../../userInput';

export interface LivePlanFeature {
  readonly sessions: Sessions;
  readonly samplers: SamplersLoader;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly ui: UserInput;
  readonly log: Logger;
}

export interface LivePorts extends LivePlanFeature {
  readonly answers: Answers;
}

/** Plans held against the ensemble that runs; all but this is loaded when it is asked for. */
export function registerLivePlans(feature: LivePlanFeature): Disposable {
  const store = new DisposableStore();
  let loading: Promise<LoadedPlans> | undefined;
  const load = (): Promise<LoadedPlans> => (loading ??= loadPlans(feature, store));
  const { log } = feature;
  const calibrate = async (target?: unknown) => (await load()).calibrate(target);
  const compare = async (target?: unknown) => (await load()).compare(target);
  const clear = async () => (await load()).clear();
  store.add(registerCommand(PlanCommands.calibrate, calibrate, log));
  store.add(registerCommand(PlanCommands.compare, compare, log));
  store.add(registerCommand(PlanCommands.clearComparison, clear, log));
  return store;
}

interface LoadedPlans {
  readonly calibrate: (target: unknown) => Promise<void>;
  readonly compare: (target: unknown) => Promise<void>;
  readonly clear: () => void;
}

async function loadPlans(feature: LivePlanFeature, store: DisposableStore): Promise<LoadedPlans> {
  const [{ Answers }, { calibratePlan }, { Comparisons }, { comparePlan }, { DriftDiagnostics }] =
    await Promise.all([
      import('../../answers'),
      import('./calibratePlan'),
      import('./comparisons'),
      import('./comparePlan'),
      import('./driftDiagnostics'),
    ]);
  const ports = { ...feature, answers: store.add(new Answers('zkcomparison')) };
  const comparisons = store.add(new Comparisons(feature.sessions));
  const diagnostics = store.add(new DriftDiagnostics(comparisons));
  return {
    calibrate: (target) => calibratePlan(ports, comparisons, target),
    compare: (target) => comparePlan(ports, diagnostics, target),
    clear: () => comparisons.clear(),
  };
}
