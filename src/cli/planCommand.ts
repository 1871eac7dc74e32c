import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../base/assert';
import { changedText, checkPlan } from '../domain/capacity/plan/check';
import { MAX_DOCUMENT, parsePlan, planDocument } from '../domain/capacity/plan/document';
import { MODEL_VERSION, plan } from '../domain/capacity/plan/plan';
import { planText } from '../domain/capacity/plan/text';
import { isProblems } from '../domain/capacity/result';
import type { Problem } from '../domain/placement/types';
import { FAILED, USAGE } from './command';
import { complain, write } from './output';
import { type WriteConfigOptions, writePlanFiles } from './writeConfig';

/** The stored results come from an older model. */
export const OUTDATED = 3;

export interface PlanOptions {
  readonly json: boolean;
  readonly check: boolean;
  /** Writes config files in place of the report. */
  readonly write?: WriteConfigOptions;
}

/** `zkw plan FILE`: computes a plan, prints it and, with `check`, says whether it still stands. */
export async function printPlan(
  path: string,
  { json, check, write: files }: PlanOptions,
): Promise<number> {
  const text = await readPlanFile(path);
  if (text === undefined) return USAGE;
  const document = parsePlan(text);
  if (isProblems(document)) return refuse(path, document, USAGE);
  if (files !== undefined) return writePlanFiles(path, document.input, files);
  const computed = plan(document.input);
  if (isProblems(computed)) return refuse(path, computed, FAILED);
  await write(
    json
      ? `${JSON.stringify(planDocument(document.input, computed, document.measured), null, 2)}\n`
      : planText(document.input.title, computed),
  );
  if (!check) return 0;
  const { missed, changed, isOutdated } = checkPlan(computed, document.stored);
  if (isOutdated) {
    complain(
      `${path}: its results come from model ${document.stored?.modelVersion ?? 0}, this is ` +
        `${MODEL_VERSION}: store the output of zkw plan --json`,
    );
    return OUTDATED;
  }
  for (const line of [...missed, ...changed.map(changedText)]) complain(`${path}: ${line}`);
  return missed.length + changed.length > 0 ? FAILED : 0;
}

async function readPlanFile(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (size <= 4 * MAX_DOCUMENT) return await readFile(path, 'utf8');
    complain(`${path} is too large for a plan`);
  } catch (error) {
    complain(messageOf(error));
  }
  return undefined;
}

function refuse(path: string, problems: readonly Problem[], code: number): number {
  const where = (one: Problem): string => (one.where === '' ? '' : `${one.where}: `);
  // One line for bad input; every reason for a plan that cannot be.
  if (code === USAGE) {
    complain(`${path}: ${problems.map((one) => `${where(one)}${one.message}`).join(' ')}`);
  } else for (const one of problems) complain(`${path}: ${where(one)}${one.message}`);
  return code;
}
