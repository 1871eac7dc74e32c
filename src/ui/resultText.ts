import type * as vscode from 'vscode';
import { type Goal, percent, short } from '../domain/capacity/plan/report';
import {
  goalTexts,
  isYearly,
  longTime,
  type TextOf,
  valueText,
} from '../domain/capacity/plan/text';
import { resultLabels } from './resultLabels';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** What a result is called, by its stable name. */
export type LabelOf = (name: string) => string;

export function resultLabelWith(l10n: Translate): LabelOf {
  const labels = new Map(Object.entries(resultLabels(l10n)));
  return (name) => labels.get(name) ?? name;
}

/** What a goal comes to and what is wanted, in a few words. */
export function goalValues(goal: Goal, textOf: TextOf, { t }: Translate): string {
  const { is, wanted } = goalTexts(goal, textOf);
  return goal.relation === 'atMost'
    ? t('{0}, at most {1} wanted', is, wanted)
    : t('{0}, at least {1} wanted', is, wanted);
}

/** Ratios that are parts of a whole, and not counts. */
const SHARES = /^(pool|ensemble)\.utilisation(AllUp)?$|Share$|movedByOneMore$|slowQuorum$/;

/** A value beside the label of its result, which says of what is counted over a year that it is. */
export function figureTextWith({ t }: Translate): TextOf {
  return (name, value, unit, digits) => {
    if (value === null || !Number.isFinite(value)) return t('without end');
    if (unit === '1' && SHARES.test(name)) return percent(value, digits);
    if (isYearly(name, unit)) return longTime(value, digits);
    if (unit === 'h' && value >= 2 * HOURS_A_YEAR)
      return t('{0} years', short(value / HOURS_A_YEAR, digits));
    if (name === 'ensemble.leaderServes') return value === 1 ? t('yes') : t('no');
    return valueText(value, unit, digits);
  };
}

const HOURS_A_YEAR = 8766;
