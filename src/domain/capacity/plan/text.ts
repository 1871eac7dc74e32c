import type { Advice } from '../advice/advice';
import type { Accuracy, Unit } from '../result';
import type { Plan } from './plan';
import { bytes, type Goal, short } from './report';

/** A value with a unit that people read; rounding leaves null for what has no end. */
export function valueText(value: number | null, unit: Unit): string {
  if (value === null || !Number.isFinite(value)) return 'without end';
  switch (unit) {
    case '1':
      return short(value);
    case 's':
      return value !== 0 && Math.abs(value) < 1 ? `${short(1000 * value)} ms` : `${short(value)} s`;
    case 'B':
      return bytes(value);
    case 'B/s':
      return `${bytes(value)}/s`;
    case 'USD':
      return `${short(value)} USD`;
    case '1/s':
    case '1/h':
      return `${short(value)}${unit.slice(1)}`;
    case 'h':
      return `${short(value)} h`;
  }
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
      `  ${name.padEnd(width)}  ${valueText(value, unit)}  (${accuracyText(accuracy)}, ${model})`,
      `    ${because}`,
    ]),
    '',
    'Improvements, the cheapest first',
    ...(advice.length === 0 ? ['  none found'] : advice.map((one) => `  ${adviceText(one)}`)),
    '',
    'What if',
    ...sensitivity.map(
      ({ id, holds, because }) =>
        `  ${CASES[id]}: ${holds ? 'goals hold' : 'goals do not hold'}; ${because}`,
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

function goalText(
  { name, value, unit, limit, relation, isMet, advice }: Goal,
  width: number,
): string {
  const wanted = `${relation === 'atMost' ? 'at most' : 'at least'} ${valueText(limit, unit)}`;
  const verdict = isMet ? 'met' : `MISSED. ${advice}`;
  return `${name.padEnd(width)}  ${valueText(value, unit)}, ${wanted}: ${verdict}`;
}

function adviceText({ effort, text, effect }: Advice): string {
  const { name, unit, before, after } = effect;
  return `[${effort}] ${text} ${name}: ${valueText(before, unit)} → ${valueText(after, unit)}`;
}
