import * as vscode from 'vscode';
import { PlanCommands } from '../../contributions';
import type { Examination } from './findings';

/** What stands above a plan: what can be done with it. */
export function lensesOf(
  { hasResults, isOutdated, findings, computed }: Examination,
  uri: vscode.Uri,
): vscode.Command[] {
  const { t } = vscode.l10n;
  const lens = (title: string, command: string): vscode.Command => ({
    ...{ title, command },
    arguments: [uri],
  });
  const compute = !hasResults
    ? t('Compute results')
    : isOutdated
      ? t('Recompute (results are out of date)')
      : t('Recompute');
  const missed = findings.filter(({ code }) => code === 'goal').length;
  const state = !computed
    ? t('No results: see the problems')
    : missed > 0
      ? t('{0} of {1} goals missed', missed, computed.goals.length)
      : t('All {0} goals met', computed.goals.length);
  // First, since what comes last is cut off beside a report.
  return [
    { title: state, command: '' },
    lens(compute, PlanCommands.recompute),
    lens(t('Show report'), PlanCommands.showReport),
    lens(t('Write config files…'), PlanCommands.writeConfig),
    lens(t('Compare with live ensemble'), PlanCommands.compare),
  ];
}
