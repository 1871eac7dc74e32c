import type * as vscode from 'vscode';
import { parsePlan } from '../../domain/capacity/plan/document';
import { evaluate, type Evaluation } from '../../domain/capacity/plan/evaluate';
import { inputOfGoal } from '../../domain/capacity/plan/goalInputs';
import type { PlanInput } from '../../domain/capacity/plan/inputFields';
import { pathText } from '../../domain/capacity/plan/paths';
import { planOf } from '../../domain/capacity/plan/plan';
import type { PlanResult } from '../../domain/capacity/plan/report';
import { accuracyText, type TextOf } from '../../domain/capacity/plan/text';
import { isProblems } from '../../domain/capacity/result';
import type { Problem } from '../../domain/placement/types';
import type { ReportFigure, ReportModel, ReportPlan, ReportProblems } from '../../protocol/report';
import { goalBars, needBars, outageBars } from './bars';
import { reportCurves } from './curves';
import { reportAdvice, reportCases, reportMistakes } from './findings';
import { figureTextWith, goalValues, resultLabelWith } from '../resultText';
import { chainOf, groupsOf, headlineOf } from './groups';

type Translate = Pick<typeof vscode.l10n, 't'>;

export interface ReportContext {
  readonly l10n: Translate;
  /** What the page of a model says; undefined while it isn't known. */
  readonly modelOf: (id: string) => ReportModel | undefined;
}

export interface ReportContent {
  readonly title: string;
  readonly outcome: ReportPlan | ReportProblems;
}

/** Computes the report of the text of a plan document. Takes a few milliseconds. */
export function reportOf(text: string, context: ReportContext): ReportContent {
  const document = parsePlan(text);
  if (isProblems(document)) return { title: '', outcome: problemsOf(document, false) };
  const { input } = document;
  const planned = evaluate(input);
  const { title } = input;
  if (isProblems(planned)) return { title, outcome: problemsOf(planned, true) };
  return { title, outcome: contentOf(input, planned, context) };
}

function problemsOf(problems: readonly Problem[], isInfeasible: boolean): ReportProblems {
  const all = problems.map(({ where, message }) => ({ where, message }));
  return { kind: 'problems', isInfeasible, problems: all };
}

function contentOf(
  input: PlanInput,
  planned: Evaluation,
  { l10n, modelOf }: ReportContext,
): ReportPlan {
  const plan = planOf(input, planned);
  const labelOf = resultLabelWith(l10n);
  const textOf = figureTextWith(l10n);
  const { results, goals, notes } = plan;
  const models = [...new Set(results.map(({ model }) => model))].flatMap((id) => {
    const model = modelOf(id);
    return model === undefined ? [] : [[id, model] as const];
  });
  return {
    kind: 'plan',
    met: goals.filter(({ isMet }) => isMet).length,
    missed: goals
      .filter(({ isMet }) => !isMet)
      .map((goal) => ({
        label: labelOf(goal.name),
        text: `${goalValues(goal, textOf, l10n)}. ${goal.advice}`,
        where: pathText(inputOfGoal(goal.name)),
      })),
    figures: results.map((one) => figureOf(one, labelOf(one.name), textOf)),
    headline: headlineOf(results),
    chain: chainOf(results),
    groups: groupsOf(results, l10n),
    models: Object.fromEntries(models),
    curves: reportCurves(input, planned, l10n),
    bars: [
      needBars(planned, labelOf, l10n),
      goalBars(plan, labelOf, textOf, l10n),
      outageBars(input, planned, l10n),
    ].filter((one) => one !== undefined),
    cases: reportCases(plan, labelOf, textOf, l10n),
    advice: reportAdvice(plan, planned, labelOf, textOf, l10n),
    mistakes: reportMistakes(planned, plan),
    notes: notes.map(({ message }) => message),
  };
}

function figureOf(result: PlanResult, label: string, textOf: TextOf): ReportFigure {
  const { name, value, unit, because, accuracy, model } = result;
  const text = textOf(name, value, unit);
  return { name, label, text, because, accuracy: accuracyText(accuracy), model };
}
