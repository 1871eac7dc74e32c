import { type Advice, adviceFor } from '../advice/advice';
import type { Problem } from '../../placement/types';
import { isProblems } from '../result';
import { reportShape, reportSizing } from './ensembleReport';
import { evaluate, type Evaluation } from './evaluate';
import type { PlanInput } from './inputFields';
import { reportLoad } from './loadReport';
import { reportPool } from './poolPlan';
import { type Goal, type PlanNote, type PlanResult, Report } from './report';
import { rounded } from './rounding';
import { sensitivities, type Sensitivity } from './sensitivity';

/** Grows whenever equal inputs give other results. */
export const MODEL_VERSION = 2;

/** What a plan says, numbers rounded to six digits so that equal inputs give equal files. */
export interface Plan {
  readonly modelVersion: number;
  readonly results: readonly PlanResult[];
  readonly goals: readonly Goal[];
  /** Cheapest first. */
  readonly advice: readonly Advice[];
  readonly sensitivity: readonly Sensitivity[];
  readonly notes: readonly PlanNote[];
}

/**
 * The servers, the ensemble and their behaviour for these inputs; or what makes them impossible,
 * each with the nearest change that would do. Missed goals are no problems: they are in `goals`.
 */
export function plan(input: PlanInput): Plan | Problem[] {
  const planned = evaluate(input);
  return isProblems(planned) ? planned : planOf(input, planned);
}

/** The plan of an evaluation of the same inputs, for those who need both. */
export function planOf(input: PlanInput, planned: Evaluation): Plan {
  const { results, goals, notes } = fullReport(input, planned);
  return rounded({
    modelVersion: MODEL_VERSION,
    results,
    goals,
    advice: adviceFor(input, planned),
    sensitivity: sensitivities(input, planned),
    notes,
  });
}

function fullReport(input: PlanInput, planned: Evaluation): Report {
  const { demand, pool, load, shape, sizing } = planned;
  const report = new Report();
  if (demand !== undefined && pool !== undefined) reportPool(input, demand, pool, report);
  report.append(planned.report);
  reportLoad(input, load, report);
  reportShape(input.ensemble, load, shape, report);
  reportSizing(input.ensemble, load, sizing, report);
  return report;
}
