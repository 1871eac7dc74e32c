import type * as vscode from 'vscode';
import { applyEdits, modify } from 'jsonc-parser';
import { parsePlan } from '../../../domain/capacity/plan/document';
import { plan } from '../../../domain/capacity/plan/plan';
import { isProblems } from '../../../domain/capacity/result';

/** Replaces the characters from `from` to `to`. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** How a document is indented. */
export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly eol: string;
}

/**
 * The smallest change that puts the results of a document's inputs into it: everything else stays as
 * it was written. Undefined when they are there already.
 *
 * @throws what makes the results impossible, as a sentence
 */
export function recompute(
  text: string,
  formattingOptions: Indentation,
  { t }: typeof vscode.l10n,
): TextChange | undefined {
  const document = parsePlan(text);
  const computed = isProblems(document) ? document : plan(document.input);
  if (isProblems(computed)) {
    const [first] = computed;
    throw new Error(t('The plan has no results: {0}', first?.message ?? ''));
  }
  const edits = modify(text, ['plan'], computed, { formattingOptions });
  return differenceOf(text, applyEdits(text, edits));
}

/** The one place where two texts differ. */
export function differenceOf(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { from, to: before.length - tail, text: after.slice(from, after.length - tail) };
}
