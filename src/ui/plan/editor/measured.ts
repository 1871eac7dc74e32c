import type * as vscode from 'vscode';
import { applyEdits, modify } from 'jsonc-parser';
import { parsePath } from '../../../domain/capacity/plan/paths';
import { type Indentation, recompute } from './recompute';

/** A measured value for an input of a plan, and where it comes from. */
export interface MeasuredInput {
  readonly field: string;
  readonly value: number;
  readonly from: string;
}

/**
 * The text of a plan with measured values, each with its provenance under `measured`, and with fresh
 * results where it has any; all else stays as it was written.
 *
 * @throws what makes the results impossible, as a sentence
 */
export function withMeasured(
  text: string,
  inputs: readonly MeasuredInput[],
  formattingOptions: Indentation,
  l10n: typeof vscode.l10n,
): string {
  const set = (before: string, path: (string | number)[], value: unknown): string =>
    applyEdits(before, modify(before, path, value, { formattingOptions }));
  const changed = inputs.reduce(
    (before, { field, value, from }) =>
      set(set(before, [...parsePath(field)], value), ['measured', field], from),
    text,
  );
  const results = /^\s*"plan"\s*:/m.test(changed)
    ? recompute(changed, formattingOptions, l10n)
    : undefined;
  if (!results) return changed;
  return changed.slice(0, results.from) + results.text + changed.slice(results.to);
}
