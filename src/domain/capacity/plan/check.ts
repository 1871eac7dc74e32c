import type { StoredResults } from './document';
import type { Unit } from '../result';
import { MODEL_VERSION, type Plan } from './plan';
import { goalTexts, relationText } from './text';

/** Results that agree to this share are the same; they are stored with six digits. */
const TOLERANCE = 1e-5;

/** What speaks against a plan: missed goals, and stored results that are no longer computed. */
export interface Check {
  readonly missed: readonly string[];
  readonly changed: readonly Changed[];
  /** The stored results come from an older model: compute them again. */
  readonly isOutdated: boolean;
}

/** A result that is stored otherwise than computed; undefined where it is missing. */
export interface Changed {
  readonly name: string;
  readonly unit: Unit;
  readonly stored: number | null | undefined;
  readonly computed: number | null | undefined;
}

export function changedText({ name, stored, computed }: Changed): string {
  const said = (value: number | null | undefined): string =>
    value === undefined ? 'missing' : String(value);
  return `${name} is stored as ${said(stored)}, computed ${said(computed)}.`;
}

/** Names of stored results are whatever stands in the file. */
const MOST_NAME = 80;

export function checkPlan(computed: Plan, stored: StoredResults | undefined): Check {
  const missed = computed.goals
    .filter(({ isMet }) => !isMet)
    .map((goal) => {
      const { is, wanted } = goalTexts(goal);
      return `${goal.name} is ${is}, ${relationText(goal.relation)} ${wanted} wanted. ${goal.advice}`;
    });
  if (stored === undefined) return { missed, changed: [], isOutdated: false };
  return {
    missed,
    changed: differences(computed, stored),
    isOutdated: stored.modelVersion < MODEL_VERSION,
  };
}

function differences({ results }: Plan, { values }: StoredResults): Changed[] {
  const now = new Map(results.map((one) => [one.name, one]));
  return [...new Set([...values.keys(), ...now.keys()])]
    .map((name) => ({
      name: name.slice(0, MOST_NAME),
      unit: now.get(name)?.unit ?? '1',
      stored: values.get(name),
      computed: now.get(name)?.value,
    }))
    .filter(({ stored, computed }) => !isClose(stored, computed));
}

function isClose(a: number | null | undefined, b: number | null | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
