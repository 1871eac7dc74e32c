import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlan, readPlan, type PlanDocument } from '../../../src/domain/capacity/plan/document';
import type { PlanInput } from '../../../src/domain/capacity/plan/inputFields';
import { plan, type Plan } from '../../../src/domain/capacity/plan/plan';
import { isProblems } from '../../../src/domain/capacity/result';
import type { Problem } from '../../../src/domain/placement/types';

export const SAMPLES = ['cache', 'metadata', 'queue', 'database'] as const;
const folder = join(import.meta.dirname, '../../sample/plans');
export const sampleText = (name: string): string =>
  readFileSync(join(folder, `${name}.zkplan.json`), 'utf8');

function known<T extends object>(outcome: T | Problem[]): T {
  if (isProblems(outcome)) throw new Error(outcome.map(({ message }) => message).join(' '));
  return outcome;
}

export const sample = (name: (typeof SAMPLES)[number]): PlanDocument =>
  known(parsePlan(sampleText(name)));

/** Inputs with these fields, and defaults for the rest. */
export const inputOf = (fields: object): PlanInput =>
  known(readPlan({ version: 1, ...fields })).input;

export const planned = (input: PlanInput): Plan => known(plan(input));

export function valueOf({ results }: Plan, name: string): number {
  const found = results.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no result ${name}`);
  return found.value;
}

export const problemsOf = (input: PlanInput): Problem[] => {
  const outcome = plan(input);
  if (!isProblems(outcome)) throw new Error('a plan where none was possible');
  return outcome;
};
