import type { StoredResults } from './document';
import { MODEL_VERSION, type Plan } from './plan';
import { goalTexts, relationText } from './text';

/** Results that agree to this share are the same; they are stored with six digits. */
const TOLERANCE = 1e-5;

/** What speaks against a plan: missed goals, and stored results that are no longer computed. */
export interface Check {
  readonly missed: readonly string[];
  readonly changed: readonly string[];
  /** The stored results come from an older model: compute them again. */
  readonly isOutdated: boolean;
}

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

function differences(computed: Plan, { values }: StoredResults): string[] {
  const now = new Map<string, number | null>(
    computed.results.map(({ name, value }) => [name, value]),
  );
  const said = (value: number | null | undefined): string =>
    value === undefined ? 'missing' : String(value);
  return [...new Set([...values.keys(), ...now.keys()])]
    .filter((name) => !isClose(values.get(name), now.get(name)))
    .map(
      (name) =>
        `${name.slice(0, 80)} is stored as ${said(values.get(name))}, computed ${said(now.get(name))}.`,
    );
}

function isClose(a: number | null | undefined, b: number | null | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
