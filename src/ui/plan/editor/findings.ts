import type * as vscode from 'vscode';
import { type Changed, checkPlan } from '../../../domain/capacity/plan/check';
import { MAX_DOCUMENT, parsePlan, type PlanDocument } from '../../../domain/capacity/plan/document';
import { fieldAt, parsePath, type ScenarioKind } from '../../../domain/capacity/plan/paths';
import { plan, type Plan } from '../../../domain/capacity/plan/plan';
import type { Goal, Remedy } from '../../../domain/capacity/plan/report';
import { goalTexts } from '../../../domain/capacity/plan/text';
import { isProblems } from '../../../domain/capacity/result';
import type { Problem } from '../../../domain/placement/types';
import { inputOfGoal } from '../../../domain/capacity/plan/goalInputs';
import { PlanPlaces, type Span } from '../../planPlaces';
import { figureTextWith, resultLabelWith } from '../../resultText';

type L10n = typeof vscode.l10n;

/** Something that speaks against a plan, and where in its text. */
export interface Finding extends Span {
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable, such as `hotKey`, `goal` or `outdated`. */
  readonly code: string;
  readonly message: string;
  /** The value of an input that puts it right. */
  readonly remedy?: Remedy;
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
  hotKeyCopies: 'pool.hottestKeyCopies',
  twoZones: 'ensemble.zones',
  zoneHoldsMajority: 'ensemble.zones',
};

/** Computes a plan again and compares it with what its text says. */
export function examine(text: string, l10n: L10n): Examination {
  const document = parsePlan(text);
  const places = new PlanPlaces(text.length > MAX_DOCUMENT ? '' : text);
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
    ...computed.goals
      .filter(({ isMet }) => !isMet)
      .map((goal) => goalFinding(places, goal, document, l10n)),
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
const isInStored = (places: PlanPlaces, where: string): boolean =>
  where.startsWith('plan') && places.has(['plan', 'results']);

function inputFinding(places: PlanPlaces, { code, where, message }: Problem): Finding {
  return { ...places.spanOf(places.inputAt(where)), severity: 'error', code, message };
}

function goalFinding(places: PlanPlaces, goal: Goal, { input }: PlanDocument, l10n: L10n): Finding {
  const { name, relation, advice, remedy } = goal;
  const label = resultLabelWith(l10n)(name);
  const { is, wanted } = goalTexts(goal, figureTextWith(l10n));
  const message =
    relation === 'atMost'
      ? l10n.t('{0}: {1}, at most {2} is wanted. {3}', label, is, wanted, advice)
      : l10n.t('{0}: {1}, at least {2} is wanted. {3}', label, is, wanted, advice);
  return {
    ...places.spanOf(inputOfGoal(name)),
    ...{ severity: 'warning', code: 'goal', message },
    ...(remedy && isPossible(remedy, input.scenario?.kind) && { remedy }),
  };
}

function isPossible({ input, value }: Remedy, kind: ScenarioKind | undefined): boolean {
  const field = fieldAt(parsePath(input), kind);
  return field?.kind === 'number' && value <= field.maximum;
}

function noteFindings(places: PlanPlaces, { notes }: Plan): Finding[] {
  return notes.flatMap(({ code, message }) => {
    const path = parsePath(NOTES[code] ?? '');
    if (path.length === 0 || !places.has(path)) return [];
    return [{ ...places.spanOf(path), severity: 'info' as const, code, message }];
  });
}

function outdatedFinding(
  places: PlanPlaces,
  { stored }: PlanDocument,
  computed: Plan,
  l10n: L10n,
): Finding | undefined {
  const { t } = l10n;
  const { changed, isOutdated } = checkPlan(computed, stored);
  const [first, ...others] = changed;
  if (first === undefined && !isOutdated) return undefined;
  const what =
    first === undefined || isOutdated
      ? t('They come from an older model.')
      : changeText(first, l10n);
  const more = others.length > 0 ? ` ${t('And {0} more.', others.length)}` : '';
  return {
    ...places.spanOf(['plan']),
    severity: 'warning',
    code: OUTDATED,
    message: t('The stored results are not those of these inputs. {0}{1}', what, more),
  };
}

function changeText({ name, unit, stored, computed }: Changed, l10n: L10n): string {
  const label = resultLabelWith(l10n)(name);
  const textOf = figureTextWith(l10n);
  const said = (value: number | null): string => textOf(name, value, unit, CHANGED_DIGITS);
  if (stored === undefined) return l10n.t('{0} is not among them.', label);
  if (computed === undefined) return l10n.t('{0} is no longer computed.', label);
  return l10n.t('{0} is stored as {1}, computed {2}.', label, said(stored), said(computed));
}

/** As many as are stored: fewer could hide the difference. */
const CHANGED_DIGITS = 6;
