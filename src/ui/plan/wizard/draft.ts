import type * as vscode from 'vscode';
import {
  DOCUMENT_VERSION,
  type PlanDocument,
  readPlan,
} from '../../../domain/capacity/plan/document';
import {
  type FieldPath,
  leavesBelow,
  pathText,
  type ScenarioKind,
  valueAt,
  withValueAt,
} from '../../../domain/capacity/plan/paths';
import type { Field } from '../../../domain/capacity/plan/fields';
import type { Problem } from '../../../domain/placement/types';
import { isProblems } from '../../../domain/capacity/result';
import type { UserInput } from '../../userInput';
import type { PlanKind, PlanScenario } from './scenarios';

/** The inputs of a plan document as far as they are given. */
export type PlanInputs = Readonly<Record<string, unknown>>;

/** Values to start from, and where each came from: a sentence by `pathText`. */
export interface StartValues {
  readonly inputs: PlanInputs;
  readonly origins: ReadonlyMap<string, string>;
  /** What could not be found out, as a sentence. */
  readonly warning?: string;
}

/** Answers of wizards that were left before their end, as long as the window lasts. */
export type UnfinishedAnswers = Map<PlanKind, StartValues>;

/** Where a wizard can start from: a live ensemble, a `zoo.cfg`. */
export interface StartSource {
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  /** What is being waited for while it is read. */
  readonly waiting: string;
  /** Throws what is wrong, as a sentence. */
  readonly read: (signal: AbortSignal, tell: (howFar: string) => void) => Promise<StartValues>;
}

/** Answers that are kept for this workspace. */
export interface AnswerMemory {
  get(kind: PlanKind): unknown;
  set(kind: PlanKind, inputs: PlanInputs): void;
}

/** A place for the file, as the user typed it. */
export interface PlanPlace {
  readonly problem?: string;
  readonly exists?: boolean;
}

/** The folder that plans go to. */
export interface PlanFolder {
  readonly name: string;
  /** What is at a path below the folder, or why there can't be a file. */
  check(path: string): Promise<PlanPlace>;
}

export interface PlanWizardPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly memory: AnswerMemory;
  readonly unfinished: UnfinishedAnswers;
  readonly sources: readonly StartSource[];
  /** Never empty. */
  readonly folders: readonly PlanFolder[];
}

/** The wizard while it asks. */
export interface PlanWizard extends PlanWizardPorts {
  readonly scenario: PlanScenario;
  /** The number of questions before the first input. */
  readonly before: number;
  inputs: PlanInputs;
  origins: ReadonlyMap<string, string>;
  folder: PlanFolder;
  path: string;
}

export const scenarioOf = ({ kind }: PlanScenario): ScenarioKind | undefined =>
  kind === 'ensemble' ? undefined : kind;

/** What a scenario starts with. */
export function initialInputs(scenario: PlanScenario, title: string): PlanInputs {
  const { kind, start } = scenario;
  const own = kind === 'ensemble' ? {} : { scenario: { kind, ...(start['scenario'] as object) } };
  return { title, ...start, ...own };
}

/** Remembered answers, as long as they make a document of this scenario. */
export function remembered(scenario: PlanScenario, kept: unknown): PlanInputs | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const read = readPlan({ version: DOCUMENT_VERSION, ...kept });
  if (isProblems(read) || read.input.scenario?.kind !== scenarioOf(scenario)) return undefined;
  return kept as PlanInputs;
}

/** The same inputs with those of a source over them. */
export function overlaid(inputs: PlanInputs, source: PlanInputs): PlanInputs {
  return Object.entries(source).reduce<PlanInputs>((all, [group, values]) => {
    const fields = Object.entries(values as object);
    return fields.reduce<PlanInputs>(
      (to, [name, value]) => withValueAt(to, [group, name], value) as PlanInputs,
      all,
    );
  }, inputs);
}

/** The value of an input: as answered, or its default. */
export function currentValue(inputs: PlanInputs, path: FieldPath, field: Field): unknown {
  const given = valueAt(inputs, path);
  if (given !== undefined) return given;
  return 'default' in field ? field.default : undefined;
}

/** The whole input with all defaults, or what is wrong. */
export function readInputs(inputs: PlanInputs): PlanDocument | Problem[] {
  return readPlan({ version: DOCUMENT_VERSION, ...inputs });
}

/** Whether both make the same document. */
export function isSame(inputs: PlanInputs, others: PlanInputs): boolean {
  const [one, other] = [inputs, others].map((each) => JSON.stringify(readInputs(each)));
  return one === other;
}

/** Whether the plan is made of servers of its own, besides the ensemble. */
export function hasPool({ scenario, inputs }: PlanWizard): boolean {
  return scenario.kind !== 'ensemble' && valueAt(inputs, ['scenario', 'inZooKeeper']) !== true;
}

/** The inputs that are asked one after another, for the answers so far. */
export function askedPaths(wizard: PlanWizard): readonly FieldPath[] {
  const { asked } = wizard.scenario;
  return hasPool(wizard) ? asked : asked.filter(([group]) => group !== 'pool');
}

/** A list of groups is answered entry by entry; each is as many inputs as it has. */
export function entriesOf(path: FieldPath, field: Field, inputs: PlanInputs) {
  if (field.kind !== 'list' || field.item.kind !== 'group') return undefined;
  const list = valueAt(inputs, path);
  const count = Array.isArray(list) ? list.length : 0;
  return Array.from({ length: count }, (_, i) =>
    leavesBelow(field.item, [...path, i], undefined),
  ).flat();
}

export const originOf = ({ origins }: PlanWizard, path: FieldPath): string | undefined =>
  origins.get(pathText(path));

/** Keeps an answer. What differs from the value that was proposed has no origin but the user. */
export function keepAnswer(wizard: PlanWizard, path: FieldPath, value: unknown): void {
  if (value !== valueAt(wizard.inputs, path)) {
    const name = pathText(path);
    wizard.origins = new Map([...wizard.origins].filter(([one]) => one !== name));
  }
  wizard.inputs = withValueAt(wizard.inputs, path, value) as PlanInputs;
}
