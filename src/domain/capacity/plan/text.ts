import type { Advice } from '../advice/advice';
import type { Accuracy, Unit } from '../result';
import type { Plan } from './plan';
import { bytes, type Goal, short } from './report';

/** A value with a unit that people read; rounding leaves null for what has no end. */
export function valueText(value: number | null, unit: Unit, digits?: number): string {
  if (value === null || !Number.isFinite(value)) return 'without end';
  const number = (one: number): string => short(one, digits);
  switch (unit) {
    case '1':
      return number(value);
    case 's':
      return value !== 0 && Math.abs(value) < 1
        ? `${number(1000 * value)} ms`
        : `${number(value)} s`;
    case 'B':
      return bytes(value, digits);
    case 'B/s':
      return `${bytes(value, digits)}/s`;
    case 'USD':
      return `${number(value)} USD`;
    case '1/s':
    case '1/h':
      return `${number(value)}${unit.slice(1)}`;
    case 'h':
      return `${number(value)} h`;
  }
}

/** Whether a result is a duration that is counted over a year. */
export const isYearly = (name: string, unit: Unit): boolean =>
  unit === 's' && name.toLowerCase().endsWith('outage');

/** Seconds in the unit that people would say. */
export function longTime(seconds: number, digits?: number): string {
  if (seconds >= 2 * 86_400) return `${short(seconds / 86_400, digits)} d`;
  if (seconds >= 2 * 3600) return `${short(seconds / 3600, digits)} h`;
  return seconds >= 120 ? `${short(seconds / 60, digits)} min` : valueText(seconds, 's', digits);
}

/** The value of a result as text; `digits` are three unless given. */
export type TextOf = (name: string, value: number | null, unit: Unit, digits?: number) => string;

/** For texts that call results by their names. */
export const resultText: TextOf = (name, value, unit, digits) =>
  value !== null && Number.isFinite(value) && isYearly(name, unit)
    ? `${longTime(value, digits)} a year`
    : valueText(value, unit, digits);

/** As many as a plan stores. */
const ALL_DIGITS = 6;
/** A value that is as near to its limit as this must not be rounded across it. */
const NEAR = 0.01;
/** Limits in bytes are parts of what is given, such as three quarters of the memory. */
const isSize = (unit: Unit): boolean => unit === 'B' || unit === 'B/s';

/** What a goal comes to and what is wanted: a limit such as 65,536 is said in full. */
export function goalTexts(
  { name, value, unit, limit }: Goal,
  textOf: TextOf = resultText,
): { readonly is: string; readonly wanted: string } {
  const isNear = Math.abs(value - limit) <= NEAR * Math.abs(limit);
  return {
    is: textOf(name, value, unit, isNear ? ALL_DIGITS : undefined),
    wanted: textOf(name, limit, unit, isNear || !isSize(unit) ? ALL_DIGITS : undefined),
  };
}

/** How far a result can be trusted, in words. */
export function accuracyText(accuracy: Accuracy): string {
  switch (accuracy.kind) {
    case 'exact':
      return 'exact';
    case 'approximation':
      return `±${short(accuracy.percent)} %`;
    case 'bound':
      return accuracy.side === 'upper' ? 'at most' : 'at least';
    case 'simulation':
      return `simulated, ${short(accuracy.low)}–${short(accuracy.high)}`;
  }
}

/** The plan for people, in lines of text. */
export function planText(
  title: string,
  { results, goals, advice, sensitivity, notes }: Plan,
): string {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  return [
    ...(title === '' ? [] : [title, '']),
    'Goals',
    ...goals.map((goal) => `  ${goalText(goal, width)}`),
    '',
    'Results',
    ...results.flatMap(({ name, value, unit, model, accuracy, because }) => [
      `  ${name.padEnd(width)}  ${resultText(name, value, unit)}  (${accuracyText(accuracy)}, ${model})`,
      `    ${because}`,
    ]),
    '',
    'Improvements, the cheapest first',
    ...(advice.length === 0 ? ['  none found'] : advice.map((one) => `  ${adviceText(one)}`)),
    '',
    'What if',
    ...sensitivity.map(
      ({ id, holds, because }) =>
        `  ${CASES[id]}: ${holds ? 'goals hold' : 'goals do not hold'}. ${because}`,
    ),
    ...(notes.length === 0 ? [] : ['', 'Notes', ...notes.map(({ message }) => `  ${message}`)]),
    '',
  ].join('\n');
}

const CASES = {
  doubleLoad: 'twice the load',
  zoneLost: 'one zone lost',
  slowLogDevice: 'log device 3 times as slow',
} as const;

function goalText(goal: Goal, width: number): string {
  const { name, relation, isMet, advice } = goal;
  const { is, wanted } = goalTexts(goal);
  const verdict = isMet ? 'met' : `MISSED. ${advice}`;
  return `${name.padEnd(width)}  ${is}, ${relationText(relation)} ${wanted}: ${verdict}`;
}

export const relationText = (relation: Goal['relation']): string =>
  relation === 'atMost' ? 'at most' : 'at least';

function adviceText({ effort, text, effect }: Advice): string {
  const { name, unit, before, after } = effect;
  return `[${effort}] ${text} ${name}: ${resultText(name, before, unit)} → ${resultText(name, after, unit)}`;
}
