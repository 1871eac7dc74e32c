import type * as vscode from 'vscode';
import { checkPlan } from '../../../domain/capacity/plan/check';
import { MAX_DOCUMENT, parsePlan, type PlanDocument } from '../../../domain/capacity/plan/document';
import { type FieldPath, parsePath } from '../../../domain/capacity/plan/paths';
import { plan, type Plan } from '../../../domain/capacity/plan/plan';
import type { Goal } from '../../../domain/capacity/plan/report';
import { valueText } from '../../../domain/capacity/plan/text';
import { isProblems } from '../../../domain/capacity/result';
import type { Problem } from '../../../domain/placement/types';
import { inputOfGoal } from './goalFields';
import { PlanText, type Span } from './planText';

type L10n = typeof vscode.l10n;

/** Something that speaks against a plan, and where in its text. */
export interface Finding extends Span {
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable, such as `hotKey`, `goal` or `outdated`. */
  readonly code: string;
  readonly message: string;
}

/** What an editor can say about a plan. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Undefined where the inputs are wrong or infeasible. */
  readonly computed: Plan | undefined;
  readonly document: PlanDocument | undefined;
  readonly hasResults: boolean;
  readonly isOutdated: boolean;
}

/** The code of the finding that results are not those of the inputs. */
export const OUTDATED = 'outdated';

/** What VS Code finds by itself, with the schema of plans. */
const SCHEMA_CODES = new Set(['notJson', 'unknownField', 'badValue', 'missing', 'version']);

/** Inputs that notes are about, as far as they speak against what was asked for. */
const NOTES: Readonly<Record<string, string>> = {
  noFaultTolerance: 'ensemble.voters',
  evenVoters: 'ensemble.voters',
  tooManyVoters: 'ensemble.voters',
  twoZones: 'ensemble.zones',
  zoneHoldsMajority: 'ensemble.zones',
};

/** Computes a plan again and compares it with what its text says. */
export function examine(text: string, l10n: L10n): Examination {
  const document = parsePlan(text);
  const places = new PlanText(text.length > MAX_DOCUMENT ? '' : text);
  if (isProblems(document)) {
    const findings = document
      .filter(({ code, where }) => !SCHEMA_CODES.has(code) || isInStored(places, where))
      .map((problem) => inputFinding(places, problem));
    return { ...NOTHING, findings };
  }
  const hasResults = document.stored !== undefined;
  const computed = plan(document.input);
  if (isProblems(computed)) {
    const findings = computed.map((problem) => inputFinding(places, problem));
    return { ...NOTHING, findings, document, hasResults };
  }
  const outdated = outdatedFinding(places, document, computed, l10n);
  const findings = [
    ...computed.goals.filter(({ isMet }) => !isMet).map((goal) => goalFinding(places, goal, l10n)),
    ...noteFindings(places, computed),
    ...(outdated ? [outdated] : []),
  ];
  return { findings, computed, document, hasResults, isOutdated: outdated !== undefined };
}

const NOTHING = {
  computed: undefined,
  document: undefined,
  hasResults: false,
  isOutdated: false,
} as const;

/** The schema says little about stored results. */
const isInStored = (places: PlanText, where: string): boolean =>
  where.startsWith('plan') && places.has(['plan', 'results']);

function inputFinding(places: PlanText, { code, where, message }: Problem): Finding {
  return { ...places.spanOf(knownPath(places, where)), severity: 'error', code, message };
}

/** Models name some inputs without their group. */
function knownPath(places: PlanText, where: string): FieldPath {
  const path = parsePath(where);
  const groups = [[], ['pool'], ['otherLoad'], ['ensemble'], ['scenario']];
  const found = groups.map((group) => [...group, ...path]).find((one) => places.has(one));
  return found ?? path;
}

function goalFinding(places: PlanText, goal: Goal, { t }: L10n): Finding {
  const { name, value, unit, limit, relation, advice } = goal;
  const [is, wanted] = [valueText(value, unit), valueText(limit, unit)];
  const message =
    relation === 'atMost'
      ? t('{0} is {1}, at most {2} is wanted. {3}', name, is, wanted, advice)
      : t('{0} is {1}, at least {2} is wanted. {3}', name, is, wanted, advice);
  return { ...places.spanOf(inputOfGoal(name)), severity: 'warning', code: 'goal', message };
}

function noteFindings(places: PlanText, { notes }: Plan): Finding[] {
  return notes.flatMap(({ code, message }) => {
    const path = parsePath(NOTES[code] ?? '');
    if (path.length === 0 || !places.has(path)) return [];
    return [{ ...places.spanOf(path), severity: 'info' as const, code, message }];
  });
}

function outdatedFinding(
  places: PlanText,
  { stored }: PlanDocument,
  computed: Plan,
  { t }: L10n,
): Finding | undefined {
  const { changed, isOutdated } = checkPlan(computed, stored);
  const [first, ...others] = changed;
  if (first === undefined && !isOutdated) return undefined;
  const what = isOutdated ? t('They come from an older model.') : (first ?? '');
  const more = others.length > 0 ? ` ${t('And {0} more.', others.length)}` : '';
  return {
    ...places.spanOf(['plan']),
    severity: 'warning',
    code: OUTDATED,
    message: t('The stored results are not those of these inputs. {0}{1}', what, more),
  };
}
