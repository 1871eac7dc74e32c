import type * as vscode from 'vscode';
import { percent, short } from '../../domain/capacity/plan/report';
import { valueText } from '../../domain/capacity/plan/text';
import type { Unit } from '../../domain/capacity/result';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** A value as text, by the name of its result. Rounding leaves null for what has no end. */
export type FigureText = (name: string, value: number | null, unit: Unit) => string;

/** Ratios that are parts of a whole, and not counts. */
const SHARES = /^(pool|ensemble)\.utilisation(AllUp)?$|Share$|movedByOneMore$|slowQuorum$/;

export function figureTextWith({ t }: Translate): FigureText {
  return (name, value, unit) => {
    if (value === null || !Number.isFinite(value)) return t('without end');
    if (unit === '1' && SHARES.test(name)) return percent(value);
    if (unit === 's' && name.toLowerCase().endsWith('outage')) return longTime(value);
    if (unit === 'h' && value >= 2 * HOURS_A_YEAR)
      return t('{0} years', short(value / HOURS_A_YEAR));
    if (name === 'ensemble.leaderServes') return value === 1 ? t('yes') : t('no');
    return valueText(value, unit);
  };
}

const HOURS_A_YEAR = 8766;

/** Seconds in the unit that people would say. */
export function longTime(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${short(seconds / 86_400)} d`;
  if (seconds >= 2 * 3600) return `${short(seconds / 3600)} h`;
  return seconds >= 120 ? `${short(seconds / 60)} min` : valueText(seconds, 's');
}
