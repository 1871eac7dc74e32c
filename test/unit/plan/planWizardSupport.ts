import type {
  AnswerMemory,
  PlanFolder,
  PlanInputs,
  PlanPlace,
  StartSource,
  UnfinishedAnswers,
} from '../../../src/ui/plan/wizard/draft';
import { PLAN_SCENARIOS, type PlanKind } from '../../../src/ui/plan/wizard/scenarios';
import { askForPlan, type WizardPlan } from '../../../src/ui/plan/wizard/wizard';
import type { PickItem, PickQuestion } from '../../../src/ui/userInput';
import { englishL10n, ScriptedUser, type Answer } from '../../fakes/userInput';

/** Answers that last as long as the test. */
export class Memory implements AnswerMemory {
  readonly kept = new Map<PlanKind, PlanInputs>();

  get(kind: PlanKind): unknown {
    return this.kept.get(kind);
  }

  set(kind: PlanKind, inputs: PlanInputs): void {
    this.kept.set(kind, inputs);
  }
}

/** A folder in which some paths are taken or forbidden. */
export const folderOf = (places: Readonly<Record<string, PlanPlace>> = {}): PlanFolder => ({
  name: 'work',
  check: (path) => Promise.resolve(places[path] ?? {}),
});

export interface PlanRun {
  readonly kind: PlanKind;
  readonly answers: readonly Answer[];
  readonly memory?: Memory;
  readonly unfinished?: UnfinishedAnswers;
  readonly sources?: readonly StartSource[];
  readonly folders?: readonly PlanFolder[];
  /** Sees the items of every choice. */
  readonly onPick?: (items: readonly PickItem<unknown>[]) => unknown;
}

class Reader extends ScriptedUser {
  onPick: (items: readonly PickItem<unknown>[]) => unknown = () => {};

  override pick<T>(question: PickQuestion<T>): Promise<T> {
    this.onPick(question.items);
    return super.pick(question);
  }
}

/** Lets a scripted user answer a wizard to its end. */
export async function runPlan({
  kind,
  answers,
  memory = new Memory(),
  unfinished = new Map(),
  sources = [],
  folders = [folderOf()],
  onPick = () => {},
}: PlanRun): Promise<{ user: ScriptedUser; result: WizardPlan; document: PlanInputs }> {
  const user = new Reader(...answers);
  user.onPick = onPick;
  const ports = { ui: user, l10n: englishL10n, memory, unfinished, sources, folders };
  const result = await askForPlan(PLAN_SCENARIOS[kind], ports);
  user.finish();
  return { user, result, document: JSON.parse(result.text) as PlanInputs };
}

/** How each kind of question is answered by what it proposes. */
export function acceptAll(kind: PlanKind): Answer[] {
  const picked = new Set(['logDevice', 'preset', 'inZooKeeper']);
  const { asked } = PLAN_SCENARIOS[kind];
  return asked.map((path) => (picked.has(String(path.at(-1))) ? 'pickActive' : 'accept'));
}

export const CREATE: Answer = { pick: 'Create the plan' };
