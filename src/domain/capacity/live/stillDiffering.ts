import { parsePlan } from '../plan/document';
import { isProblems } from '../result';
import { type Comparison, driftOf, type Reality } from './drift';

/**
 * What differs between a plan as it reads now and what was measured before. Nothing where the text is
 * no plan, or none with results: nobody can say then what it plans.
 */
export function stillDiffering(text: string, reality: Reality): Comparison[] {
  const read = parsePlan(text);
  if (isProblems(read)) return [];
  const drift = driftOf(read.input, reality);
  if (isProblems(drift)) return [];
  return drift.comparisons.filter(({ verdict }) => verdict === 'drift');
}
