import { planDocument } from '../../../domain/capacity/plan/document';
import { fieldAt } from '../../../domain/capacity/plan/paths';
import { plan } from '../../../domain/capacity/plan/plan';
import { isProblems } from '../../../domain/capacity/result';
import { type Question, runSteps, type Step } from '../../userInput';
import { askInput } from './askInput';
import {
  askedPaths,
  hasPool,
  initialInputs,
  isSame,
  keepAnswer,
  type PlanFolder,
  type PlanInputs,
  type PlanWizard,
  type PlanWizardPorts,
  readInputs,
  remembered,
  scenarioOf,
} from './draft';
import { askFileName, askFolder } from './fileName';
import { askReview } from './review';
import type { PlanScenario } from './scenarios';
import { askStart } from './start';

/** What a wizard ends with: a document and where it goes. */
export interface WizardPlan {
  readonly folder: PlanFolder;
  /** Below the folder. */
  readonly path: string;
  readonly text: string;
}

/**
 * Asks for a plan. Throws `Cancelled` when the user leaves; then nothing is remembered but, for this
 * window, what was answered so far.
 */
export async function askForPlan(
  scenario: PlanScenario,
  ports: PlanWizardPorts,
): Promise<WizardPlan> {
  const { memory, sources, folders, l10n, unfinished } = ports;
  const [folder] = folders;
  if (!folder) throw new Error('There is no folder to put the plan in.');
  const last = remembered(scenario, memory.get(scenario.kind));
  const initial = initialInputs(scenario, scenario.planTitle(l10n.t));
  const left = unfinished.get(scenario.kind);
  const hasChoice = left !== undefined || last !== undefined || sources.length > 0;
  const wizard: PlanWizard = {
    ...ports,
    scenario,
    before: hasChoice ? 1 : 0,
    inputs: last ?? initial,
    origins: new Map(),
    folder,
    path: `${scenario.fileName}.zkplan.json`,
  };

  let begun = wizard.inputs;
  const start: Step = async () => {
    await askStart(wizard, questionAt(wizard, -1), { unfinished: left, last, initial });
    begun = wizard.inputs;
    return input(0);
  };
  const input = (index: number): Step => {
    return async () => {
      const path = askedPaths(wizard)[index];
      const field = path && fieldAt(path, scenarioOf(scenario));
      if (!path || !field) return review();
      const value = await askInput(wizard, questionAt(wizard, index), { path, field });
      keepAnswer(wizard, path, value);
      return index + 1 < askedPaths(wizard).length ? input(index + 1) : review;
    };
  };
  const review: Step = async () => {
    await askReview(wizard, questionAt(wizard, askedPaths(wizard).length));
    return folders.length > 1 ? where : name;
  };
  const where: Step = async () => {
    await askFolder(wizard, questionAt(wizard, askedPaths(wizard).length + 1));
    return name;
  };
  const name: Step = async () => {
    await askFileName(wizard, questionAt(wizard, total(wizard) - wizard.before - 1));
    return undefined;
  };
  try {
    await runSteps(hasChoice ? start : input(0));
  } catch (error) {
    const { inputs, origins } = wizard;
    if (!isSame(inputs, begun)) unfinished.set(scenario.kind, { inputs, origins });
    throw error;
  }
  unfinished.delete(scenario.kind);
  memory.set(scenario.kind, wizard.inputs);
  return { folder: wizard.folder, path: wizard.path, text: documentText(wizard) };
}

const total = (wizard: PlanWizard): number =>
  wizard.before + askedPaths(wizard).length + (wizard.folders.length > 1 ? 3 : 2);

/** Title and number of a question; the first input has index 0. */
function questionAt(wizard: PlanWizard, index: number): Question {
  const { scenario, l10n, before } = wizard;
  const title = scenario.title(l10n.t);
  return { title, step: before + index + 1, totalSteps: total(wizard) };
}

/** The inputs without those of servers that there are none of. */
function usedInputs(wizard: PlanWizard): PlanInputs {
  if (hasPool(wizard)) return wizard.inputs;
  const unused = new Set(['pool', 'coordination']);
  return Object.fromEntries(Object.entries(wizard.inputs).filter(([group]) => !unused.has(group)));
}

/** The document with results; without them where the inputs are infeasible, as its editor says. */
function documentText(wizard: PlanWizard): string {
  const read = readInputs(usedInputs(wizard));
  if (isProblems(read)) throw new Error(read.map(({ message }) => message).join(' '));
  const computed = plan(read.input);
  const document = planDocument(read.input, isProblems(computed) ? undefined : computed);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
