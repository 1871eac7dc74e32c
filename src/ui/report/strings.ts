import type * as vscode from 'vscode';
import type { ReportStrings } from '../../protocol/report';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** All texts of the page itself. */
export function reportStrings({ t }: Translate): ReportStrings {
  return {
    allMet: t('All {0} goals are met'),
    missed: t('{0} of {1} goals are missed'),
    infeasible: t('No plan meets these inputs'),
    broken: t('This is no plan yet'),
    before: t('Below is the report of the text as it was before.'),
    openPlan: t('Open the Plan'),
    showInput: t('Show {0} in the plan'),
    latency: t('Latency against load'),
    throughput: t('Throughput by size and mix'),
    constraints: t('What binds'),
    outages: t('Outage by layout'),
    whatIf: t('What if'),
    advice: t('Improvements, the cheapest first'),
    noAdvice: t('No improvement worth a line was found.'),
    chain: t('From the demand to the ensemble'),
    allNumbers: t('All numbers'),
    mistakes: t('Formulas that are often seen, and wrong'),
    notes: t('Good to know'),
    planned: t('Planned'),
    goal: t('Goal'),
    allowed: t('Allowed'),
    asTable: t('As a table'),
    model: t('Model'),
    assumes: t('Assumes'),
    accuracy: t('Accuracy'),
    accuracyOfModel: t('Of the model'),
    why: t('Why'),
    openModel: t('Click or press Enter for the page of the model.'),
    name: t('Name'),
    value: t('Value'),
    holds: t('Goals hold'),
    fails: t('Goals do not hold'),
    now: t('Planned'),
    then: t('Then'),
    probe: t('{0}: arrow keys go along the curve'),
  };
}
