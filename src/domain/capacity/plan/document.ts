import type { Problem } from '../../placement/types';
import { isProblems, problem } from '../result';
import { PLAN_FIELD, type PlanInput } from './inputFields';
import { readField } from './parse';
import { MODEL_VERSION, type Plan } from './plan';

export const DOCUMENT_VERSION = 1;
/** Longer documents are refused before they are read. */
export const MAX_DOCUMENT = 4_000_000;

/** Results that a document carries from an earlier run. */
export interface StoredResults {
  readonly modelVersion: number;
  readonly values: ReadonlyMap<string, number | null>;
}

/** Where inputs come from that were measured: a sentence by field, such as `ensemble.fsyncMs`. */
export type Provenance = Readonly<Record<string, string>>;

/** A `*.zkplan.json`: its inputs with every default, and the results stored in it. */
export interface PlanDocument {
  readonly input: PlanInput;
  readonly measured: Provenance;
  readonly stored: StoredResults | undefined;
}

/** Reads the text of a document; a byte order mark, which editors on Windows write, is none of it. */
export function parsePlan(text: string): PlanDocument | Problem[] {
  if (text.length > MAX_DOCUMENT) {
    return [problem('tooLong', '', `The plan is longer than ${MAX_DOCUMENT} characters.`)];
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [problem('notJson', '', `The plan is no JSON: ${why.slice(0, 200)}`)];
  }
  return readPlan(value);
}

/** The same for a document that is parsed already. */
export function readPlan(value: unknown): PlanDocument | Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [problem('badValue', '', 'The plan must be a JSON object with "version" and inputs.')];
  }
  const { version, plan, measured: from = {}, ...inputs } = value as Record<string, unknown>;
  delete inputs['$schema'];
  if (version !== DOCUMENT_VERSION) {
    const message = `version must be ${DOCUMENT_VERSION}, the form that this program reads.`;
    return [problem('version', 'version', message)];
  }
  const input = readField(PLAN_FIELD, inputs) as PlanInput | Problem[];
  if (isProblems(input)) return input;
  const measured = provenance(from);
  if (isProblems(measured)) return measured;
  const stored = storedResults(plan);
  return isProblems(stored) ? stored : { input, measured, stored };
}

function provenance(value: unknown): Provenance | Problem[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const isFit = isObject && Object.values(value).every((text) => typeof text === 'string');
  if (isFit) return value as Provenance;
  const message = 'measured must be an object: a sentence for each measured field.';
  return [problem('badValue', 'measured', message)];
}

function storedResults(plan: unknown): StoredResults | undefined | Problem[] {
  if (plan === undefined) return undefined;
  const wrong = [
    problem(
      'badValue',
      'plan',
      'plan is no result of this program. Remove it or compute it again.',
    ),
  ];
  if (typeof plan !== 'object' || plan === null) return wrong;
  const { modelVersion, results } = plan as Record<string, unknown>;
  if (typeof modelVersion !== 'number' || !Array.isArray(results)) return wrong;
  if (modelVersion > MODEL_VERSION) {
    const message = `plan was computed by model ${modelVersion}; this program has ${MODEL_VERSION}. Use a newer one.`;
    return [problem('newerModel', 'plan.modelVersion', message)];
  }
  const values = new Map<string, number | null>();
  for (const one of results as unknown[]) {
    if (typeof one !== 'object' || one === null) return wrong;
    const { name, value } = one as Record<string, unknown>;
    if (typeof name !== 'string' || (typeof value !== 'number' && value !== null)) return wrong;
    values.set(name, value);
  }
  return { modelVersion, values };
}

/**
 * The document to store: inputs with every default, then the results if there are any. Without servers
 * behind ZooKeeper what only describes them is left out, as long as it says nothing of its own.
 */
export function planDocument(
  input: PlanInput,
  computed: Plan | undefined,
  measured: Provenance = {},
): object {
  const provenance = Object.keys(measured).length === 0 ? {} : { measured };
  const results = computed === undefined ? {} : { plan: computed };
  return { version: DOCUMENT_VERSION, ...usedGroups(input), ...provenance, ...results };
}

function usedGroups(input: PlanInput): object {
  const { scenario } = input;
  const hasPool = scenario && !(scenario.kind === 'metadata' && scenario.inZooKeeper);
  if (hasPool) return input;
  const initial = readField(PLAN_FIELD, {}) as PlanInput;
  const isUsed = (group: string, value: unknown): boolean =>
    !(group === 'pool' || group === 'coordination') ||
    JSON.stringify(value) !== JSON.stringify(initial[group]);
  return Object.fromEntries(Object.entries(input).filter(([group, value]) => isUsed(group, value)));
}
