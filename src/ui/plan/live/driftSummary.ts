import type * as vscode from 'vscode';
import { countOf, type Drift } from '../../../domain/capacity/live/drift';
import { headroomText } from '../../../domain/capacity/live/driftText';

/** One sentence for a comparison: what differs, what nobody tells, and what is left. */
export function driftSummary(
  name: string,
  drift: Drift,
  { t }: Pick<typeof vscode.l10n, 't'>,
): string {
  const [differing, unknown] = [countOf(drift, 'drift'), countOf(drift, 'unknown')];
  const outcome =
    differing === 0
      ? unknown === 0
        ? t('{0} runs as planned', name)
        : t('{0} does not differ from the plan as far as its servers tell', name)
      : differing === 1
        ? t('{0} differs from the plan in one point', name)
        : t('{0} differs from the plan in {1} points', name, differing);
  const rest = unknown === 0 ? '' : ` (${t('{0} unknown', unknown)})`;
  return t('{0}{1}. Headroom: {2}', outcome, rest, headroomText(drift.headroom));
}
